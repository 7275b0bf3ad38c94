import { setTimeout as wait } from 'node:timers/promises'
import { isStandIn } from '@/lib/platform/bedrock'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { enqueue, enqueueLater, type Job } from '@/lib/platform/jobs'
import { beginRun } from '../labelling/beginning/jobs'
import { endRun } from '../outcomes/mutations'
import { isEnded } from '../rules'
import { findBatchPlace } from './data'
import { holdBatches } from './locks/data'
import { countLeft, goOnDemand, pauseForChoice } from './mutations'
import { planBatches } from './planning/mutations'
import { measureShared } from './requests/rules'
import { chooseWait, findBatchObstacle, goesOnByItself, hasEnded } from './rules'
import { BATCH_JOB } from './schema'
import { takeStep } from './steps/jobs'

/** In a queue of its own: a batch job takes hours, and runs on demand must not wait for it. */
export const batchJob: Job<{ runId: string }> = {
  ...BATCH_JOB,
  concurrency: 3,
  run: async ({ runId }, signal) => {
    const waitMs = await tendBatches(runId, signal)
    if (waitMs !== null) await enqueueLater(BATCH_JOB, runId, { runId }, waitMs)
  },
}

/** Under a key of its own: a visit that waits for its time must not hold up whoever stops a run. */
export function askForBatches(runId: string): Promise<void> {
  return enqueue(BATCH_JOB, `${runId} ${newId()}`, { runId })
}

/** Another worker may be about to leave the run's batch jobs to the next one. */
const HELD_MS = 5_000
/** A longer wait is left to the queue, so that a worker has its hands free meanwhile. */
const LONGEST_WAIT_HERE_MS = 5_000
const LOOK_MS = 250

/**
 * Makes a run's batch jobs, follows them and brings in what they say, as far as that goes now: gives
 * the time until they are to be looked at again, null where nothing is left to do here. May be called
 * by several workers at once, of which one does it, and again after a kill at any moment: what
 * has been done stands in the database, in S3 and with Bedrock, where it is found again.
 */
export async function tendBatches(runId: string, signal: AbortSignal): Promise<number | null> {
  const held = await hold(runId, signal)
  if (!held) return null
  const ending = AbortSignal.any([signal, held.lost])
  try {
    for (;;) {
      const waitMs = await visit(runId, ending)
      if (waitMs === null || waitMs > LONGEST_WAIT_HERE_MS) return waitMs
      await wait(waitMs, undefined, { signal: ending })
    }
  } finally {
    await held.release()
  }
}

async function hold(runId: string, signal: AbortSignal) {
  const until = Date.now() + HELD_MS
  for (;;) {
    const held = await holdBatches(runId)
    if (held || Date.now() > until) return held
    await wait(LOOK_MS, undefined, { signal })
  }
}

/** Milliseconds until the next one; null: none is needed. */
async function visit(runId: string, signal: AbortSignal): Promise<number | null> {
  const run = await db.run.findUnique({ where: { id: runId } })
  if (!run || isEnded(run.status) || run.status === 'paused' || run.batchStage !== 'jobs') {
    return null
  }
  if ((await db.batchJob.count({ where: { runId } })) === 0) {
    if (run.status === 'stopping') {
      await endRun(runId, { status: 'stopped' })
      return null
    }
    if (!(await plan(runId))) return null
  }
  let waitMs = chooseWait(Number.POSITIVE_INFINITY, isStandIn())
  for (const { id } of await db.batchJob.findMany({
    where: { runId, fetchedAt: null },
    orderBy: { part: 'asc' },
    select: { id: true },
  })) {
    signal.throwIfAborted()
    const next = await takeStep(id, signal)
    if (next === 'run ended') return null
    waitMs = Math.min(waitMs, next)
  }
  const jobs = await db.batchJob.findMany({ where: { runId } })
  return jobs.every(({ fetchedAt, status }) => fetchedAt !== null && hasEnded(status))
    ? finish(runId, jobs)
    : waitMs
}

/** False where the run is no longer one of batch jobs. */
async function plan(runId: string): Promise<boolean> {
  const place = findBatchPlace()
  if (!place) {
    const { modelId } = await db.run.findUniqueOrThrow({ where: { id: runId } })
    const message = findBatchObstacle(modelId, false) ?? undefined
    await endRun(runId, { status: 'failed', message })
    return false
  }
  const begun = await beginRun(runId)
  if (!begun) return false
  const { asking, pack } = begun
  const { request } = asking.makeRequest([{ subject: '', messages: [] }])
  const shared = measureShared(request, asking.content, pack)
  if (await planBatches({ runId, place, pack, shared })) return true
  await goOnDemand(runId)
  return false
}

async function finish(runId: string, jobs: Parameters<typeof goesOnByItself>[0]): Promise<null> {
  const run = await db.run.findUniqueOrThrow({ where: { id: runId } })
  if (run.status === 'stopping') {
    await endRun(runId, { status: 'stopped' })
    return null
  }
  const left = await countLeft(runId)
  if (goesOnByItself(jobs, { left, cases: run.items })) await goOnDemand(runId)
  else await pauseForChoice(runId, left)
  return null
}
