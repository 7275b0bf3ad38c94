import { db } from '@/lib/platform/database'
import { LIMIT_WORDS, type LimitReached } from './rules'

/**
 * Pauses a run that has reached a limit; it keeps what it has and can go on with a higher one. False
 * where it has nothing left to ask, and so no limit to mind.
 */
export async function pauseAtLimit(runId: string, limit: LimitReached): Promise<boolean> {
  if ((await db.runItem.count({ where: { runId, status: 'waiting' } })) === 0) return false
  await db.run.updateMany({
    where: { id: runId, status: 'running' },
    data: { status: 'paused', message: LIMIT_WORDS[limit] },
  })
  return true
}
