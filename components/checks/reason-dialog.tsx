'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Textarea } from '@/components/ui/field'

type ReasonDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** What the button that keeps it is called. */
  action: string
  reason: string
  busy: boolean
  onSave: (reason: string) => void
}

/** Why the known answer is what it is. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { open, onOpenChange, title, action, reason: former, busy, onSave } = props
  const [reason, setReason] = useState(former)
  const changeOpen = (next: boolean) => {
    setReason(former)
    onOpenChange(next)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={changeOpen}
      title={title}
      description="Reviewers read it after their answer, where they are told the known one."
      footer={
        <>
          <Button onClick={() => changeOpen(false)}>Cancel</Button>
          <Button variant="primary" busy={busy} onClick={() => onSave(reason)}>
            {action}
          </Button>
        </>
      }
    >
      <Field label="Why this label" hint="One or two sentences. May stay empty.">
        {(id) => (
          <Textarea
            id={id}
            data-first-focus
            maxLength={1_000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}
