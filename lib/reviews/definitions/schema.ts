import { z } from 'zod'

/** A category as reviewers see it: in the order in which it is tried, with what it means now. */
const definition = z.object({ id: z.string(), name: z.string(), description: z.string() })
export type Definition = z.infer<typeof definition>
