import { bandsOf, isNear, type Shingles, shinglesOf } from '@/lib/cases/pools/similarity/rules'
import { caseContent, type Pool } from '@/lib/cases/schema'
import type { Database, Tx } from '@/lib/platform/database'
import { invalid } from '@/lib/platform/errors'
import { EXAMPLES_LOCK, shinglesOfExample } from './rules'

/** Of the cases that share bands with a text, those that share the most are compared with it. */
const MAX_CANDIDATES = 100

/** What versions are judged by. */
const JUDGING: readonly Pool[] = ['dev', 'test']

/** To be called first in a transaction that writes texts of examples. */
export async function lockExampleTexts(tx: Tx, projectId: string): Promise<void> {
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock_shared(hashtextextended(${EXAMPLES_LOCK + projectId}, 0))`
}

/**
 * For each text of an example, the current cases of these pools that say nearly the same. By the same
 * bands as pooling, so it costs the same however many cases there are.
 */
export async function listCasesNear(
  database: Database,
  projectId: string,
  texts: readonly string[],
  pools: readonly Pool[] = JUDGING,
): Promise<string[][]> {
  return compare(database, projectId, texts.map(shinglesOfExample), pools)
}

/**
 * The cases that these examples (all of the project's, if none are named) were made of, and those of
 * the given pools that say nearly the same as their texts. What shares a cluster with one of them
 * is its like: no figure and no test split may hold it.
 */
export async function listLikesOfExamples(
  database: Database,
  projectId: string,
  { exampleIds, pools }: { exampleIds?: readonly string[]; pools: readonly Pool[] },
): Promise<string[]> {
  const examples = await database.example.findMany({
    where: { version: { projectId }, ...(exampleIds ? { id: { in: [...exampleIds] } } : {}) },
    distinct: ['caseId', 'text'],
    select: { caseId: true, text: true },
  })
  const texts = [...new Set(examples.map(({ text }) => text))]
  const near = await listCasesNear(database, projectId, texts, pools)
  return [...new Set([...examples.map(({ caseId }) => caseId), ...near.flat()])]
}

/**
 * Which of these examples, by their texts or by the cases that they are from, say nearly the same as a
 * current case of dev or test. The lock must be held.
 */
export async function findNearJudging(
  tx: Tx,
  projectId: string,
  examples: readonly { text: string; caseId?: string }[],
): Promise<boolean[]> {
  const ids = [...new Set(examples.flatMap(({ caseId }) => caseId ?? []))]
  const cases = await readShingles(tx, ids)
  const said = examples.map(({ text, caseId }) => {
    const from = caseId === undefined ? undefined : cases.get(caseId)
    return from ? [...shinglesOfExample(text), from] : shinglesOfExample(text)
  })
  const near = await compare(tx, projectId, said, JUDGING)
  return near.map((found) => found.length > 0)
}

/** What is said of such an example: never which case. */
export const NEAR_JUDGING =
  'This text is nearly the same as a case that versions are judged by, so it can’t be an example.'

/**
 * Keeps an example apart from what versions are judged by. The lock must be held. Throws `invalid`.
 */
export async function refuseNear(
  tx: Tx,
  projectId: string,
  example: { text: string; caseId?: string },
): Promise<void> {
  const [isNearOne] = await findNearJudging(tx, projectId, [example])
  if (!isNearOne) return
  throw invalid(
    `${NEAR_JUDGING} Nothing was saved. Shorten it to other words, or choose another case.`,
    { text: 'Nearly the same as a case that versions are judged by.' },
  )
}

async function compare(
  database: Database,
  projectId: string,
  texts: readonly (readonly Shingles[])[],
  pools: readonly Pool[],
): Promise<string[][]> {
  const bands = texts.flatMap((forms, at) =>
    forms.flatMap(bandsOf).map((hash) => ({ at, hash: String(hash) })),
  )
  if (bands.length === 0) return texts.map(() => [])
  const candidates = await database.$queryRaw<{ text: number; caseId: string }[]>`
    SELECT text, "caseId" FROM (
      SELECT text, "caseId",
        row_number() OVER (PARTITION BY text ORDER BY count(*) DESC, "caseId") AS place
      FROM unnest(${bands.map(({ at }) => at)}::int[], ${bands.map(({ hash }) => hash)}::text[])
        AS wanted(text, hash)
      CROSS JOIN LATERAL (
        SELECT b."caseId" FROM "CaseBand" b
        JOIN "Case" c ON c.id = b."caseId" AND c."archivedAt" IS NULL
          AND c.pool = ANY(${pools}::"Pool"[])
        WHERE b."projectId" = ${projectId}::uuid AND b.hash = wanted.hash::bigint
        LIMIT 1000
      ) bucket
      GROUP BY text, "caseId"
    ) ranked WHERE place <= ${MAX_CANDIDATES}`
  const known = await readShingles(database, [...new Set(candidates.map(({ caseId }) => caseId))])
  const near: string[][] = texts.map(() => [])
  for (const { text, caseId } of candidates) {
    const other = known.get(caseId)
    if (other && texts[text]?.some((form) => isNear(form, other))) near[text]?.push(caseId)
  }
  return near
}

async function readShingles(
  database: Database,
  ids: readonly string[],
): Promise<Map<string, Shingles>> {
  const found = new Map<string, Shingles>()
  // In small lots: texts can be long, and only their shingles are kept.
  for (let at = 0; at < ids.length; at += 200) {
    const cases = await database.case.findMany({
      where: { id: { in: ids.slice(at, at + 200) } },
      select: { id: true, subject: true, messages: true },
    })
    for (const { id, ...content } of cases) found.set(id, shinglesOf(caseContent.parse(content)))
  }
  return found
}
