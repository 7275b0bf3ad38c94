import { setImmediate as turn } from 'node:timers/promises'
import { Prisma } from '@/generated/prisma/client'
import { caseContent } from '@/lib/cases/schema'
import { db } from '@/lib/platform/database'
import { renderExampleCase } from '@/lib/versions/examples/rules'
import { type NeighbourIndex, startIndex } from '../rules'

/** Labelled cases of the example pool, as they were at a time. */
export type CandidatePool = { projectId: string; labelIds: readonly string[]; asOf: Date }

/** Texts are read and indexed so many at a time, so that a server has its turn in between. */
const BATCH = 200
/** A process keeps so many indexes, and beside the newest only as long as they are together so large. */
const MOST_KEPT = 4
const MOST_CANDIDATES_KEPT = 100_000

type Built = { index: NeighbourIndex; builtKey: string }
type Kept = { candidates: number; building: Promise<Built> }

/** Those of this process by what they were built of, the last used last. */
const kept = new Map<string, Kept>()

/**
 * The index of a pool. Who asks for one of the very same candidates, labels and clusters gets the same,
 * also while it is being built: texts of cases never change, so nothing else decides it.
 */
export async function openIndex(pool: CandidatePool): Promise<NeighbourIndex> {
  const { key, candidates } = await readStamp(pool)
  const found = kept.get(key)
  if (found) {
    keep(key, found)
    return (await found.building).index
  }
  const own: Kept = { candidates, building: buildFromPool(pool) }
  keep(key, own)
  try {
    const { index, builtKey } = await own.building
    if (builtKey !== key && kept.get(key) === own) {
      // Labels were given meanwhile: it is an index of what there is now.
      kept.delete(key)
      keep(builtKey, own)
    }
    return index
  } catch (error) {
    if (kept.get(key) === own) kept.delete(key)
    throw error
  }
}

function keep(key: string, one: Kept): void {
  kept.delete(key)
  kept.set(key, one)
  let candidates = [...kept.values()].reduce((sum, { candidates }) => sum + candidates, 0)
  for (const [oldest, { candidates: freed }] of kept) {
    if (kept.size <= MOST_KEPT && candidates <= MOST_CANDIDATES_KEPT) return
    if (oldest === key) return
    kept.delete(oldest)
    candidates -= freed
  }
}

const fromPool = ({ projectId, labelIds, asOf }: CandidatePool) => Prisma.sql`
  FROM "Case" c JOIN "FinalLabel" f ON f."caseId" = c.id
  WHERE c."projectId" = ${projectId}::uuid AND c.pool = 'example'
    AND f."labelId" = ANY(${[...labelIds]}::uuid[]) AND f.at <= ${asOf}
    AND (c."archivedAt" IS NULL OR c."archivedAt" > ${asOf})`

const STAMP = Prisma.sql`
  sum(hashtextextended(concat_ws(' ', c.id, c."clusterId", f."labelId"), 0))`

const keyOf = (projectId: string, candidates: number, stamp: string | null) =>
  `${projectId} ${candidates} ${stamp ?? 0}`

/** Which candidates, clusters and labels there are, in few words: read without any text. */
async function readStamp(pool: CandidatePool): Promise<{ key: string; candidates: number }> {
  const [found] = await db.$queryRaw<{ n: number; stamp: string | null }[]>`
    SELECT count(*)::int AS n, ${STAMP}::text AS stamp ${fromPool(pool)}`
  const { n, stamp } = found ?? { n: 0, stamp: null }
  return { key: keyOf(pool.projectId, n, stamp), candidates: n }
}

type Row = { id: string; clusterId: string | null; labelId: string; stamp: string | null }

/** All of one statement, so that the key says truly what the index is built of. */
async function buildFromPool(pool: CandidatePool): Promise<Built> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT c.id, c."clusterId", f."labelId", (${STAMP} OVER ())::text AS stamp
    ${fromPool(pool)} ORDER BY c.id`
  const builder = startIndex()
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH)
    const texts = await readTexts(batch.map(({ id }) => id))
    for (const { id, clusterId, labelId } of batch) {
      builder.add({ id, clusterId, labelId, text: texts.get(id) ?? '' })
    }
    await turn()
  }
  const finishing = builder.finish()
  for (let step = finishing.next(); ; step = finishing.next()) {
    if (step.done) {
      const builtKey = keyOf(pool.projectId, rows.length, rows[0]?.stamp ?? null)
      return { index: step.value, builtKey }
    }
    await turn()
  }
}

async function readTexts(ids: string[]): Promise<ReadonlyMap<string, string>> {
  const cases = await db.case.findMany({
    where: { id: { in: ids } },
    select: { id: true, subject: true, messages: true },
  })
  return new Map(cases.map(({ id, ...one }) => [id, renderExampleCase(caseContent.parse(one))]))
}
