import { db } from './database'
import { AppError } from './errors'

/** A worker beats every two seconds; after this long without a beat it counts as gone. */
const WORKER_SILENCE_SECONDS = 15

/** `{status: 'ok'}` when the database answers and a worker is alive; throws `unavailable` else. */
export async function checkHealth(): Promise<{ status: 'ok' }> {
  // By the database's clock alone: web server and worker may disagree on the time.
  const [alive] = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM "WorkerBeat"
    WHERE "seenAt" > now() - make_interval(secs => ${WORKER_SILENCE_SECONDS}) LIMIT 1`
  if (!alive) throw new AppError('unavailable', 'No worker is running.')
  return { status: 'ok' }
}

/** Says that this worker lives, and forgets those that were killed long ago. */
export async function beat(workerId: string): Promise<void> {
  await db.$executeRaw`
    WITH gone AS (DELETE FROM "WorkerBeat" WHERE "seenAt" < now() - interval '1 day')
    INSERT INTO "WorkerBeat" (id, "seenAt") VALUES (${workerId}, now())
    ON CONFLICT (id) DO UPDATE SET "seenAt" = excluded."seenAt"`
}
