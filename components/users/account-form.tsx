'use client'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { errorMessage } from '@/components/ui/error-message'
import { Field, Input } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { useRedeemLink } from '@/lib/users/accounts/queries'
import { accountInput, PASSWORD_LENGTH } from '@/lib/users/accounts/schema'
import { useSignIn } from '@/lib/users/sign-in/queries'
import { focusFirst, type Problems, readForm } from './form-input'

type AccountFormProps = {
  token: string
  /** Null: the first admin, who writes their own e-mail. */
  person: { name: string; email: string } | null
}

export function AccountForm({ token, person }: AccountFormProps) {
  const redeem = useRedeemLink(token)
  const signIn = useSignIn()
  const [problems, setProblems] = useState<Problems>({})

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    const { input, problems } = readForm(form, accountInput)
    setProblems(problems ?? {})
    if (!input) return focusFirst(form, problems)
    const { password } = input
    redeem.mutate(input, {
      onSuccess: ({ email }) =>
        signIn.mutate({ email, password }, { onSuccess: () => window.location.assign('/') }),
    })
  }

  if (signIn.isError) {
    return (
      <Notice tone="warn" title="Your account is ready, but signing in did not work">
        {errorMessage(signIn.error)} Your password was kept:{' '}
        <a className="link" href="/sign-in">
          sign in with it
        </a>
        .
      </Notice>
    )
  }
  return (
    <form onSubmit={submit} noValidate method="post" className="grid gap-4">
      {redeem.isError ? <Notice tone="bad" title={errorMessage(redeem.error)} /> : null}
      <Field label="Name" error={problems.name}>
        {(id) => <Input id={id} name="name" autoComplete="name" defaultValue={person?.name} />}
      </Field>
      <Field label="E-mail" error={problems.email}>
        {(id) => (
          <Input
            id={id}
            name="email"
            type="email"
            autoComplete="username"
            defaultValue={person?.email}
            readOnly={person !== null}
            className={person ? 'border-line bg-sunken text-muted' : undefined}
          />
        )}
      </Field>
      <Field
        label="Password"
        hint={problems.password ? undefined : `At least ${PASSWORD_LENGTH} characters.`}
        error={problems.password}
      >
        {(id) => <Input id={id} name="password" type="password" autoComplete="new-password" />}
      </Field>
      <Button
        type="submit"
        variant="primary"
        busy={redeem.isPending || signIn.isPending || signIn.isSuccess}
      >
        {person ? 'Save and sign in' : 'Make the account'}
      </Button>
    </form>
  )
}
