import { z } from 'zod'
import { shownSuggestion } from '../queue/schema'

/** The person's own blind answer, after which they want to see the model's. */
export const revealInput = z.object({ reviewId: z.uuid() })

const revealed = z.object({ suggestion: shownSuggestion })

export type RevealInput = z.infer<typeof revealInput>
export type Revealed = z.infer<typeof revealed>
