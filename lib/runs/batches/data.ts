import { isStandIn } from '@/lib/platform/bedrock'
import { db } from '@/lib/platform/database'
import { env } from '@/lib/platform/env'
import { type BatchJobView, batchErrors } from './schema'

/** Where batch jobs find their records, and as whom Bedrock reads and writes there. */
export type BatchPlace = { bucketUri: string; roleArn: string }

const STAND_IN_PLACE: BatchPlace = {
  bucketUri: 's3://closecall-local/batch',
  roleArn: 'arn:aws:iam::000000000000:role/closecall-batch',
}

/** Null where nothing is set up for batch jobs; the stand-in needs nothing. */
export function findBatchPlace(): BatchPlace | null {
  const { CLOSECALL_BATCH_BUCKET: bucketUri, CLOSECALL_BATCH_ROLE: roleArn } = env()
  if (isStandIn()) {
    return {
      bucketUri: bucketUri ?? STAND_IN_PLACE.bucketUri,
      roleArn: roleArn ?? STAND_IN_PLACE.roleArn,
    }
  }
  return bucketUri === undefined || roleArn === undefined ? null : { bucketUri, roleArn }
}

/** Records that a batch job has at least and at most. */
export function readRecordLimits(): { least: number; most: number } {
  const { CLOSECALL_BATCH_LEAST: least, CLOSECALL_BATCH_MOST: most } = env()
  return { least, most: Math.max(least, most) }
}

/** A run's batch jobs in their order. */
export async function listBatchJobs(runId: string): Promise<BatchJobView[]> {
  const jobs = await db.batchJob.findMany({ where: { runId }, orderBy: { part: 'asc' } })
  return jobs.map((job) => ({
    id: job.id,
    part: job.part,
    status: job.status,
    message: job.message,
    awsId: job.jobArn === null ? null : job.jobArn.slice(job.jobArn.lastIndexOf('/') + 1),
    records: job.records,
    cases: job.cases,
    processed: job.processed,
    succeeded: job.succeeded,
    failed: job.failed,
    errors: batchErrors.parse(job.errors),
    submittedAt: job.submittedAt?.toISOString() ?? null,
    endedAt: job.endedAt?.toISOString() ?? null,
    fetchedAt: job.fetchedAt?.toISOString() ?? null,
  }))
}
