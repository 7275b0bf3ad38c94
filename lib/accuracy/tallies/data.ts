import { db } from '@/lib/platform/database'
import type { TallyRow } from './rules'

/**
 * Counts of the given runs in their pool, from the folded counts and the deltas that are not folded
 * yet: one statement, so that a fold in between is never seen by half. Cases that don't count
 * (examples of the version and what is nearly the same) are left out. Of a category that was merged it
 * says what that became, of one that is none any more nothing. Costs the same however many cases there are.
 */
export async function listTallies(runIds: readonly string[]): Promise<TallyRow[]> {
  if (runIds.length === 0) return []
  return db.$queryRaw<TallyRow[]>`
    SELECT "runId", label_now("predictedId") AS "predictedId", label_now("finalId") AS "finalId",
      nullif(label_now("secondId"), label_now("finalId")) AS "secondId", sum(n)::int AS n
    FROM (
      SELECT "runId", "predictedId", "finalId", "secondId", n FROM "Tally"
      WHERE "runId" = ANY(${[...runIds]}::uuid[]) AND counts
      UNION ALL
      SELECT "runId", "predictedId", "finalId", "secondId", n FROM "TallyDelta"
      WHERE "runId" = ANY(${[...runIds]}::uuid[]) AND counts
    ) counted
    GROUP BY 1, 2, 3, 4
    HAVING sum(n) <> 0`
}
