import type { Run } from '@/generated/prisma/client'
import { describeAccuracy } from '@/lib/accuracy/rules'
import { listTallies } from '@/lib/accuracy/tallies/data'
import { scoreRun } from '@/lib/accuracy/tallies/rules'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { findVersionByRef, getPromptContent } from '../data'
import { contentHash } from '../fingerprint/rules'
import { compareOnDev, type SharedCase } from './rules'
import type { TrialRun, TrialView } from './schema'

/** A version beside its parent on dev, from the newest finished run of each. Throws not-found. */
export async function getTrial(member: Member, ref: string): Promise<TrialView> {
  const { projectId } = member
  const version = await findVersionByRef(projectId, ref)
  const [project, parent, devCases, labelledDevCases, draftRun] = await Promise.all([
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
    findDevRun(projectId, version.id),
  ])
  const parentRun = parent ? await findDevRun(projectId, parent.id, draftRun?.run) : null
  const finished = (found: FoundRun | null) => (found?.run.status === 'done' ? found.run : null)
  const draft = finished(draftRun)
  const other = finished(parentRun)
  // The stand-in's answers and a model's are never compared.
  const comparable = draft && other && draft.standIn === other.standIn
  return {
    version: { id: version.id, number: version.number },
    parent,
    targetAccuracy: project.targetAccuracy,
    devCases,
    labelledDevCases,
    draftRun: draftRun ? viewRun(draftRun) : null,
    parentRun: parentRun ? viewRun(parentRun) : null,
    alone: draft && !comparable ? await scoreAlone(draft.id) : null,
    result: comparable
      ? compareOnDev(await listSharedCases(other.id, draft.id), await listCategories(projectId), {
          standIn: draft.standIn,
          minCategoryCases: project.minCategoryCases,
        })
      : null,
  }
}

type FoundRun = { run: Run; current: boolean }

/**
 * The run on dev that says most about a version as it is now: one under way for its present content,
 * else the newest finished one for it, else the newest finished one of older content. A parent is
 * wanted with the same kind of model as the draft's run.
 */
async function findDevRun(
  projectId: string,
  versionId: string,
  beside?: Run,
): Promise<FoundRun | null> {
  const hash = contentHash(await getPromptContent(projectId, versionId))
  const runs = await db.run.findMany({
    where: { projectId, purpose: 'label', pool: 'dev', setup: { versionId } },
    orderBy: { createdAt: 'desc' },
    take: 50,
  })
  const now = runs.filter((run) => run.contentHash === hash)
  const underWay = now.find(({ status }) => ['queued', 'running', 'stopping'].includes(status))
  const done = now.filter(({ status }) => status === 'done')
  const alike = done.find((run) => !beside || run.standIn === beside.standIn)
  const run =
    underWay ?? alike ?? done[0] ?? runs.find(({ status }) => status === 'done') ?? now[0] ?? null
  return run && { run, current: run.contentHash === hash }
}

function viewRun({ run, current }: FoundRun): TrialRun {
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
    finishedAt: run.finishedAt?.toISOString() ?? null,
  }
}

/** Cases of dev that both runs answered, that count for both, and that have a final label. */
async function listSharedCases(oldRunId: string, newRunId: string): Promise<SharedCase[]> {
  return db.$queryRaw<SharedCase[]>`
    SELECT c.id AS "caseId", c."externalId", c.subject, f."labelId", f."secondLabelId",
      o."labelId" AS "oldLabelId", n."labelId" AS "newLabelId"
    FROM "Suggestion" n
    JOIN "Suggestion" o ON o."caseId" = n."caseId" AND o."runId" = ${oldRunId}::uuid AND o.counts
    JOIN "FinalLabel" f ON f."caseId" = n."caseId"
    JOIN "Case" c ON c.id = n."caseId" AND c.pool = 'dev'
    WHERE n."runId" = ${newRunId}::uuid AND n.counts
    ORDER BY c.rank, c.id`
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
