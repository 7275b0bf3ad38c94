import { Badge } from '@/components/ui/badge'
import { Time } from '@/components/ui/time'
import type { Said } from '@/lib/reviews/disagreements/schema'

/** One answer: its label, what was added to it, when. */
export function SaidItem({ said }: { said: Said }) {
  const { label, secondLabel, closeCall, thumb, wrongReason, note, undone, at } = said
  return (
    <div className="grid gap-1">
      <p className={undone ? 'text-muted' : 'font-semibold'}>
        {undone ? 'Took it back' : (label ?? 'Wrong, unsure which')}
      </p>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px] text-muted">
        {closeCall ? (
          <Badge tone="warn">Close call{secondLabel ? `, or ${secondLabel}` : ''}</Badge>
        ) : null}
        {thumb ? <span>{thumb === 'up' ? 'Thumbs up' : 'Thumbs down'}</span> : null}
        {wrongReason ? <span>Right label, wrong reason</span> : null}
        <Time iso={at} />
      </p>
      {note ? <p className="wrap-anywhere whitespace-pre-wrap">{note}</p> : null}
    </div>
  )
}
