import { memo, useState } from 'react'
import type { Past } from '@/lib/reviews/session/schema'
import { CheckFeedback } from './check-feedback'

/** What the last answer's check case said, until it is read or the next such answer. */
export const LastCheck = memo(function LastCheck({ past }: { past: readonly Past[] }) {
  const [readId, setReadId] = useState('')
  const last = past.findLast(({ after }) => after)
  const check = last && last.reviewId !== readId ? (last.after?.check ?? null) : null
  return <CheckFeedback check={check} onDismiss={() => setReadId(last?.reviewId ?? '')} />
})
