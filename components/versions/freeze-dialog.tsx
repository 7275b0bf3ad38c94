'use client'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { blocks } from '@/lib/versions/checks/rules'
import type { Check } from '@/lib/versions/checks/schema'

type FreezeDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  number: number
  /** What was found in it: blocking ones keep it from being frozen. */
  checks: readonly Check[]
  busy: boolean
  error: string | null
  onFreeze: () => void
  /** What else to know before. */
  children?: ReactNode
}

export function FreezeDialog(props: FreezeDialogProps) {
  const { open, onOpenChange, number, checks, busy, error, onFreeze, children } = props
  const toMend = checks.filter(blocks)
  const toLookAt = checks.filter((check) => !blocks(check))
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Freeze as v${number}?`}
      description="A frozen version never changes, so that every figure belongs to exactly one prompt. To change something later, make a new draft from it."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="primary" busy={busy} disabled={toMend.length > 0} onClick={onFreeze}>
            Freeze
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {toMend.length > 0 ? (
          <Notice tone="bad" title="To mend first">
            <Sentences checks={toMend} />
          </Notice>
        ) : null}
        {toLookAt.length > 0 ? (
          <Notice tone="warn" title="Worth a look; it can be frozen all the same">
            <Sentences checks={toLookAt} />
          </Notice>
        ) : null}
        {children}
        {error ? <Notice tone="bad" title={error} /> : null}
      </div>
    </Dialog>
  )
}

/** As many as one reads in a dialog; all of them stand in the editor. */
const MOST = 8

function Sentences({ checks }: { checks: readonly Check[] }) {
  const more = checks.length - MOST
  return (
    <ul className="wrap-anywhere list-disc pl-4">
      {checks.slice(0, MOST).map(({ id, sentence }) => (
        <li key={id}>{sentence}</li>
      ))}
      {more > 0 ? <li>And {more} more: see “Checks” in the editor.</li> : null}
    </ul>
  )
}
