'use client'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'

type FreezeDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  number: number
  /** Why it can't be frozen yet; empty when it can. */
  problems: string[]
  busy: boolean
  error: string | null
  onFreeze: () => void
}

export function FreezeDialog(props: FreezeDialogProps) {
  const { open, onOpenChange, number, problems, busy, error, onFreeze } = props
  const ready = problems.length === 0
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Freeze as v${number}?`}
      description="A frozen version never changes, so that every figure belongs to exactly one prompt. To change something later, make a new draft from it."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="primary" busy={busy} disabled={!ready} onClick={onFreeze}>
            Freeze
          </Button>
        </>
      }
    >
      {ready ? null : (
        <Notice tone="warn" title="Something is missing">
          <ul className="list-disc pl-4">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Notice>
      )}
      {error ? <Notice tone="bad" title={error} /> : null}
    </Dialog>
  )
}
