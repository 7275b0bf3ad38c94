import { db } from './database'
import { AppError } from './errors'

/** A worker beats every two seconds; after this long without a beat it counts as gone. */
const WORKER_SILENCE_MS = 15_000

/** `{status: 'ok'}` when the database answers and a worker is alive; throws `unavailable` else. */
export async function checkHealth(): Promise<{ status: 'ok' }> {
  const alive = await db.workerBeat.count({
    where: { seenAt: { gt: new Date(Date.now() - WORKER_SILENCE_MS) } },
  })
  if (alive === 0) throw new AppError('unavailable', 'No worker is running.')
  return { status: 'ok' }
}

/** Says that this worker lives. */
export async function beat(workerId: string): Promise<void> {
  const seenAt = new Date()
  await db.workerBeat.upsert({
    where: { id: workerId },
    create: { id: workerId, seenAt },
    update: { seenAt },
  })
}
