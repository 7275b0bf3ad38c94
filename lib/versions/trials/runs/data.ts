import type { Run } from '@/generated/prisma/client'
import { describeAccuracy } from '@/lib/accuracy/rules'
import { firstOfEqual, isRepeatOf, preferOwn } from '@/lib/accuracy/runs/rules'
import { listTallies } from '@/lib/accuracy/tallies/data'
import { scoreRun } from '@/lib/accuracy/tallies/rules'
import { db } from '@/lib/platform/database'
import { markOf } from '@/lib/runs/prices/marks/rules'
import { isPriced, readPinnedPrice } from '@/lib/runs/prices/rules'
import { getPromptContent } from '../../data'
import { contentHash } from '../../fingerprint/rules'
import type { DevRun, Figure } from '../schema'

type VersionWithParent = { id: string; parentId: string | null }

/** `repeats`: identical runs after `run`, the newest first, finished or not. */
export type FoundRun = { run: Run; current: boolean; repeats: Run[] }

type TrialRuns = { draft: FoundRun | null; parent: FoundRun | null }

/** The runs that a version's trial is made of. */
export async function findTrialRuns(
  projectId: string,
  version: VersionWithParent,
): Promise<TrialRuns> {
  const draft = await findDevRun(projectId, version.id)
  const parent = version.parentId ? await findDevRun(projectId, version.parentId, draft?.run) : null
  return { draft, parent }
}

/** The two runs where both are finished; the stand-in's answers and a model's are never compared. */
export function pairOf({ draft, parent }: TrialRuns) {
  const finished = (found: FoundRun | null) => (found?.run.status === 'done' ? found.run : null)
  const [newer, older] = [finished(draft), finished(parent)]
  const comparable = newer !== null && older !== null && newer.standIn === older.standIn
  return { draft: newer, other: older, comparable }
}

/**
 * The run on dev that says most about a version as it is now: one under way for its present content,
 * else the newest finished one for it, else the newest finished one of older content; of identical
 * ones the first. A parent is wanted with the same kind of model as the draft's run.
 */
export async function findDevRun(
  projectId: string,
  versionId: string,
  beside?: Run,
): Promise<FoundRun | null> {
  const hash = contentHash(await getPromptContent(projectId, versionId))
  const runs = await db.run.findMany({
    where: {
      ...{ projectId, purpose: 'label', pool: 'dev', standing: false, setup: { versionId } },
      // A cell of an experiment that departs from the version is no older state of it.
      OR: [{ cellId: null, setup: { variant: '' } }, { contentHash: hash }],
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 50,
  })
  const done = preferOwn(runs.filter(({ status }) => status === 'done'))
  const now = preferOwn(runs.filter((run) => run.contentHash === hash))
  const doneNow = now.filter(({ status }) => status === 'done')
  const finished =
    doneNow.find((run) => !beside || run.standIn === beside.standIn) ?? doneNow[0] ?? done[0]
  const underWay = now.find(
    (run) =>
      ['queued', 'running', 'paused', 'stopping'].includes(run.status) &&
      !doneNow.some((first) => isRepeatOf(first, run)),
  )
  const chosen = underWay ?? finished ?? now[0]
  if (!chosen) return null
  const run = chosen.status === 'done' ? firstOfEqual(chosen, done) : chosen
  const repeats = runs.filter((other) => other.id !== run.id && isRepeatOf(run, other))
  return { run, current: run.contentHash === hash, repeats: run.status === 'done' ? repeats : [] }
}

/** How far a run on dev is, and what a case of it takes. */
export async function viewRun(run: Run): Promise<DevRun> {
  const perThousand = (amount: number) => (run.done > 0 ? (amount / run.done) * 1_000 : null)
  const { id, status, standIn, done, failed, items, caseLimit } = run
  return {
    id,
    status,
    standIn,
    done: done + failed,
    items,
    caseLimit,
    costPerThousand: isPriced(run) ? perThousand(Number(run.cost)) : null,
    priced: markOf(readPinnedPrice(run)),
    tokensPerThousand: perThousand(Number(run.inputTokens + run.outputTokens)),
    latency: status === 'done' ? await measureLatency(id) : null,
    startedAt: run.createdAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
  }
}

/** How long its answered calls took; one call is one case. */
async function measureLatency(runId: string): Promise<DevRun['latency']> {
  const [measured] = await db.$queryRaw<{ median: number | null; p95: number | null }[]>`
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY "latencyMs") AS median,
      percentile_cont(0.95) WITHIN GROUP (ORDER BY "latencyMs") AS p95
    FROM "Call" WHERE "runId" = ${runId}::uuid AND status = 'ok'`
  const { median, p95 } = measured ?? { median: null, p95: null }
  return median === null || p95 === null ? null : { median, p95 }
}

/** A run by itself, on all of its cases that have a final label. */
export async function scoreAlone(
  runId: string,
): Promise<{ exact: Figure; countingCloseCalls: Figure }> {
  const { exact, countingCloseCalls } = describeAccuracy(scoreRun(await listTallies([runId])).tally)
  return { exact, countingCloseCalls }
}
