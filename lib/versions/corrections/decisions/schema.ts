import { z } from 'zod'

/** On one correction and all that are folded with it. */
const said = {
  /** Made by the client: the same request again changes nothing. */
  id: z.uuid(),
  reviewId: z.uuid(),
}

export const foldDecision = z.discriminatedUnion('decision', [
  z.object({
    ...said,
    decision: z.literal('dismissed'),
    reason: z.string().trim().min(3, 'Say why in a few words.').max(500),
  }),
  z.object({ ...said, decision: z.literal('later') }),
  /** Takes back what was decided. */
  z.object({ ...said, decision: z.literal('open') }),
])

export const decisionParams = z.object({ decision: z.uuid() })

export type FoldDecision = z.infer<typeof foldDecision>
/** How many corrections were decided on, all of the fold. */
export type Decided = { id: string; size: number }
