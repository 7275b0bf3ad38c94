import { z } from 'zod'

export const similarParams = z.object({ case: z.uuid('Not a case.') })

/** A finished case that reads like the one in question, with the label it has now. */
const similarCase = z.object({
  id: z.string(),
  externalId: z.string(),
  subject: z.string(),
  label: z.string(),
  secondLabel: z.string().nullable(),
  /** The start of what was asked. */
  excerpt: z.string(),
})
export type SimilarCase = z.infer<typeof similarCase>
