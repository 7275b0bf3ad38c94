'use client'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input } from '@/components/ui/field'
import { showError } from '@/components/ui/show-error'
import { useRenameExperiment } from '@/lib/runs/experiments/queries'
import type { ExperimentView } from '@/lib/runs/experiments/schema'

type RenameDialogProps = { project: string; view: ExperimentView; onEnd: () => void }

export function RenameDialog({ project, view, onEnd }: RenameDialogProps) {
  const formId = useId()
  const rename = useRenameExperiment(project, view.id)
  const [typed, setTyped] = useState(view.name)
  const name = typed.trim()

  function submit(event: FormEvent) {
    event.preventDefault()
    if (name === '') return
    rename.mutate({ name }, { onError: showError, onSuccess: onEnd })
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onEnd()
      }}
      title="Rename the experiment"
      footer={
        <>
          <Button variant="ghost" onClick={onEnd}>
            Cancel
          </Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            busy={rename.isPending}
            disabled={name === ''}
          >
            Rename
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit}>
        <Field label="Name" error={name === '' ? 'Give it a name.' : undefined}>
          {(id) => (
            <Input
              id={id}
              data-first-focus
              maxLength={100}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  )
}
