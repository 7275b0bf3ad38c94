import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input } from '@/components/ui/field'
import { SKIP_REASONS } from '@/lib/reviews/rules'
import type { SkipReason } from '@/lib/reviews/schema'

type SkipDialogProps = { onSkip: (reason: SkipReason, note: string) => void; onClose: () => void }

const REASONS = Object.keys(SKIP_REASONS) as SkipReason[]

/** Why the case goes to someone else; a number key chooses, as on the page. */
export function SkipDialog({ onSkip, onClose }: SkipDialogProps) {
  const [note, setNote] = useState('')
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Skip this case"
      description="It goes to someone else. Why do you skip it?"
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only a short cut to the buttons inside */}
      <div
        className="grid gap-1"
        onKeyDown={(event) => {
          if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey) return
          const reason = REASONS[Number(event.key) - 1]
          if (!reason) return
          event.preventDefault()
          onSkip(reason, note)
        }}
      >
        {REASONS.map((reason, index) => (
          <Button
            key={reason}
            variant="ghost"
            kbd={String(index + 1)}
            // The number keys are heard from here on, not from the close button.
            autoFocus={index === 0}
            className="flex-row-reverse justify-end gap-3 px-2 text-ink"
            onClick={() => onSkip(reason, note)}
          >
            {SKIP_REASONS[reason]}
          </Button>
        ))}
        <Field label="A word on it (optional)" className="mt-3">
          {(id) => (
            <Input
              id={id}
              value={note}
              maxLength={1_000}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
      </div>
    </Dialog>
  )
}
