import { z } from 'zod'

/** The wording that a label was given under. */
const givenUnder = z.object({
  name: z.string(),
  description: z.string(),
  /** When the category was first worded so. */
  since: z.string(),
  /** The category is worded otherwise by now, or is none any more. */
  older: z.boolean(),
})
export type GivenUnder = z.infer<typeof givenUnder>
