import { abilitiesOf } from '@/lib/versions/models/rules'
import type { BatchJobView, BatchStatus } from './schema'

/** Why a model's cases can't be asked about in batch jobs; null where they can. */
export function findBatchObstacle(modelId: string, isSetUp: boolean): string | null {
  if (!abilitiesOf(modelId).batch) return `Bedrock takes no batch jobs for ${modelId}.`
  if (isSetUp) return null
  return 'Batch jobs are not set up here: set CLOSECALL_BATCH_BUCKET and CLOSECALL_BATCH_ROLE as docs/aws.md says.'
}

/** Bedrock's names of the statuses. */
const STATUSES: Readonly<Record<string, BatchStatus>> = {
  Submitted: 'submitted',
  Validating: 'validating',
  Scheduled: 'scheduled',
  InProgress: 'in_progress',
  Completed: 'completed',
  PartiallyCompleted: 'partially_completed',
  Failed: 'failed',
  Stopping: 'stopping',
  Stopped: 'stopped',
  Expired: 'expired',
}

/** Null for a status that is not known here. */
export const readStatus = (said: string | undefined): BatchStatus | null =>
  STATUSES[said ?? ''] ?? null

const ENDED: ReadonlySet<BatchStatus> = new Set([
  'completed',
  'partially_completed',
  'failed',
  'stopped',
  'expired',
])

/** Nothing more is asked by it. */
export const hasEnded = (status: BatchStatus): boolean => ENDED.has(status)

/** Parts of nearly the same number of records, none with more than `most`. */
export function splitRecords(records: number, most: number): { first: number; records: number }[] {
  const parts = Math.ceil(records / most)
  const bounds = Array.from({ length: parts + 1 }, (_, i) => Math.floor((i * records) / parts))
  return bounds.slice(0, -1).map((first, i) => ({ first, records: (bounds[i + 1] ?? 0) - first }))
}

/** Eleven letters and digits, as Bedrock itself names records. */
export const nameRecord = (number: number): string => `R${String(number).padStart(10, '0')}`

/** The number of a record; null for a name that this product does not give. */
export function readRecordName(name: unknown): number | null {
  const digits = typeof name === 'string' ? /^R(\d{10})$/.exec(name)?.[1] : undefined
  return digits === undefined ? null : Number(digits)
}

const LONGEST_WAIT_MS = 60_000
const SHORTEST_WAIT_MS = { standIn: 200, aws: 2_000 }

/** Until a job is looked at again: ever longer the longer it has been with Bedrock, up to a minute. */
export function chooseWait(ageMs: number, standIn: boolean): number {
  const shortest = standIn ? SHORTEST_WAIT_MS.standIn : SHORTEST_WAIT_MS.aws
  return Math.min(LONGEST_WAIT_MS, Math.max(shortest, ageMs / 10))
}

/** Beyond this share of the cases, asking the rest on demand is somebody's decision: it costs double. */
const MOST_UNASKED_SHARE = 0.1

/**
 * Whether what batch jobs have left open is asked on demand without asking anybody: where they ran to
 * their end, and little is left.
 */
export function goesOnByItself(
  jobs: readonly { status: BatchStatus }[],
  { left, cases }: { left: number; cases: number },
): boolean {
  return (
    left === 0 ||
    (jobs.every(({ status }) => status === 'completed') && left <= cases * MOST_UNASKED_SHARE)
  )
}

/** What each status is called and means, for people. */
export const BATCH_WORDS: Record<BatchStatus, { name: string; meaning: string }> = {
  waiting: {
    name: 'Getting ready',
    meaning: 'Its file is being written, or it waits for a place.',
  },
  submitted: { name: 'Submitted', meaning: 'Bedrock has it and has not looked at it yet.' },
  validating: { name: 'Being checked', meaning: 'Bedrock looks at its file and permissions.' },
  scheduled: { name: 'In the queue', meaning: 'It begins when Bedrock has room for it.' },
  in_progress: { name: 'At work', meaning: 'The model answers its records.' },
  completed: { name: 'Completed', meaning: 'Every record was asked.' },
  partially_completed: {
    name: 'Partly completed',
    meaning: 'Its time was over before every record was asked. What came is kept.',
  },
  failed: { name: 'Failed', meaning: 'Bedrock could not carry it out.' },
  stopping: { name: 'Stopping', meaning: 'What was asked already is kept.' },
  stopped: { name: 'Stopped', meaning: 'What was asked before is kept.' },
  expired: { name: 'Expired', meaning: 'Its time was over before it began.' },
}

/** How far the jobs are together, in records. */
export function sumJobs(jobs: readonly Pick<BatchJobView, 'records' | 'processed' | 'failed'>[]): {
  records: number
  processed: number
  failed: number
} {
  return {
    records: jobs.reduce((sum, job) => sum + job.records, 0),
    processed: jobs.reduce((sum, job) => sum + job.processed, 0),
    failed: jobs.reduce((sum, job) => sum + job.failed, 0),
  }
}
