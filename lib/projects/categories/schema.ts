import { z } from 'zod'

/** What hangs on a category of today. */
const categoryUse = z.object({
  id: z.string(),
  /** Cases that have it as their final label. */
  labels: z.number(),
  /** Of these, given under a definition that has changed since. */
  older: z.number(),
})
export type CategoryUse = z.infer<typeof categoryUse>
