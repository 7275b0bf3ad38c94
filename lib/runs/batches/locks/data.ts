import { pool } from '@/lib/platform/database'
import { log } from '@/lib/platform/log'

/** First half of the lock's name: no other lock of the product has it. */
const KIND = 'batches'

/**
 * Keeps a run's batch jobs to one worker at a time; null where another has them. The lock goes with the
 * connection, so that a killed worker leaves nothing behind; `lost` says that the connection broke.
 */
export async function holdBatches(
  runId: string,
): Promise<{ lost: AbortSignal; release: () => Promise<void> } | null> {
  const client = await pool.connect()
  const lost = new AbortController()
  const onError = (error: unknown) => {
    log.warn({ error, runId }, 'the connection that kept a run’s batch jobs broke')
    lost.abort()
  }
  client.on('error', onError)
  const free = (broken: boolean) => {
    client.off('error', onError)
    client.release(broken)
  }
  try {
    const { rows } = await client.query<{ held: boolean }>(
      'SELECT pg_try_advisory_lock(hashtext($1), hashtext($2)) AS held',
      [KIND, runId],
    )
    if (!rows[0]?.held) {
      free(false)
      return null
    }
  } catch (error) {
    free(true)
    throw error
  }
  return {
    lost: lost.signal,
    release: async () => {
      // A connection that did not give the lock back is closed, and that does.
      const released = await client
        .query('SELECT pg_advisory_unlock(hashtext($1), hashtext($2))', [KIND, runId])
        .catch(() => null)
      free(released === null || lost.signal.aborted)
    },
  }
}
