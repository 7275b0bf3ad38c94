import { rm } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { ObjectStore } from '../../s3/store'
import { MODELS } from '../models'
import type { State } from '../state'
import { checkInput, InputProblem } from './input'
import { expiryOf, hasEnded, type Job, type JobStatus, NO_COUNTS } from './job'
import { publishOutput } from './output'
import { answersFile, processRecords } from './process'

const TICK_MS = 20

/** Who keeps the jobs, as far as a job's life needs it. */
export type Keeper = {
  store: ObjectStore
  state: State
  isClosing: boolean
  folderOf: (job: Job) => string
  enter: (job: Job, status: JobStatus, message?: string | null) => Promise<void>
  save: (job: Job) => Promise<void>
}

/**
 * Takes a job from the status it is in to its end:
 * Submitted → Validating → Scheduled → InProgress → Completed or PartiallyCompleted, with Failed from
 * Validating or InProgress, Expired from whatever comes before InProgress, and Stopping → Stopped from
 * anywhere. Returns early, with the job as it is, when the server ends.
 */
export async function liveJob(job: Job, jobs: Keeper): Promise<void> {
  while (!jobs.isClosing) {
    const next = await step(job, jobs)
    if (next === null) return
    // Somebody may have stopped it meanwhile.
    if (isIn(job, 'Stopping') && next.status !== 'Stopped') continue
    await jobs.enter(job, next.status, next.message)
    // They are in the output now, and nobody will come back for them.
    if (hasEnded(job)) return dropAnswers(job, jobs)
  }
}

async function dropAnswers(job: Job, jobs: Keeper): Promise<void> {
  for (const i of job.files.keys()) await rm(answersFile(jobs.folderOf(job), i), { force: true })
}

type Next = { status: JobStatus; message?: string } | null

async function step(job: Job, jobs: Keeper): Promise<Next> {
  const { statusMs } = job.settings
  switch (job.status) {
    case 'Submitted':
      return (await stay(job, jobs, statusMs.submitted)) ?? { status: 'Validating' }
    case 'Validating':
      return (await stay(job, jobs, statusMs.validating)) ?? validate(job, jobs)
    case 'Scheduled':
      return (await stay(job, jobs, statusMs.scheduled)) ?? { status: 'InProgress' }
    case 'InProgress':
      return work(job, jobs)
    case 'Stopping':
      return stop(job, jobs)
    default:
      return null
  }
}

/** Waits in the present status; what comes instead of the next one, or null where nothing does. */
async function stay(job: Job, jobs: Keeper, milliseconds: number): Promise<Next> {
  const { status, since } = job
  const now = () => jobs.state.now()
  while (!jobs.isClosing && isIn(job, status)) {
    if (now() >= expiryOf(job)) {
      return { status: 'Expired', message: 'The job timed out before it could begin.' }
    }
    if (now() >= since + milliseconds) return null
    await wait(Math.min(TICK_MS, Math.max(1, since + milliseconds - now())))
  }
  return { status: job.status }
}

async function validate(job: Job, jobs: Keeper): Promise<Next> {
  try {
    job.files = await checkInput(job, jobs.store)
    job.done = job.files.map(() => ({ counts: { ...NO_COUNTS }, bytes: 0 }))
    return { status: 'Scheduled' }
  } catch (error) {
    if (!(error instanceof InputProblem)) throw error
    return { status: 'Failed', message: error.message }
  }
}

async function work(job: Job, jobs: Keeper): Promise<Next> {
  const { failMessage, partialShare } = job.settings
  if (failMessage !== null) return { status: 'Failed', message: failMessage }
  const model = MODELS.find(({ id }) => id === job.request.modelId)
  if (!model) return { status: 'Failed', message: 'The provided model identifier is invalid.' }
  const inTime = () => jobs.state.now() < expiryOf(job)
  const finished = await processRecords({
    job,
    model,
    folder: jobs.folderOf(job),
    store: jobs.store,
    state: jobs.state,
    goesOn: () => !jobs.isClosing && isIn(job, 'InProgress') && inTime(),
    save: () => jobs.save(job),
  })
  if (!finished && inTime()) return jobs.isClosing ? null : { status: job.status }
  await publishOutput(job, jobs.folderOf(job), jobs.store)
  return partialShare !== null || !finished
    ? {
        status: 'PartiallyCompleted',
        message: 'Not all of the records could be processed in time.',
      }
    : { status: 'Completed' }
}

async function stop(job: Job, jobs: Keeper): Promise<Next> {
  const until = job.since + job.settings.statusMs.stopping
  while (jobs.state.now() < until) {
    if (jobs.isClosing) return null
    await wait(TICK_MS)
  }
  if (job.counts.processed > 0) await publishOutput(job, jobs.folderOf(job), jobs.store)
  return { status: 'Stopped' }
}

const isIn = (job: Job, status: JobStatus): boolean => job.status === status
