import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { AppError, notFound } from '@/lib/platform/errors'
import { nameCategories } from '@/lib/projects/data'
import { listOpenCases } from '../suggestions/data'
import type { SeriesInput, SeriesView } from './schema'

const PAGE_SIZE = 50

/**
 * What identical runs that were started together say: how often they differ, and the cases on which
 * they do with each one's votes. Of a case that this person may still be asked about, nothing.
 * Throws not-found, also for a run that was started alone.
 */
export async function getSeries(
  { projectId, userId }: Member,
  runId: string,
  { after }: SeriesInput,
): Promise<SeriesView> {
  const run = await db.run.findFirst({
    where: { id: runId, projectId, purpose: 'label', seriesId: { not: null } },
    select: { seriesId: true, pool: true },
  })
  if (!run) throw notFound('This series')
  if (run.pool === 'test') {
    throw new AppError('forbidden', 'The test pool is locked: its cases can’t be listed.')
  }
  const runs = await db.run.findMany({
    where: { projectId, seriesId: run.seriesId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, status: true, done: true, failed: true, items: true },
  })
  const finished = runs.filter(({ status }) => status === 'done').map(({ id }) => id)
  const [[flips], agreement, page] = await Promise.all([
    countFlipsWithin([finished]),
    countAgreement(finished),
    listDivided(finished, after),
  ])
  const shown = page.slice(0, PAGE_SIZE)
  const caseIds = shown.map(({ caseId }) => caseId)
  const open = await listOpenCases(caseIds, userId)
  const names = await nameCategories(projectId)
  return {
    pool: run.pool,
    runs: runs.map(({ done, failed, ...rest }) => ({ ...rest, done: done + failed })),
    flips: flips ?? null,
    agreement,
    rows: shown
      .filter(({ caseId }) => open.has(caseId))
      .map(({ votes, ...row }) => ({
        ...row,
        hidden: false,
        votes: votes.map(({ labelId, n }) => ({
          n,
          label: labelId === null ? null : (names.get(labelId) ?? null),
        })),
      })),
    kept: shown.filter(({ caseId }) => !open.has(caseId)).length,
    next: page.length > PAGE_SIZE ? (caseIds.at(-1) ?? null) : null,
  }
}

function countAgreement(runIds: string[]): Promise<SeriesView['agreement']> {
  return db.$queryRaw<SeriesView['agreement']>`
    SELECT votes, count(*)::int AS cases
    FROM (
      SELECT "caseId", max(n)::int AS votes
      FROM (
        SELECT "caseId", label_now("labelId") AS label, count(*) AS n
        FROM "Suggestion" WHERE "runId" = ANY(${runIds}::uuid[])
        GROUP BY 1, 2
      ) said
      GROUP BY 1 HAVING sum(n) = ${runIds.length}
    ) most
    GROUP BY 1 ORDER BY 1 DESC`
}

type Divided = {
  caseId: string
  externalId: string
  subject: string
  votes: { labelId: string | null; n: number }[]
}

function listDivided(runIds: string[], after: string | undefined): Promise<Divided[]> {
  return db.$queryRaw<Divided[]>`
    SELECT v."caseId", c."externalId", c.subject, v.votes
    FROM (
      SELECT "caseId", json_agg(json_build_object('labelId', label, 'n', n) ORDER BY n DESC, label)
        AS votes
      FROM (
        SELECT "caseId", label_now("labelId") AS label, count(*)::int AS n
        FROM "Suggestion"
        WHERE "runId" = ANY(${runIds}::uuid[]) AND (${after ?? null}::uuid IS NULL OR "caseId" > ${after ?? null}::uuid)
        GROUP BY 1, 2
      ) said
      GROUP BY 1 HAVING count(*) > 1
      ORDER BY 1 LIMIT ${PAGE_SIZE + 1}
    ) v
    JOIN "Case" c ON c.id = v."caseId"
    ORDER BY v."caseId"`
}

/**
 * How much each set of identical runs differs: over each two of a set, the cases that both labelled and
 * those of them that got another label. In the order of `sets`; null for fewer than two runs.
 */
export async function countFlipsWithin(
  sets: readonly (readonly string[])[],
): Promise<({ n: number; flipped: number } | null)[]> {
  const several = sets.filter((ids) => ids.length > 1)
  if (several.length === 0) return sets.map(() => null)
  const rows = await db.$queryRaw<{ a: string; n: number; flipped: number }[]>`
    SELECT p.first AS a, count(*)::int AS n, (count(*) FILTER (
      WHERE label_now(a."labelId") IS DISTINCT FROM label_now(b."labelId")))::int AS flipped
    FROM unnest(${several.flatMap((ids) => pairsOf(ids).map(([first]) => first))}::uuid[],
      ${several.flatMap((ids) => pairsOf(ids).map(([, second]) => second))}::uuid[]) AS p(first, second)
    JOIN "Suggestion" a ON a."runId" = p.first
    JOIN "Suggestion" b ON b."runId" = p.second AND b."caseId" = a."caseId"
    GROUP BY 1`
  return sets.map((ids) => {
    if (ids.length < 2) return null
    const own = rows.filter(({ a }) => ids.includes(a))
    const sum = (of: (row: { n: number; flipped: number }) => number) =>
      own.reduce((total, row) => total + of(row), 0)
    return { n: sum(({ n }) => n), flipped: sum(({ flipped }) => flipped) }
  })
}

const pairsOf = (ids: readonly string[]): [string, string][] =>
  ids.flatMap((first, at) => ids.slice(at + 1).map((second): [string, string] => [first, second]))
