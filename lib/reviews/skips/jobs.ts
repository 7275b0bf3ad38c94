import { db } from '@/lib/platform/database'
import { lockCase, recomputeFinalLabel } from '../labels/mutations'
import { ENGINEER_LEFT } from './data'

/**
 * What was passed on to prompt engineers of whom none can be asked any more, as they left or have seen its
 * labels, is for someone to settle: it would wait for ever.
 */
export async function disputeUnasked(projectId: string): Promise<void> {
  const rows = await db.$queryRaw<{ id: string; caseId: string }[]>`
    SELECT a.id, a."caseId" FROM "Assignment" a
    WHERE a."projectId" = ${projectId}::uuid AND a.status = 'open' AND a.lane = 'escalated'
      AND (a."leaseUntil" IS NULL OR a."leaseUntil" <= now()) AND NOT EXISTS (${ENGINEER_LEFT})`
  for (const { id, caseId } of rows) {
    await db.$transaction(async (tx) => {
      await lockCase(tx, caseId)
      const count = await tx.$executeRaw`
        UPDATE "Assignment" SET status = 'withdrawn', "leaseUntil" = NULL
        WHERE id = ${id}::uuid AND status = 'open'
          AND ("leaseUntil" IS NULL OR "leaseUntil" <= now())`
      if (count > 0) await recomputeFinalLabel(tx, { projectId, caseId })
    })
  }
}
