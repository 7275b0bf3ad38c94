import { z } from 'zod'

/** What of the draft one has in hand, in the words of the page; empty: nothing. */
const part = z.string().max(120)

export const presenceInput = z.object({ part })

/** Enough to know whether to read the draft again. */
const draftState = z.object({
  edit: z.number(),
  /** Frozen or discarded: no longer to be changed. */
  frozenAs: z.number().nullable(),
  discarded: z.boolean(),
  savedBy: z.string().nullable(),
  savedByYou: z.boolean(),
  /** Others who have it open right now. */
  others: z.array(z.object({ id: z.string(), name: z.string(), part })),
})

export type PresenceInput = z.infer<typeof presenceInput>
export type DraftState = z.infer<typeof draftState>
