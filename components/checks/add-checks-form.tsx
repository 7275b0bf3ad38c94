'use client'
import { type FormEvent, useId, useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/field'
import { showError } from '@/components/ui/show-error'
import { useAddChecks } from '@/lib/reviews/checks/managing/queries'

const MOST = 100

/** Adds cases at random from those whose answer is known. */
export function AddChecksForm({ project, eligible }: { project: string; eligible: number }) {
  const add = useAddChecks(project)
  const id = useId()
  const most = Math.min(MOST, eligible)
  const [wanted, setWanted] = useState('10')
  const n = Math.min(most, Math.max(1, Math.trunc(Number(wanted)) || 1))
  if (eligible === 0) return null

  function submit(event: FormEvent) {
    event.preventDefault()
    const done = ({ added }: { added: number }) =>
      toast(added === 1 ? '1 check case was added' : `${added} check cases were added`)
    add.mutate({ count: n }, { onSuccess: done, onError: showError })
  }

  return (
    <form onSubmit={submit} className="flex items-center gap-2">
      <label htmlFor={id} className="sr-only">
        How many to add
      </label>
      <Input
        id={id}
        type="number"
        min={1}
        max={most}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
        className="w-20"
      />
      <Button type="submit" busy={add.isPending}>
        Add {n} at random
      </Button>
    </form>
  )
}
