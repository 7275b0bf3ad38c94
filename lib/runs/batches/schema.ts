import { z } from 'zod'

/** The job that tends a run's batch jobs; enqueued after the commit that makes it necessary. */
export const BATCH_JOB: { readonly name: string; readonly data?: { runId: string } } = {
  name: 'runs.batches',
}

/** How a set-up asks. */
export const mode = z.enum(['on_demand', 'batch'])

export const batchStage = z.enum(['jobs', 'rest', 'too_few'])

/** Bedrock's ten, and `waiting` before it knows of a job. */
const batchStatus = z.enum([
  'waiting',
  'submitted',
  'validating',
  'scheduled',
  'in_progress',
  'completed',
  'partially_completed',
  'failed',
  'stopping',
  'stopped',
  'expired',
])
export type BatchStatus = z.infer<typeof batchStatus>

/** Records that brought no answer, by cause. */
export const batchErrors = z.array(z.object({ cause: z.string(), records: z.number() }))
export type BatchErrors = z.infer<typeof batchErrors>

export const batchJobView = z.object({
  id: z.string(),
  part: z.number(),
  status: batchStatus,
  /** What Bedrock says of its end, or why it is not with Bedrock yet. */
  message: z.string().nullable(),
  /** As the AWS console shows it; null until Bedrock has it. */
  awsId: z.string().nullable(),
  records: z.number(),
  cases: z.number(),
  processed: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  errors: batchErrors,
  submittedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  fetchedAt: z.string().nullable(),
})
export type BatchJobView = z.infer<typeof batchJobView>
