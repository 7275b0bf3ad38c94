import type { PairCounts } from '@/lib/accuracy/comparison/rules'
import { isRight } from '@/lib/accuracy/rules'
import { db } from '@/lib/platform/database'

type Shared = {
  runId: string
  labelId: string
  secondLabelId: string | null
  oldId: string | null
  newId: string | null
  n: number
}

/** Runs against one, on the cases with a final label that both answered and that count for both. */
export async function compareWithBase(
  baseRunId: string,
  runIds: readonly string[],
): Promise<Map<string, PairCounts>> {
  const rows = await db.$queryRaw<Shared[]>`
    SELECT n."runId", f."labelId", f."secondLabelId", label_now(o."labelId") AS "oldId",
      label_now(n."labelId") AS "newId", count(*)::int AS n
    FROM "Suggestion" n
    JOIN "Suggestion" o ON o."caseId" = n."caseId" AND o."runId" = ${baseRunId}::uuid AND o.counts
    JOIN "FinalLabel" f ON f."caseId" = n."caseId"
    WHERE n."runId" = ANY(${[...runIds]}::uuid[]) AND n.counts
    GROUP BY 1, 2, 3, 4, 5`
  const pairs = new Map<string, PairCounts>(
    runIds.map((id) => [id, { n: 0, onlyOld: 0, onlyNew: 0 }]),
  )
  for (const { runId, oldId, newId, n, ...truth } of rows) {
    const pair = pairs.get(runId)
    if (!pair) continue
    const wasRight = isRight(oldId, truth).exact
    const right = isRight(newId, truth).exact
    pair.n += n
    if (wasRight && !right) pair.onlyOld += n
    if (right && !wasRight) pair.onlyNew += n
  }
  return pairs
}
