import { db } from '@/lib/platform/database'
import type { Outage } from '../schema'
import { sayGivenUp } from './rules'

const NOTHING = { unreachableSince: null, busySince: null, nextTryAt: null }

type Noted = { kind: Outage['kind']; since: Date }

/** Whoever looks at the run reads that Bedrock can't be reached, or is busy, and when it is tried again. */
export async function noteOutage(
  runId: string,
  { kind, since, nextTryAt }: Noted & { nextTryAt: Date },
): Promise<void> {
  const times = kind === 'busy' ? { busySince: since } : { unreachableSince: since }
  await db.run.updateMany({
    where: { id: runId, status: 'running' },
    data: { ...NOTHING, ...times, nextTryAt },
  })
}

export async function clearOutage(runId: string): Promise<void> {
  await db.run.updateMany({ where: { id: runId, nextTryAt: { not: null } }, data: NOTHING })
}

/**
 * Pauses a run that this worker has had no call answered for since `since`; not where another worker
 * did meanwhile.
 */
export async function pauseForOutage(
  runId: string,
  { kind, since, error, patienceMs }: Noted & { error: string; patienceMs: number },
): Promise<void> {
  await db.run.updateMany({
    where: {
      ...{ id: runId, status: 'running' },
      callRows: { none: { status: 'ok', at: { gt: since } } },
    },
    data: { ...NOTHING, status: 'paused', message: sayGivenUp(kind, patienceMs, error) },
  })
}
