import { isRight } from '@/lib/accuracy/rules'
import { db } from '@/lib/platform/database'
import type { EffectCounts } from '../schema'

/** By part run: its counts, and of what truth and answers they were taken. */
const counted = new Map<string, { stamp: string; counts: EffectCounts }>()
const MOST_COUNTED = 1_000

/**
 * For each finished run, in how many of its labelled cases it differs from the base for better or
 * worse. A page that watches a study asks every few seconds: what a finished run said never changes,
 * so a run is compared again only where labels or categories have changed since.
 */
export async function compareParts(
  baseRunId: string,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, EffectCounts>> {
  if (runIds.length === 0) return new Map()
  const stamp = await readStamp(baseRunId)
  const anew = runIds.filter((id) => counted.get(id)?.stamp !== stamp)
  const compared = await countDiffering(baseRunId, anew)
  const all = runIds.flatMap((id) => {
    const counts = compared.get(id) ?? counted.get(id)?.counts
    return counts ? [{ id, counts }] : []
  })
  for (const { id, counts } of all) {
    // Last come those that were asked for last: of too many the others go.
    counted.delete(id)
    counted.set(id, { stamp, counts })
  }
  for (const id of [...counted.keys()].slice(0, Math.max(0, counted.size - MOST_COUNTED))) {
    counted.delete(id)
  }
  return new Map(all.map(({ id, counts }) => [id, counts]))
}

/** Says what the counts rest on beside the answers themselves: the final labels, and what became of categories. */
async function readStamp(baseRunId: string): Promise<string> {
  const [found] = await db.$queryRaw<{ stamp: string }[]>`
    SELECT concat_ws(' ', ${baseRunId}::text, (
      SELECT concat(count(*), ' ', sum(hashtextextended(
        concat_ws(' ', f."caseId", f."labelId", f."secondLabelId"), 0)))
      FROM "Suggestion" b JOIN "FinalLabel" f ON f."caseId" = b."caseId"
      WHERE b."runId" = ${baseRunId}::uuid AND b.counts
    ), (
      SELECT sum(hashtextextended(
        concat_ws(' ', c.id, c."archivedAt" IS NULL, c."mergedIntoId"), 0))
      FROM "Category" c JOIN "Run" r ON r."projectId" = c."projectId"
      WHERE r.id = ${baseRunId}::uuid
    )) AS stamp`
  return found?.stamp ?? ''
}

type Differing = {
  runId: string
  labelId: string
  secondLabelId: string | null
  withId: string | null
  withoutId: string | null
}

async function countDiffering(
  baseRunId: string,
  runIds: readonly string[],
): Promise<Map<string, EffectCounts>> {
  const ids = [...runIds]
  if (ids.length === 0) return new Map()
  const [totals, differing] = await Promise.all([
    db.$queryRaw<{ runId: string; n: number }[]>`
      SELECT o."runId", count(*)::int AS n
      FROM "Suggestion" o
      JOIN "Suggestion" b ON b."caseId" = o."caseId" AND b."runId" = ${baseRunId}::uuid AND b.counts
      JOIN "FinalLabel" f ON f."caseId" = o."caseId"
      WHERE o."runId" = ANY(${ids}::uuid[])
      GROUP BY 1`,
    db.$queryRaw<Differing[]>`
      SELECT o."runId", f."labelId", f."secondLabelId", label_now(b."labelId") AS "withId",
        label_now(o."labelId") AS "withoutId"
      FROM "Suggestion" o
      JOIN "Suggestion" b ON b."caseId" = o."caseId" AND b."runId" = ${baseRunId}::uuid AND b.counts
      JOIN "FinalLabel" f ON f."caseId" = o."caseId"
      WHERE o."runId" = ANY(${ids}::uuid[]) AND label_now(o."labelId") IS DISTINCT FROM label_now(b."labelId")`,
  ])
  const counts = new Map(
    ids.map((id): [string, EffectCounts] => [id, { n: 0, fixes: 0, breaks: 0 }]),
  )
  for (const { runId, n } of totals) Object.assign(counts.get(runId) ?? {}, { n })
  for (const { runId, withId, withoutId, ...truth } of differing) {
    const own = counts.get(runId)
    if (!own) continue
    const right = isRight(withId, truth).exact
    const rightWithout = isRight(withoutId, truth).exact
    if (right && !rightWithout) own.fixes += 1
    if (!right && rightWithout) own.breaks += 1
  }
  return counts
}
