import { createHash, randomBytes } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { listFolder, replaceFile } from '../../s3/files'
import type { ObjectStore } from '../../s3/store'
import { BedrockError } from '../errors'
import type { State } from '../state'
import {
  addCounts,
  hasEnded,
  type Job,
  type JobBook,
  type JobRequest,
  type JobStatus,
  NO_COUNTS,
} from './job'
import { type Keeper, liveJob } from './life'

const ACCOUNT = 'arn:aws:bedrock:local:000000000000:model-invocation-job'

/** Batch jobs, kept on disk: those that had not ended when the server did go on with the next one. */
export class Jobs implements JobBook, Keeper {
  readonly #jobs = new Map<string, Job>()
  readonly #lives = new Set<Promise<void>>()
  /** The write under way for each job: the next one waits for it, so that the newest state stays. */
  readonly #saving = new Map<string, Promise<void>>()
  #closing = false

  private constructor(
    readonly folder: string,
    readonly store: ObjectStore,
    readonly state: State,
  ) {}

  static async open(folder: string, store: ObjectStore, state: State): Promise<Jobs> {
    const jobs = new Jobs(folder, store, state)
    for (const id of await listFolder(folder)) {
      const text = await readFile(path.join(folder, id, 'job.json'), 'utf8').catch(() => null)
      // A folder without its job is of a request that was never answered.
      if (text === null) await rm(path.join(folder, id), { recursive: true })
      else jobs.#jobs.set(id, readJob(text))
    }
    for (const job of jobs.list()) jobs.#live(job)
    return jobs
  }

  /** In the order in which they came. */
  list(): Job[] {
    return [...this.#jobs.values()].sort((a, b) => a.submitTime - b.submitTime)
  }

  /** By ARN, or by the id at its end. */
  get(identifier: string): Job {
    const job = this.#jobs.get(identifier.slice(identifier.lastIndexOf('/') + 1))
    if (!job || (identifier.includes('/') && identifier !== job.arn)) {
      throw new BedrockError(
        'ResourceNotFoundException',
        `Could not find a model invocation job with the identifier ${identifier}.`,
      )
    }
    return job
  }

  /** The job of this request: the same one again for the same token. */
  async create(request: JobRequest): Promise<Job> {
    const former = this.#findByToken(request.clientRequestToken)
    if (former) {
      if (hashRequest(former.request) === hashRequest(request)) return former
      throw new BedrockError(
        'ConflictException',
        'The client request token was used before with other parameters.',
      )
    }
    const settings = this.state.batch
    const open = this.list().filter(
      (one) => !hasEnded(one) && one.request.modelId === request.modelId,
    )
    if (open.length >= settings.mostJobs) {
      throw new BedrockError(
        'ServiceQuotaExceededException',
        `There are ${open.length} batch jobs of this model already, the most that are allowed at a time.`,
      )
    }
    const now = this.state.now()
    const id = makeId()
    const job: Job = {
      id,
      arn: `${ACCOUNT}/${id}`,
      request,
      status: 'Submitted',
      since: now,
      message: null,
      submitTime: now,
      endTime: null,
      settings,
      faults: this.state.faults,
      files: [],
      counts: { ...NO_COUNTS },
      done: [],
    }
    // Before anything is awaited: a repeat that comes now must find it.
    this.#jobs.set(id, job)
    await this.save(job)
    this.#live(job)
    return job
  }

  async stop(identifier: string): Promise<void> {
    const job = this.get(identifier)
    if (hasEnded(job) || job.status === 'Stopping') {
      throw new BedrockError(
        'ConflictException',
        `The job cannot be stopped, as it is in the status ${job.status}.`,
      )
    }
    await this.enter(job, 'Stopping')
  }

  async enter(job: Job, status: JobStatus, message: string | null = null): Promise<void> {
    job.status = status
    job.since = this.state.now()
    job.message = message
    if (hasEnded(job)) job.endTime = job.since
    await this.save(job)
  }

  async save(job: Job): Promise<void> {
    const before = this.#saving.get(job.id) ?? Promise.resolve()
    const saving = before.then(async () => {
      await listFolder(this.folderOf(job))
      await replaceFile(path.join(this.folderOf(job), 'job.json'), JSON.stringify(job))
    })
    // Whoever asked for a write hears of its failure; the next one is tried all the same.
    this.#saving.set(
      job.id,
      saving.catch(() => undefined),
    )
    await saving
  }

  folderOf({ id }: Job): string {
    return path.join(this.folder, id)
  }

  get isClosing(): boolean {
    return this.#closing
  }

  /** Lets go of all jobs where they are; they go on when the folder is opened again. */
  async close(): Promise<void> {
    this.#closing = true
    await Promise.all(this.#lives)
  }

  #live(job: Job): void {
    if (hasEnded(job)) return
    const life = liveJob(job, this)
      .catch(async (error: unknown) => {
        console.error(`The batch job ${job.id} failed:`, error)
        await this.enter(job, 'Failed', 'The system encountered an unexpected error.')
      })
      .finally(() => this.#lives.delete(life))
    this.#lives.add(life)
  }

  #findByToken(token: string | null): Job | undefined {
    if (token === null) return undefined
    return this.list().find(({ request }) => request.clientRequestToken === token)
  }
}

/** What was counted beyond the answers on disk will be counted again. */
function readJob(text: string): Job {
  const job: Job = JSON.parse(text)
  job.counts = { ...NO_COUNTS }
  for (const { counts } of job.done) addCounts(job.counts, counts)
  return job
}

function makeId(): string {
  return BigInt(`0x${randomBytes(10).toString('hex')}`)
    .toString(36)
    .padStart(12, '0')
    .slice(-12)
}

function hashRequest(request: JobRequest): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('hex')
}
