import { z } from 'zod'

export const SPENT_FOR = [
  'runs',
  'experiments',
  'judges',
  'one_by_one',
  'effects',
  'asides',
] as const

/** What a project has spent, by what for. */
const spending = z.object({
  /** Whether it was spent on the local stand-in, by prices that were set for it. */
  standIn: z.boolean(),
  /** Millionths of a dollar: the sum of what is known. */
  total: z.number(),
  parts: z.array(
    z.object({
      for: z.enum(SPENT_FOR),
      cost: z.number(),
      /** Runs or calls whose price was not known: they are in no sum. */
      unpriced: z.number(),
    }),
  ),
})
export type Spending = z.infer<typeof spending>
