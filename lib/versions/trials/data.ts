import type { Run } from '@/generated/prisma/client'
import type { PairedCount } from '@/lib/accuracy/comparison/rules'
import { countFlips } from '@/lib/accuracy/flips/data'
import { describeAccuracy } from '@/lib/accuracy/rules'
import { listTallies } from '@/lib/accuracy/tallies/data'
import { scoreRun } from '@/lib/accuracy/tallies/rules'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { notFound } from '@/lib/platform/errors'
import { findVersionByRef } from '../data'
import { promptContent } from '../rendering/schema'
import { asPair, compareOnDev, type SharedCount } from './rules'
import { type FoundRun, findDevRun, findTrialRuns, pairOf } from './runs/data'
import type { Flips, PinnedContent, TrialRun, TrialView } from './schema'

/** A version beside its parent on dev, from the newest finished run of each. Throws not-found. */
export async function getTrial(member: Member, ref: string): Promise<TrialView> {
  const { projectId } = member
  const version = await findVersionByRef(projectId, ref)
  const [project, parent, devCases, labelledDevCases, runs] = await Promise.all([
    db.project.findUniqueOrThrow({ where: { id: projectId } }),
    version.parentId
      ? db.version.findUnique({
          where: { id: version.parentId },
          select: { id: true, number: true },
        })
      : null,
    db.case.count({ where: { projectId, pool: 'dev', archivedAt: null } }),
    db.case.count({
      where: { projectId, pool: 'dev', archivedAt: null, finalLabel: { isNot: null } },
    }),
    findTrialRuns(projectId, version),
  ])
  const { draft, other, comparable } = pairOf(runs)
  return {
    version: { id: version.id, number: version.number },
    parent,
    targetAccuracy: project.targetAccuracy,
    devCases,
    labelledDevCases,
    draftRun: runs.draft && (await viewRun(runs.draft)),
    parentRun: runs.parent && (await viewRun(runs.parent)),
    repeatRun: runs.draft?.repeats[0]
      ? await viewRun({ ...runs.draft, run: runs.draft.repeats[0] })
      : null,
    draftFlips: await flipsOf(runs.draft),
    parentFlips: await flipsOf(runs.parent),
    tried: version.parentId ? await countTried(version.parentId, draft) : 0,
    alone: draft && !comparable ? await scoreAlone(draft.id) : null,
    result:
      draft && other && comparable
        ? compareOnDev(await countShared(other.id, draft.id), await listCategories(projectId), {
            standIn: draft.standIn,
            minCategoryCases: project.minCategoryCases,
          })
        : null,
  }
}

async function viewRun({ run, current }: FoundRun): Promise<TrialRun> {
  const perThousand = (amount: number) => (run.done > 0 ? (amount / run.done) * 1_000 : null)
  const { id, status, standIn, done, items, caseLimit } = run
  return {
    id,
    status,
    current,
    standIn,
    done,
    items,
    caseLimit,
    costPerThousand: perThousand(Number(run.cost)),
    tokensPerThousand: perThousand(Number(run.inputTokens + run.outputTokens)),
    latency: status === 'done' ? await measureLatency(id) : null,
    startedAt: run.createdAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
  }
}

/** How long its answered calls took; one call is one case. */
async function measureLatency(runId: string): Promise<TrialRun['latency']> {
  const [measured] = await db.$queryRaw<{ median: number | null; p95: number | null }[]>`
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY "latencyMs") AS median,
      percentile_cont(0.95) WITHIN GROUP (ORDER BY "latencyMs") AS p95
    FROM "Call" WHERE "runId" = ${runId}::uuid AND status = 'ok'`
  const { median, p95 } = measured ?? { median: null, p95: null }
  return median === null || p95 === null ? null : { median, p95 }
}

/** Between the first run and its first finished repeat. */
async function flipsOf(found: FoundRun | null): Promise<Flips | null> {
  const repeat = found?.repeats.findLast(({ status }) => status === 'done')
  return found && repeat ? countFlips(found.run.id, repeat.id) : null
}

/** Discarded drafts count too: they were tried, and not chosen. */
async function countTried(parentId: string, draft: Run | null): Promise<number> {
  return db.version.count({
    where: {
      parentId,
      setups: {
        some: {
          runs: {
            some: {
              ...{ purpose: 'label', pool: 'dev', status: 'done' },
              standIn: draft?.standIn ?? false,
            },
          },
        },
      },
    },
  })
}

/** Cases of dev that both runs answered, that count for both, and that have a final label. */
export async function countShared(oldRunId: string, newRunId: string): Promise<SharedCount[]> {
  return db.$queryRaw<SharedCount[]>`
    SELECT f."labelId", f."secondLabelId", label_now(o."labelId") AS "oldLabelId",
      label_now(n."labelId") AS "newLabelId", count(*)::int AS n
    FROM "Suggestion" n
    JOIN "Suggestion" o ON o."caseId" = n."caseId" AND o."runId" = ${oldRunId}::uuid AND o.counts
    JOIN "FinalLabel" f ON f."caseId" = n."caseId"
    JOIN "Case" c ON c.id = n."caseId" AND c.pool = 'dev'
    WHERE n."runId" = ${newRunId}::uuid AND n.counts
    GROUP BY 1, 2, 3, 4`
}

/** The same for any two versions, as their newest finished runs on dev have it; null without both. */
export async function comparePair(
  projectId: string,
  versionId: string,
  rivalId: string,
): Promise<PairedCount[] | null> {
  const { draft, other, comparable } = pairOf(
    await findTrialRuns(projectId, { id: versionId, parentId: rivalId }),
  )
  return draft && other && comparable ? (await countShared(other.id, draft.id)).map(asPair) : null
}

async function listCategories(projectId: string) {
  return db.category.findMany({
    where: { projectId },
    orderBy: { position: 'asc' },
    select: { id: true, name: true },
  })
}

async function scoreAlone(runId: string): Promise<TrialView['alone']> {
  const { exact, countingCloseCalls } = describeAccuracy(scoreRun(await listTallies([runId])).tally)
  return { exact, countingCloseCalls }
}

/** What the version said when its trial was started. Throws not-found. */
export async function getPinnedContent(member: Member, ref: string): Promise<PinnedContent> {
  const version = await findVersionByRef(member.projectId, ref)
  const found = await findDevRun(member.projectId, version.id)
  if (!found) throw notFound('A trial of this version')
  const { content, createdAt } = found.run
  return { content: promptContent.parse(content), startedAt: createdAt.toISOString() }
}
