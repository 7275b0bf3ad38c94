import { Card } from '@/components/ui/card'
import { Time } from '@/components/ui/time'
import type { CaseLabels } from '@/lib/cases/opening/schema'
import { SKIP_REASONS } from '@/lib/reviews/rules'

/** Who passed on a case, and why. */
export function CaseSkips({ skips }: Pick<CaseLabels, 'skips'>) {
  if (skips.length === 0) return null
  return (
    <Card title="Passed on">
      <ol className="grid gap-3">
        {skips.map(({ by, reason, note, at }) => (
          <li key={`${by} ${at}`} className="grid gap-0.5">
            <p className="text-[13px] text-muted">
              {by} · <Time iso={at} />
            </p>
            <p>{SKIP_REASONS[reason]}</p>
            {note ? <p className="wrap-anywhere whitespace-pre-wrap">{note}</p> : null}
          </li>
        ))}
      </ol>
    </Card>
  )
}
