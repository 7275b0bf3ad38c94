import { newId } from '@/lib/platform/ids'
import type { Said } from '@/lib/reviews/keys/schema'
import type { Claim } from '@/lib/reviews/queue/schema'
import type { SkipReason } from '@/lib/reviews/schema'
import type { Past, Pending } from '@/lib/reviews/session/schema'

type Of<Kind extends Pending['kind']> = Extract<Pending, { kind: Kind }>

/** Enough to name the case, and nothing of what it says. */
const nameOf = ({ case: { id, externalId } }: Claim) => ({ caseId: id, externalId })

/** Binds what was said to the case and the suggestion it was said of. */
export function makeAnswer(
  claim: Claim,
  said: Said,
  extra: { note: string; seconds: number },
): { pending: Of<'answer'>; thumb: Past['thumb'] } {
  const { suggestion, assignmentId } = claim
  const agreed = said.labelId !== null && said.labelId === suggestion?.labelId
  const input = {
    ...said,
    ...extra,
    id: newId(),
    assignmentId,
    suggestionId: suggestion?.id ?? null,
    answeredAt: new Date().toISOString(),
  }
  const pending = { kind: 'answer', input, ...nameOf(claim) } as const
  return { pending, thumb: suggestion ? (agreed ? 'up' : 'down') : null }
}

export function makeSkip(claim: Claim, reason: SkipReason, note: string): Of<'skip'> {
  const input = { id: newId(), assignmentId: claim.assignmentId, reason, note }
  return { kind: 'skip', input, ...nameOf(claim) }
}

/** Without a last answer on this page: whatever the person's last answer was. */
export function makeUndo(last: Past | undefined): Of<'undo'> {
  const input = { id: newId(), reviewId: last?.reviewId ?? null }
  if (!last) return { kind: 'undo', input, assignmentId: '', externalId: '' }
  const { assignmentId } = last.claim
  return { kind: 'undo', input, assignmentId, ...nameOf(last.claim) }
}

/** Takes back an answer of which this page knows the id only. */
export const makeChange = (reviewId: string): Of<'undo'> => ({
  kind: 'undo',
  input: { id: newId(), reviewId },
  assignmentId: '',
  externalId: '',
})

/** Asked for in the list of own answers, where nobody looks at the hints of the review page. */
export const isChange = (pending: Of<'undo'>): boolean =>
  pending.input.reviewId !== null && !pending.assignmentId
