import { z } from 'zod'

/** How far a project's reviews are: a case counts as often as it is to be reviewed. */
const reviewProgress = z.object({
  /** Reviews done, by anyone. */
  done: z.number(),
  /** Reviews still wanted that can be handed out, or are in someone's hands. */
  left: z.number(),
  /** The person's own answers since midnight UTC that stand. */
  ownToday: z.number(),
  /** Reviews that wait for a suggestion before they can be handed out. */
  withoutSuggestion: z.number(),
  /** Whether a version is released that suggestions could come from. */
  released: z.boolean(),
})

export type ReviewProgress = z.infer<typeof reviewProgress>
