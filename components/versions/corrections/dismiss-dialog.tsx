'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input } from '@/components/ui/field'

type DismissDialogProps = {
  busy: boolean
  onClose: () => void
  onDismiss: (reason: string) => void
}

export function DismissDialog({ busy, onClose, onDismiss }: DismissDialogProps) {
  const [reason, setReason] = useState('')
  const short = reason.trim().length < 3
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Dismiss this correction"
      description="It stays on record and can be opened again."
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (!short) onDismiss(reason.trim())
        }}
      >
        <Field label="Why?" hint="A few words for whoever looks here later.">
          {(id) => (
            <Input
              data-first-focus
              id={id}
              value={reason}
              maxLength={500}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy} disabled={short}>
            Dismiss
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
