import { z } from 'zod'
import { pool } from '@/lib/cases/schema'
import { runStatus } from '../schema'

export const seriesInput = z.object({
  /** The case after which the page begins. */
  after: z.uuid().optional(),
})
export type SeriesInput = z.output<typeof seriesInput>

const vote = z.object({
  /** By name; null: no valid label. */
  label: z.string().nullable(),
  n: z.number(),
})

const dividedCase = z.object({
  caseId: z.string(),
  externalId: z.string(),
  subject: z.string(),
  hidden: z.literal(false),
  /** The most frequent first. */
  votes: z.array(vote),
})

const seriesView = z.object({
  pool,
  /** The oldest first. */
  runs: z.array(
    z.object({ id: z.string(), status: runStatus, done: z.number(), items: z.number() }),
  ),
  /** Over each two finished ones: labels that both gave, and those that differ. Null for fewer. */
  flips: z.object({ n: z.number(), flipped: z.number() }).nullable(),
  /** Cases that all finished ones answered, by how many of them say what is said most. */
  agreement: z.array(z.object({ votes: z.number(), cases: z.number() })),
  /** Cases on which they differ, as far as this person may see them. */
  rows: z.array(dividedCase),
  /** How many of this page are kept from this person until they have answered them. */
  kept: z.number(),
  /** `after` of the next page; null at the end. */
  next: z.string().nullable(),
})
export type SeriesView = z.infer<typeof seriesView>
