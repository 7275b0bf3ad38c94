import { Badge } from '@/components/ui/badge'
import { Time } from '@/components/ui/time'
import type { ReviewerView } from '@/lib/reviews/people/schema'

/** An alarm older than so many check cases says nothing of now. */
const RECENT = 50

/** Someone answers check cases worse than they used to: a reason to talk, not a verdict. */
export function DriftBadge({ drift: { alarm } }: { drift: ReviewerView['drift'] }) {
  if (!alarm || alarm.since > RECENT) return null
  return (
    <span className="mt-1 block text-muted text-xs">
      <Badge tone="warn">More wrong of late</Badge> since <Time iso={alarm.at} />
    </span>
  )
}
