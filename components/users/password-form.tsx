'use client'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { errorMessage } from '@/components/ui/error-message'
import { Field, Input } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { useSignIn } from '@/lib/users/sign-in/queries'
import { signInInput } from '@/lib/users/sign-in/schema'
import { focusFirst, type Problems, readForm } from './form-input'

export function PasswordForm({ next }: { next: string }) {
  const signIn = useSignIn()
  const [problems, setProblems] = useState<Problems>({})

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    const { input, problems } = readForm(form, signInInput)
    setProblems(problems ?? {})
    if (!input) return focusFirst(form, problems)
    signIn.mutate(input, { onSuccess: () => window.location.assign(next) })
  }

  return (
    <form onSubmit={submit} noValidate method="post" className="grid gap-4">
      {signIn.isError ? <Notice tone="bad" title={errorMessage(signIn.error)} /> : null}
      <Field label="E-mail" error={problems.email}>
        {(id) => <Input id={id} name="email" type="email" autoComplete="username" />}
      </Field>
      <Field label="Password" error={problems.password}>
        {(id) => <Input id={id} name="password" type="password" autoComplete="current-password" />}
      </Field>
      <Button type="submit" variant="primary" busy={signIn.isPending || signIn.isSuccess}>
        Sign in
      </Button>
    </form>
  )
}
