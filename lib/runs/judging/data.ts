import { Prisma, type Verdict } from '@/generated/prisma/client'
import { rightExactly } from '@/lib/accuracy/rightness/data'
import type { Member } from '@/lib/platform/access'
import { type Database, db } from '@/lib/platform/database'
import { AppError, notFound } from '@/lib/platform/errors'
import { namePeople } from '@/lib/users/data'
import { readOutage } from '../outages/rules'
import { markOf } from '../prices/marks/rules'
import { isPriced, readPinnedPrice } from '../prices/rules'
import { measureAgainstPeople } from './figures/rules'
import type { Judging, SecondOpinion } from './schema'

/** Suggestions `s` of a run that a judge is asked about: those without a valid label are wrong already. */
export const judgeable = (runId: string): Prisma.Sql => Prisma.sql`
  s."runId" = ${runId}::uuid AND s."labelId" IS NOT NULL AND s.status IN ('parsed', 'repaired')`

/** A run whose suggestions may be judged. Throws not-found, `forbidden` for the test pool. */
export async function getJudgedRun(projectId: string, runId: string, database: Database = db) {
  const run = await database.run.findFirst({
    where: { id: runId, projectId, purpose: 'label' },
    select: { id: true, pool: true, status: true, modelId: true, setup: true },
  })
  if (!run) throw notFound('This run')
  const { pool } = run
  if (pool === 'test') {
    throw new AppError('forbidden', 'The test pool is locked: no model judges its suggestions.')
  }
  return { ...run, pool }
}

/** Those who judged a run, the newest first, and how far people's labels agree with each. */
export async function getSecondOpinion(
  { projectId }: Member,
  runId: string,
): Promise<SecondOpinion> {
  const judged = await getJudgedRun(projectId, runId)
  const [judges, [found]] = await Promise.all([
    db.run.findMany({
      where: { judgedRunId: runId, purpose: 'judge' },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      include: { setup: { select: { versionId: true, version: { select: { number: true } } } } },
    }),
    db.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM "Suggestion" s WHERE ${judgeable(runId)}`,
  ])
  const [names, counts] = await Promise.all([
    namePeople(judges.map(({ createdById }) => createdById)),
    countJudgements(judges.map(({ id }) => id)),
  ])
  return {
    judgeable: found?.n ?? 0,
    usual: { modelId: judged.modelId, versionId: judged.setup.versionId },
    judges: judges.map((run): Judging => {
      const own = counts.filter((one) => one.runId === run.id)
      const { id, modelId, standIn, status, message, items, done, failed, calls, callLimit } = run
      return {
        ...{ id, modelId, standIn, status, message, items, done, failed, calls, callLimit },
        costLimit: run.costLimit === null ? null : Number(run.costLimit),
        outage: readOutage(run),
        versionId: run.setup.versionId,
        versionNumber: run.setup.version.number,
        cost: isPriced(run) ? Number(run.cost) : null,
        priced: markOf(readPinnedPrice(run)),
        startedBy: run.createdById === null ? null : (names.get(run.createdById) ?? null),
        createdAt: run.createdAt.toISOString(),
        counts: countVerdicts(own),
        people: measureAgainstPeople(
          own.flatMap(({ verdict, right, n }) =>
            verdict === null || right === null ? [] : [{ verdict, right, n }],
          ),
        ),
      }
    }),
  }
}

type Counted = {
  runId: string
  verdict: Verdict | null
  /** Whether the suggestion is what people say; null without a final label, or where it never counts. */
  right: boolean | null
  n: number
}

async function countJudgements(runIds: string[]): Promise<Counted[]> {
  if (runIds.length === 0) return []
  return db.$queryRaw<Counted[]>`
    SELECT j."runId", j.verdict::text AS verdict,
      CASE WHEN f."labelId" IS NOT NULL AND s.counts AND c."archivedAt" IS NULL
        THEN ${rightExactly(Prisma.sql`s."labelId"`, Prisma.sql`f."labelId"`)} END AS right,
      count(*)::int AS n
    FROM "Judgement" j
    JOIN "Suggestion" s ON s.id = j."suggestionId"
    JOIN "Case" c ON c.id = j."caseId"
    LEFT JOIN "FinalLabel" f ON f."caseId" = j."caseId"
    WHERE j."runId" = ANY(${runIds}::uuid[])
    GROUP BY 1, 2, 3`
}

function countVerdicts(counted: readonly Counted[]): Judging['counts'] {
  const countOf = (verdict: Verdict | null) =>
    counted.filter((one) => one.verdict === verdict).reduce((sum, { n }) => sum + n, 0)
  return {
    ...{ right: countOf('right'), wrong: countOf('wrong'), unsure: countOf('unsure') },
    none: countOf(null),
  }
}
