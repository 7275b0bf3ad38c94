import { z } from 'zod'

/** How far the work of a person's queue is. */
const reviewProgress = z.object({
  /** Cases answered in the project, by anyone. */
  done: z.number(),
  /** Cases that this person can still be given. */
  left: z.number(),
  /** Own answers that stand, and those of them since midnight UTC. */
  own: z.number(),
  ownToday: z.number(),
  /** Cases that wait for a suggestion before they can be handed out. */
  withoutSuggestion: z.number(),
  /** Whether a version is released that suggestions could come from. */
  released: z.boolean(),
})

export type ReviewProgress = z.infer<typeof reviewProgress>
