import { z } from 'zod'

const reviewId = z.uuid()

const decision = z.discriminatedUnion('decision', [
  z.object({
    reviewId,
    decision: z.literal('dismissed'),
    reason: z.string().trim().min(3, 'Say why in a few words.').max(500),
  }),
  z.object({ reviewId, decision: z.literal('later') }),
  /** Takes the decision back. */
  z.object({ reviewId, decision: z.literal('open') }),
])

/** Of one correction and those folded with it. */
export const decisions = z.object({
  decisions: z.array(decision).min(1).max(1_000, 'At most 1,000 at a time.'),
})

export type Decision = z.infer<typeof decision>
/** What had been decided before: sent back, it undoes what was decided now. */
export type FormerDecisions = { former: Decision[] }
