import { z } from 'zod'
import { priceMark } from '../prices/schema'

const poolLabelling = z.object({
  /** Cases of the example pool, and those of them that the version has not labelled yet. */
  cases: z.number(),
  unlabelled: z.number(),
  /** Millionths of a dollar to label these; null where the price of the model is not known. */
  cost: z.number().nullable(),
  priced: priceMark.nullable(),
  durationMs: z.number(),
  standIn: z.boolean(),
  /** Why the version can't be run at all. */
  obstacle: z.string().nullable(),
  /** Its run over the example pool that is under way. */
  run: z.object({ id: z.string(), done: z.number(), items: z.number() }).nullable(),
})

export type PoolLabelling = z.infer<typeof poolLabelling>
/** What a release set going; without a run where there was nothing to label, or where `problem` says why. */
export type StartedLabelling = { runId: string | null; problem: string | null }
