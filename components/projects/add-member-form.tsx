'use client'
import { type FormEvent, useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { errorMessage } from '@/components/ui/error-message'
import { Field, Input, Select } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { ROLE_NAMES, ROLES, type Role } from '@/lib/platform/access'
import { useAddMember } from '@/lib/projects/members/queries'
import { newMember } from '@/lib/projects/members/schema'

export function AddMemberForm({ project }: { project: string }) {
  const add = useAddMember(project)
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('reviewer')
  const [problem, setProblem] = useState<string>()
  const [link, setLink] = useState<string | null>(null)

  function submit(event: FormEvent) {
    event.preventDefault()
    const input = newMember.safeParse({ email: email.trim(), role })
    if (!input.success) {
      setProblem(input.error.issues[0]?.message)
      return
    }
    setProblem(undefined)
    setLink(null)
    add.mutate(input.data, {
      onError: (error) => setProblem(errorMessage(error)),
      onSuccess: (added) => {
        setEmail('')
        setLink(added.link)
        if (!added.link) toast.success('Added')
      },
    })
  }

  return (
    <div className="grid gap-3 border-line border-t pt-4">
      <form onSubmit={submit} className="flex flex-wrap items-start gap-3" noValidate>
        <Field label="E-mail of a new person" error={problem} className="flex-1 basis-56">
          {(id) => (
            <Input
              id={id}
              type="email"
              autoComplete="off"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <Field label="Role" className="basis-44">
          {(id) => (
            <Select id={id} value={role} onChange={(event) => setRole(event.target.value as Role)}>
              {ROLES.map((value) => (
                <option key={value} value={value}>
                  {ROLE_NAMES[value]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Button type="submit" className="mt-[26px]" busy={add.isPending}>
          Add
        </Button>
      </form>
      {link ? (
        <Notice
          tone="accent"
          title="Pass this link on"
          action={
            <Button
              size="sm"
              onClick={() => {
                navigator.clipboard.writeText(link).then(
                  () => toast.success('Copied'),
                  () => toast.error('Please copy the link by hand.'),
                )
              }}
            >
              Copy
            </Button>
          }
        >
          It lets the person choose a password, once, within seven days.{' '}
          <code className="break-all">{link}</code>
        </Notice>
      ) : null}
    </div>
  )
}
