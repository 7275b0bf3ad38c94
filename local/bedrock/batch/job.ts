import type { Faults } from '../faults'
import type { BatchSettings } from './settings'

export const JOB_STATUSES = [
  'Submitted',
  'Validating',
  'Scheduled',
  'InProgress',
  'Completed',
  'PartiallyCompleted',
  'Failed',
  'Stopping',
  'Stopped',
  'Expired',
] as const
export type JobStatus = (typeof JOB_STATUSES)[number]
export type InvocationType = 'InvokeModel' | 'Converse'

/** What CreateModelInvocationJob was asked for. */
export type JobRequest = {
  jobName: string
  roleArn: string
  modelId: string
  modelInvocationType: InvocationType
  inputUri: string
  outputUri: string
  timeoutDurationInHours: number
  clientRequestToken: string | null
}

export type JobCounts = {
  processed: number
  success: number
  error: number
  inputTokens: number
  outputTokens: number
}

/** A job as it is kept on disk. Times are milliseconds since 1970. */
export type Job = {
  id: string
  arn: string
  request: JobRequest
  status: JobStatus
  /** When the present status began. */
  since: number
  message: string | null
  submitTime: number
  endTime: number | null
  /** As they were when the job came, so that a restart or a change does not touch it. */
  settings: BatchSettings
  faults: Faults
  /** Known after validation. */
  files: { key: string; records: number }[]
  counts: JobCounts
  /** What of each file is on disk. */
  done: Done[]
}

/** Answers that will not be given again, and the bytes they take. `counts` of a job may be ahead of it. */
type Done = { counts: JobCounts; bytes: number }

/** The batch jobs there are, for whoever answers requests about them. */
export type JobBook = {
  list: () => Job[]
  get: (identifier: string) => Job
  create: (request: JobRequest) => Promise<Job>
  stop: (identifier: string) => Promise<void>
}

const ENDED: readonly JobStatus[] = [
  'Completed',
  'PartiallyCompleted',
  'Failed',
  'Stopped',
  'Expired',
]

export const hasEnded = ({ status }: Pick<Job, 'status'>): boolean => ENDED.includes(status)

export const totalOf = ({ files }: Job): number =>
  files.reduce((sum, { records }) => sum + records, 0)

export const expiryOf = ({ submitTime, request }: Job): number =>
  submitTime + request.timeoutDurationInHours * 3_600_000

export function addCounts(counts: JobCounts, more: JobCounts): void {
  counts.processed += more.processed
  counts.success += more.success
  counts.error += more.error
  counts.inputTokens += more.inputTokens
  counts.outputTokens += more.outputTokens
}

export const NO_COUNTS: JobCounts = {
  processed: 0,
  success: 0,
  error: 0,
  inputTokens: 0,
  outputTokens: 0,
}
