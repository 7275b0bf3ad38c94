import { setTimeout as wait } from 'node:timers/promises'
import { isLasting } from '@/lib/platform/database-errors'
import { log } from '@/lib/platform/log'

/** Answers are kept in memory for so long while the database is away. */
const OUTAGE_MS = 60_000

/** Tries again while the database is away, as when it is restarted; all of it may be done twice. */
export async function rideOut<T>(
  work: () => Promise<T>,
  { runId, signal }: { runId: string; signal: AbortSignal },
): Promise<T> {
  const began = Date.now()
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (isLasting(error) || Date.now() - began > OUTAGE_MS || signal.aborted) throw error
      log.warn({ error, runId }, 'the database does not answer: trying again')
      await wait(1_000)
    }
  }
}
