import { setTimeout as wait } from 'node:timers/promises'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { enqueue, type Job } from '@/lib/platform/jobs'
import { labelRun } from '../labelling/jobs'
import { isEnded } from '../rules'
import type { RunStatus } from '../schema'
import { endEffects, makePartRun } from './mutations'
import { explainFailure } from './rules'
import { EFFECTS_JOB } from './schema'

/**
 * Goes through a study, one run after the other. In a queue of its own, one study at a time in a
 * worker, so that ordinary runs never wait for it.
 */
export const effectsJob: Job<{ studyId: string }> = {
  ...EFFECTS_JOB,
  concurrency: 1,
  run: ({ studyId }, signal) => goThroughStudy(studyId, signal),
}

const LOOK_MS = 500

/** May run in several workers at once, and again after a kill at any moment. */
export async function goThroughStudy(
  studyId: string,
  signal: AbortSignal,
  leaseMs?: number,
): Promise<void> {
  await db.effectStudy.updateMany({
    where: { id: studyId, status: 'queued' },
    data: { status: 'running', startedAt: new Date() },
  })
  const study = await db.effectStudy.findUnique({
    where: { id: studyId },
    include: { parts: { orderBy: { position: 'asc' } } },
  })
  if (!study || isEnded(study.status)) return
  if (!(await waitForBase(study, signal))) return
  for (const part of study.parts) {
    if ((await readStatus(studyId)) === 'stopping') break
    const runId = part.runId ?? (await makePartRun(study, part.id))
    await labelRun(runId, signal, leaseMs)
    const run = await db.run.findUniqueOrThrow({ where: { id: runId } })
    // One that can't reach Bedrock has paused: going on with the study takes it up.
    if (run.status === 'failed' || run.status === 'paused') {
      const message = explainFailure(run.message ?? 'One of its runs failed.')
      return endEffects(studyId, { status: 'failed', message })
    }
    if (run.status === 'stopped') break
  }
  const stopped = (await readStatus(studyId)) === 'stopping'
  await endEffects(studyId, { status: stopped ? 'stopped' : 'done' })
}

/**
 * The version's own run is labelled in the queue of ordinary runs. False: the study has ended, or its
 * base takes long, paused or in batch jobs; other studies don't wait for that, and a sweep comes back.
 */
async function waitForBase(
  study: { id: string; baseRunId: string },
  signal: AbortSignal,
): Promise<boolean> {
  for (;;) {
    if (signal.aborted) throw new Error('The worker ends: another goes on with this study.')
    if ((await readStatus(study.id)) === 'stopping') {
      await endEffects(study.id, { status: 'stopped' })
      return false
    }
    const base = await db.run.findUniqueOrThrow({ where: { id: study.baseRunId } })
    if (base.status === 'done') return true
    if (base.status === 'paused' || (base.batchStage === 'jobs' && !isEnded(base.status)))
      return false
    if (isEnded(base.status)) {
      const why = base.message ?? 'It ended before its end.'
      const message = `The run with all examples, which the others are compared with, did not get done: ${explainFailure(why)}`
      await endEffects(study.id, { status: 'failed', message })
      return false
    }
    await wait(LOOK_MS, undefined, { signal }).catch(() => undefined)
  }
}

async function readStatus(studyId: string): Promise<RunStatus> {
  const { status } = await db.effectStudy.findUniqueOrThrow({
    where: { id: studyId },
    select: { status: true },
  })
  return status
}

const UNENDED: { in: RunStatus[] } = { in: ['queued', 'running', 'stopping'] }

/** For the start of a worker: goes on with every study, each under a key of its own as `resumeRuns`. */
export async function resumeEffects(): Promise<void> {
  const studies = await db.effectStudy.findMany({ where: { status: UNENDED } })
  for (const { id } of studies) await enqueue(EFFECTS_JOB, `${id} ${newId()}`, { studyId: id })
}

const QUIET_MS = 60_000

/** For now and then: goes on with studies that nobody has in hand, as when a job was given up. */
export async function resumeQuietEffects(): Promise<void> {
  const held = { status: 'waiting', leaseUntil: { gt: new Date() } } as const
  const studies = await db.effectStudy.findMany({
    where: {
      status: UNENDED,
      createdAt: { lt: new Date(Date.now() - QUIET_MS) },
      parts: { none: { run: { runItems: { some: held } } } },
    },
    select: { id: true },
  })
  for (const { id } of studies) await enqueue(EFFECTS_JOB, id, { studyId: id })
}
