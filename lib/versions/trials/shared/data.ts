import { Prisma } from '@/generated/prisma/client'
import { rightExactly } from '@/lib/accuracy/rightness/data'
import { db } from '@/lib/platform/database'
import type { SharedCount } from '../rules'

/**
 * Cases of dev that both runs answered, that count for both, and that have a final label: `n` and `o`
 * are what the new and the old run said, `f` the final label, `c` the case.
 */
export const sharedCases = (oldRunId: string, newRunId: string): Prisma.Sql => Prisma.sql`
  FROM "Suggestion" n
  JOIN "Suggestion" o ON o."caseId" = n."caseId" AND o."runId" = ${oldRunId}::uuid AND o.counts
  JOIN "FinalLabel" f ON f."caseId" = n."caseId"
  JOIN "Case" c ON c.id = n."caseId" AND c.pool = 'dev'
  WHERE n."runId" = ${newRunId}::uuid AND n.counts`

/** What each said of such a case, as it reads now. */
export const SHARED_LABELS = Prisma.sql`f."labelId", f."secondLabelId",
  label_now(o."labelId") AS "oldLabelId", label_now(n."labelId") AS "newLabelId"`

export const RIGHT = {
  old: rightExactly(Prisma.sql`o."labelId"`, Prisma.sql`f."labelId"`),
  new: rightExactly(Prisma.sql`n."labelId"`, Prisma.sql`f."labelId"`),
}

/** How many such cases there are of each kind: no case can be told from it. */
export async function countShared(oldRunId: string, newRunId: string): Promise<SharedCount[]> {
  return db.$queryRaw<SharedCount[]>`
    SELECT ${SHARED_LABELS}, count(*)::int AS n ${sharedCases(oldRunId, newRunId)}
    GROUP BY 1, 2, 3, 4`
}
