import type { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { notFound } from '@/lib/platform/errors'
import { namePeople } from '@/lib/users/data'
import { getPromptContent } from '@/lib/versions/data'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { depart, describeDepartures } from '@/lib/versions/setups/rules'
import { type Departures, departures } from '@/lib/versions/setups/schema'
import { listBatchJobs } from './batches/data'
import { readOutage } from './outages/rules'
import { markOf } from './prices/marks/rules'
import { isPriced, readPinnedPrice } from './prices/rules'
import { readRate } from './rates/data'
import { countStatuses, keepsTarget } from './rules'
import type { RunSummary, RunView, SuggestionStatus } from './schema'

const LISTED_RUNS = 200

/** The project's latest runs, newest first; those of an experiment stand in its table. */
export async function listRuns({ projectId }: Member): Promise<RunSummary[]> {
  const runs = await db.run.findMany({
    where: { projectId, purpose: 'label', cellId: null, standing: false },
    orderBy: { createdAt: 'desc' },
    take: LISTED_RUNS,
    include: WITH_VERSION,
  })
  const [statuses, names] = await Promise.all([
    countByRun(runs.map(({ id }) => id)),
    namePeople(runs.map(({ createdById }) => createdById)),
  ])
  return runs.map((run) => toSummary(run, statuses, names))
}

/** One run with its progress. Throws `not_found`. */
export async function getRun(member: Member, runId: string): Promise<RunView> {
  const run = await findRun(member, runId)
  if (!run) throw notFound('This run')
  return run
}

/** Null for a run of another project, too. */
export async function findRun({ projectId }: Member, runId: string): Promise<RunView | null> {
  const run = await db.run.findFirst({
    where: { id: runId, projectId, purpose: 'label' },
    include: WITH_VERSION,
  })
  if (!run) return null
  const [statuses, names, failures, progress, content, packing, batchJobs, finishing] =
    await Promise.all([
      countByRun([runId]),
      namePeople([run.createdById]),
      countFailures(runId),
      readRate({ ...run, packSize: run.setup.packSize }),
      getPromptContent(projectId, run.setup.versionId),
      countPacking(run),
      run.batchStage === null ? [] : listBatchJobs(runId),
      run.status === 'paused' && isAnyInHand(runId),
    ])
  return {
    ...toSummary(run, statuses, names),
    calls: run.calls,
    retries: run.retries,
    inputTokens: Number(run.inputTokens),
    outputTokens: Number(run.outputTokens),
    cacheReadTokens: Number(run.cacheReadTokens),
    cacheWriteTokens: Number(run.cacheWriteTokens),
    doubtful: run.doubtful,
    packSize: run.setup.packSize,
    packing,
    costLimit: run.costLimit === null ? null : Number(run.costLimit),
    callLimit: run.callLimit,
    target:
      run.targetPerHour === null
        ? null
        : {
            perHour: run.targetPerHour,
            kept: keepsTarget({ ...progress, status: run.status, perHour: run.targetPerHour }),
          },
    contentIsCurrent: contentHash(depart(content, departuresOf(run))) === run.contentHash,
    batchStage: run.batchStage,
    batchJobs,
    restCases: run.restCases,
    outage: readOutage(run),
    finishing,
    failures,
    ...progress,
  }
}

const WITH_VERSION = {
  setup: {
    select: {
      ...{ versionId: true, packSize: true, mode: true },
      version: { select: { number: true, note: true } },
    },
  },
  cell: { select: { departures: true, experiment: { select: { id: true, name: true } } } },
} as const satisfies Prisma.RunInclude

/** Only what an experiment makes departs from its version. */
const departuresOf = ({ cell }: { cell: { departures: unknown } | null }): Departures =>
  cell ? departures.parse(cell.departures) : {}

type RunRow = Prisma.RunGetPayload<{ include: typeof WITH_VERSION }>
type Counted = { runId: string; status: SuggestionStatus; n: number }

function toSummary(
  run: RunRow,
  statuses: readonly Counted[],
  names: ReadonlyMap<string, string>,
): RunSummary {
  return {
    id: run.id,
    versionId: run.setup.versionId,
    versionNumber: run.setup.version.number,
    versionNote: run.setup.version.note,
    setupId: run.setupId,
    departures: describeDepartures(departuresOf(run)),
    experiment: run.cell?.experiment ?? null,
    seriesId: run.seriesId,
    pool: run.pool,
    caseLimit: run.caseLimit,
    onlyUnlabelled: run.onlyUnlabelled,
    standing: run.standing,
    mode: run.setup.mode,
    status: run.status,
    message: run.message,
    modelId: run.modelId,
    standIn: run.standIn,
    contentHash: run.contentHash,
    items: run.items,
    done: run.done,
    failed: run.failed,
    cost: isPriced(run) ? Number(run.cost) : null,
    priced: markOf(readPinnedPrice(run)),
    statuses: countStatuses(statuses.filter(({ runId }) => runId === run.id)),
    startedBy: run.createdById === null ? null : (names.get(run.createdById) ?? null),
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    workedMs: run.workingSince === null ? Number(run.workedMs) : null,
  }
}

function countByRun(runIds: string[]): Promise<Counted[]> {
  return db.suggestionCount.findMany({ where: { runId: { in: runIds } } })
}

/** Whether a worker has cases of it that it has not ended: one that is gone loses them with its lease. */
async function isAnyInHand(runId: string): Promise<boolean> {
  const inHand = { runId, status: 'waiting', leaseUntil: { gt: new Date() } } as const
  return (await db.runItem.findFirst({ where: inHand, select: { caseId: true } })) !== null
}

const LISTED_FAILURES = 20

async function countFailures(runId: string): Promise<RunView['failures']> {
  const groups = await db.runItem.groupBy({
    by: ['lastError'],
    where: { runId, status: 'failed' },
    _count: true,
    orderBy: { _count: { lastError: 'desc' } },
    take: LISTED_FAILURES,
  })
  return groups.map(({ lastError, _count }) => ({
    message: lastError ?? 'The call failed.',
    cases: _count,
  }))
}

/** What went wrong within packs, though it may have been mended by asking again. */
async function countPacking({ id, setup }: RunRow): Promise<RunView['packing']> {
  if (setup.packSize === 1) return { absent: 0, duplicate: 0 }
  // Written out, so that the index of these few is found.
  const [counted] = await db.$queryRaw<RunView['packing'][]>`
    SELECT count(*) FILTER (WHERE cc.reading = 'absent')::int AS absent,
      count(*) FILTER (WHERE cc.reading = 'duplicate')::int AS duplicate
    FROM "CallCase" cc JOIN "Call" c ON c.id = cc."callId"
    WHERE cc.reading IN ('absent', 'duplicate') AND c."runId" = ${id}::uuid`
  return counted ?? { absent: 0, duplicate: 0 }
}
