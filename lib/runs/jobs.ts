import type { RunPurpose } from '@/generated/prisma/enums'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { enqueue, type Job } from '@/lib/platform/jobs'
import { SCORE_TEST } from '@/lib/versions/releases/schema'
import { askForBatches } from './batches/jobs'
import { labelRun } from './labelling/jobs'
import { LABEL_JOB, type RunStatus } from './schema'

/** Labels a run. Two at once share the calls' connections and the cores of one worker. */
export const labelJob: Job<{ runId: string }> = {
  ...LABEL_JOB,
  concurrency: 2,
  run: async ({ runId }, signal) => {
    const inBatch = await db.run.count({ where: { id: runId, batchStage: 'jobs' } })
    if (inBatch > 0) return askForBatches(runId)
    await labelRun(runId, signal)
    const tested = await db.run.count({
      where: { id: runId, pool: 'test', status: 'done', standing: false },
    })
    if (tested > 0) await enqueue(SCORE_TEST, runId, { runId })
  },
}

/** Whatever else a run is for goes on with what it is part of. */
const OWN_WORK: { in: RunPurpose[] } = { in: ['label', 'judge'] }
const UNENDED: { in: RunStatus[] } = { in: ['queued', 'running', 'stopping'] }

/**
 * For the start of a worker: goes on with every run that has not ended. Each under a key of its own,
 * as the queue may still hold the job of a killed worker for running; where one is alive after all,
 * both work on the run and get different cases.
 */
export async function resumeRuns(): Promise<void> {
  const runs = await db.run.findMany({
    where: { purpose: OWN_WORK, cellId: null, status: UNENDED },
    select: { id: true },
  })
  for (const { id } of runs) await enqueue(LABEL_JOB, `${id} ${newId()}`, { runId: id })
}

const QUIET_MS = 60_000

/** For now and then: goes on with runs that nobody has in hand, as when a job was given up. */
export async function resumeQuietRuns(): Promise<void> {
  const runs = await db.run.findMany({
    where: {
      purpose: OWN_WORK,
      cellId: null,
      status: UNENDED,
      createdAt: { lt: new Date(Date.now() - QUIET_MS) },
      runItems: { none: { status: 'waiting', leaseUntil: { gt: new Date() } } },
    },
    select: { id: true },
  })
  for (const { id } of runs) await enqueue(LABEL_JOB, id, { runId: id })
}
