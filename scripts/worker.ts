import { setTimeout as wait } from 'node:timers/promises'
import { db } from '@/lib/platform/database'
import { env } from '@/lib/platform/env'
import { beat } from '@/lib/platform/health'
import { newId } from '@/lib/platform/ids'
import { type AnyJob, workOn } from '@/lib/platform/jobs'
import { log } from '@/lib/platform/log'

/** Everything the worker can do. A domain adds its jobs here. */
const JOBS: readonly AnyJob[] = []

const BEAT_MS = 2_000

env()
const workerId = newId()
const parent = process.ppid
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort())

const stop = await workOn(JOBS)
log.info({ workerId }, 'worker started')

while (!stopping.signal.aborted) {
  try {
    await beat(workerId)
  } catch (error) {
    log.warn({ error }, 'no heartbeat: the database does not answer')
  }
  await wait(BEAT_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
  // The launcher died without stopping us: nobody would ever do it.
  if (process.ppid !== parent) stopping.abort()
}

await stop()
await db.workerBeat.deleteMany({ where: { id: workerId } })
await db.$disconnect()
process.exit(0)
