import { db } from '@/lib/platform/database'
import { sayGivenUp } from './rules'

/** Whoever looks at the run reads that Bedrock can't be reached, and when it is tried again. */
export async function noteOutage(
  runId: string,
  outage: { since: Date; nextTryAt: Date },
): Promise<void> {
  await db.run.updateMany({
    where: { id: runId, status: 'running' },
    data: { unreachableSince: outage.since, nextTryAt: outage.nextTryAt },
  })
}

export async function clearOutage(runId: string): Promise<void> {
  await db.run.updateMany({
    where: { id: runId, unreachableSince: { not: null } },
    data: { unreachableSince: null, nextTryAt: null },
  })
}

/**
 * Pauses a run that this worker could not get a call through for since `since`; not where another
 * worker did meanwhile.
 */
export async function pauseForOutage(
  runId: string,
  { since, error, patienceMs }: { since: Date; error: string; patienceMs: number },
): Promise<void> {
  await db.run.updateMany({
    where: {
      ...{ id: runId, status: 'running' },
      callRows: { none: { status: 'ok', at: { gt: since } } },
    },
    data: {
      ...{ status: 'paused', message: sayGivenUp(patienceMs, error) },
      ...{ unreachableSince: null, nextTryAt: null },
    },
  })
}
