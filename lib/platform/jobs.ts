import { PgBoss } from 'pg-boss'
import { log } from './log'

/** Names a job and its data in one place, so that sender and worker agree. */
export type JobName<Data extends object> = { readonly name: string; readonly data?: Data }

/** Work that takes long, in PostgreSQL, run by the worker. A job may run twice: it must not mind. */
export type Job<Data extends object> = JobName<Data> & {
  readonly run: (data: Data, signal: AbortSignal) => Promise<void>
  /** Jobs at once in one worker. */
  readonly concurrency?: number
}

/** A job whose data only the job itself knows. */
export type AnyJob = {
  readonly name: string
  readonly concurrency?: number
  readonly run: (data: never, signal: AbortSignal) => Promise<void>
}

let boss: Promise<PgBoss> | undefined

function start(): Promise<PgBoss> {
  boss ??= (async () => {
    const instance = new PgBoss({
      connectionString: process.env.DATABASE_URL,
      max: 3,
      application_name: 'closecall-jobs',
      // A job waits while one of its key is thought to run. pg-boss looks that up once in this time and
      // remembers it as long: with its own 60 seconds a second import's cases wait two minutes.
      superviseIntervalSeconds: 2,
      monitorIntervalSeconds: 2,
      queueCacheIntervalSeconds: 2,
    })
    instance.on('error', (error) => log.warn({ error }, 'job queue'))
    await instance.start()
    return instance
  })().catch((error: unknown) => {
    boss = undefined
    throw error
  })
  return boss
}

const QUEUE = {
  // At most one job of a key waits and one runs: what is asked for twice is done once.
  policy: 'stately',
  retryLimit: 3,
  retryDelay: 2,
  retryBackoff: true,
  // A killed worker's job comes back after missed heartbeats, however long the job may take.
  heartbeatSeconds: 15,
  expireInSeconds: 24 * 3600,
}

/**
 * Puts a job into the queue. Of one key at most one job waits and one runs; a request beyond that is
 * dropped. Call it after the transaction it belongs to has committed, and let the job find its work
 * in the database, so that a crash in between loses nothing that the next job would not find.
 */
export async function enqueue<Data extends object>(
  job: JobName<Data>,
  key: string,
  data: Data,
): Promise<void> {
  const instance = await start()
  await instance.createQueue(job.name, QUEUE)
  await instance.send(job.name, data, { singletonKey: key })
}

/** The same for later: whatever comes first of what is asked for under a key is done. */
export async function enqueueLater<Data extends object>(
  job: JobName<Data>,
  key: string,
  data: Data,
  waitMs: number,
): Promise<void> {
  const instance = await start()
  await instance.createQueue(job.name, QUEUE)
  await instance.send(job.name, data, { singletonKey: key, startAfter: Math.ceil(waitMs / 1_000) })
}

/** Runs jobs until the returned function is called. */
export async function workOn(jobs: readonly AnyJob[]): Promise<() => Promise<void>> {
  const instance = await start()
  const closing = new AbortController()
  for (const job of jobs) {
    await instance.createQueue(job.name, QUEUE)
    await instance.work<object>(
      job.name,
      { pollingIntervalSeconds: 0.5, localConcurrency: job.concurrency ?? 1 },
      async ([taken]) => {
        if (!taken) return
        await job.run(taken.data as never, AbortSignal.any([taken.signal, closing.signal]))
      },
    )
  }
  return async () => {
    // At once, so that a long job uses the time it has to leave things in order.
    closing.abort()
    await closeQueue()
  }
}

/** Ends this process's part in the queue; jobs at work get five seconds. */
export async function closeQueue(): Promise<void> {
  const instance = await boss
  boss = undefined
  await instance?.stop({ graceful: true, timeout: 5_000 })
}
