import { z } from 'zod'

/** A case that the released version shows the model, with the label it should get and why. */
const shownExample = z.object({
  id: z.string(),
  labelId: z.string(),
  subject: z.string(),
  /** The start of its text. */
  excerpt: z.string(),
  /** Why; may be empty. */
  explanation: z.string(),
})
export type ShownExample = z.infer<typeof shownExample>
