import { z } from 'zod'

/** A share with its 95 % Wilson interval; `rate` is null without cases. */
const figure = z.object({
  right: z.number(),
  n: z.number(),
  rate: z.number().nullable(),
  low: z.number(),
  high: z.number(),
})

const reviewerView = z.object({
  userId: z.string(),
  name: z.string(),
  role: z.enum(['reviewer', 'prompt_engineer']),
  /** Null: nothing is asked of them before real work. */
  training: z
    .object({
      answered: z.number(),
      right: z.number(),
      wanted: z.number(),
      pass: z.number(),
      /** No usable check case is left that they could be asked. */
      stuck: z.boolean(),
    })
    .nullable(),
  /** First answers to check cases, those of the training left out once it is over. */
  checks: figure,
  drift: z.object({
    sum: z.number(),
    /** When the last alarm was, and check cases answered since; null: never. */
    alarm: z.object({ at: z.string(), since: z.number() }).nullable(),
  }),
  /** How often the same case got the same label from them again. */
  consistency: figure,
  /** Median of the last answers that were timed; null without any. */
  seconds: z.number().nullable(),
  /** How many answers that median is of. */
  timed: z.number(),
})

export type ReviewerView = z.infer<typeof reviewerView>
