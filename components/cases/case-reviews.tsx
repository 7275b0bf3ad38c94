import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { Time } from '@/components/ui/time'
import type { CaseReview } from '@/lib/cases/opening/schema'
import { OlderDefinition } from './older-definition'

/** What is worth saying of why someone was asked; these answers are no votes. */
const PURPOSES: Partial<Record<CaseReview['purpose'], string>> = {
  check_case: 'Asked as a check case',
  repeat: 'Asked again',
}

export function CaseReviews({ reviews }: { reviews: readonly CaseReview[] }) {
  if (reviews.length === 0) return null
  return (
    <Card title="Reviews">
      <ol className="grid gap-4">
        {reviews.map((review) => (
          <li key={review.id} className="grid gap-1">
            <p className="text-[13px] text-muted">
              {review.reviewer} · <Time iso={review.at} />
            </p>
            <p className="font-semibold">{review.label ?? 'Wrong, unsure which'}</p>
            <span className="flex flex-wrap gap-1">
              {review.bulk ? <Badge tone="warn">Confirmed in bulk</Badge> : null}
              {review.purpose in PURPOSES ? <Badge>{PURPOSES[review.purpose]}</Badge> : null}
              {review.thumb ? (
                <Badge tone={review.thumb === 'up' ? 'good' : 'bad'}>
                  {review.thumb === 'up' ? 'Thumbs up' : 'Thumbs down'}
                </Badge>
              ) : null}
              {review.closeCall ? (
                <Badge tone="warn">
                  Close call{review.secondLabel ? `, or ${review.secondLabel}` : ''}
                </Badge>
              ) : null}
              {review.wrongReason ? <Badge tone="warn">Right label, wrong reason</Badge> : null}
            </span>
            <OlderDefinition words={review.olderWords} />
            {review.note ? (
              <p className="wrap-anywhere whitespace-pre-wrap">{review.note}</p>
            ) : null}
          </li>
        ))}
      </ol>
    </Card>
  )
}
