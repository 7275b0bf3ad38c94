import { z } from 'zod'

/** What a reviewer sees of the work they were given. */
export const currentHandout = z.object({
  note: z.string(),
  /** The day it is wanted by, "2026-11-20"; null for none. */
  dueOn: z.string().nullable(),
  done: z.number(),
  cases: z.number(),
})

export type CurrentHandout = z.infer<typeof currentHandout>
