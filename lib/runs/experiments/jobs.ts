import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { enqueue, type Job } from '@/lib/platform/jobs'
import { askForBatches } from '../batches/jobs'
import { labelRun } from '../labelling/jobs'
import type { RunStatus } from '../schema'
import { EXPERIMENT_JOB } from './schema'

/**
 * Goes through an experiment, one run after the other: so each is timed alone. In a queue of its own,
 * one experiment at a time in a worker, so that ordinary runs never wait for it.
 */
export const experimentJob: Job<{ experimentId: string }> = {
  ...EXPERIMENT_JOB,
  concurrency: 1,
  run: ({ experimentId }, signal) => goThroughExperiment(experimentId, signal),
}

const UNENDED: { in: RunStatus[] } = { in: ['queued', 'running', 'stopping'] }

/**
 * May run in several workers at once, and again after a kill at any moment. A run that fails ends none
 * of the others: its model may be the only one that is not to be had.
 */
export async function goThroughExperiment(
  experimentId: string,
  signal: AbortSignal,
  leaseMs?: number,
): Promise<void> {
  const seen: string[] = []
  for (;;) {
    const run = await db.run.findFirst({
      where: { cell: { experimentId }, status: UNENDED, id: { notIn: seen } },
      orderBy: [{ cell: { position: 'asc' } }, { createdAt: 'asc' }, { id: 'asc' }],
      select: { id: true, batchStage: true },
    })
    if (!run) return
    // Where another worker ends it, it is looked at once only.
    seen.push(run.id)
    // What takes hours holds up none of the others.
    if (run.batchStage === 'jobs') await askForBatches(run.id)
    else await labelRun(run.id, signal, leaseMs)
  }
}

/** For the start of a worker: goes on with every experiment, each under a key of its own as `resumeRuns`. */
export async function resumeExperiments(): Promise<void> {
  for (const id of await listUnended({})) {
    await enqueue(EXPERIMENT_JOB, `${id} ${newId()}`, { experimentId: id })
  }
}

const QUIET_MS = 60_000

/** For now and then: goes on with experiments that nobody has in hand, as when a job was given up. */
export async function resumeQuietExperiments(): Promise<void> {
  const held = { status: 'waiting', leaseUntil: { gt: new Date() } } as const
  const quiet = {
    createdAt: { lt: new Date(Date.now() - QUIET_MS) },
    cells: { none: { runs: { some: { runItems: { some: held } } } } },
  }
  for (const id of await listUnended(quiet)) {
    await enqueue(EXPERIMENT_JOB, id, { experimentId: id })
  }
}

async function listUnended(where: object): Promise<string[]> {
  const found = await db.experiment.findMany({
    where: { ...where, cells: { some: { runs: { some: { status: UNENDED } } } } },
    select: { id: true },
  })
  return found.map(({ id }) => id)
}
