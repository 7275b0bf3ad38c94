import { db } from '@/lib/platform/database'
import type { BatchErrors } from '../schema'

const LISTED = 10

/** Why records of a batch job brought no answer, the most frequent cause first. */
export async function listErrors(job: {
  runId: string
  firstRecord: number
  records: number
}): Promise<BatchErrors> {
  const below = job.firstRecord + job.records
  return db.$queryRaw<BatchErrors>`
    SELECT cause, count(*)::int AS records
    FROM (
      SELECT CASE WHEN c.id IS NULL THEN 'Not asked.'
        ELSE concat_ws(': ', c."errorName", c."errorMessage") END AS cause
      FROM "BatchRecord" r LEFT JOIN "Call" c ON c.id = r."callId"
      WHERE r."runId" = ${job.runId}::uuid AND r.number >= ${job.firstRecord} AND r.number < ${below}
        AND (c.id IS NULL OR c.status = 'failed')
    ) missing
    GROUP BY cause ORDER BY count(*) DESC, cause LIMIT ${LISTED}`
}
