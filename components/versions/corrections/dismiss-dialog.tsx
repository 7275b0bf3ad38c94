'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input } from '@/components/ui/field'
import { count } from '@/components/ui/figures'

type DismissDialogProps = {
  /** How many near-duplicates are dismissed with it. */
  alike: number
  onClose: () => void
  onDismiss: (reason: string) => void
}

/** What mostly speaks against an example. */
const REASONS = [
  'Too odd a case',
  'An example like it is there already',
  'The label is arguable',
  'The description of the category should say it',
]

export function DismissDialog({ alike, onClose, onDismiss }: DismissDialogProps) {
  const [reason, setReason] = useState('')
  const short = reason.trim().length < 3
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={alike === 0 ? 'Dismiss this correction' : `Dismiss this and ${count(alike)} like it`}
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
        <div className="flex flex-wrap gap-1.5">
          {REASONS.map((one) => (
            <Button key={one} size="sm" className="h-auto py-1" onClick={() => onDismiss(one)}>
              {one}
            </Button>
          ))}
        </div>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={short}>
            Dismiss
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
