import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { openForMember, shownSuggestions } from '../queue/data'
import type { ReviewProgress } from './schema'

/** Cases, not assignments: a person answers a case once, however many reviews it wants. */
export async function getReviewProgress(member: Member): Promise<ReviewProgress> {
  const [row] = await db.$queryRaw<ReviewProgress[]>`
    WITH shown AS (
      SELECT DISTINCT s."caseId" ${shownSuggestions(member.projectId)}
    ), open AS (
      SELECT a."caseId", bool_or(a.mode = 'blind' OR shown."caseId" IS NOT NULL) AS ready
      FROM "Assignment" a
      JOIN "Case" c ON c.id = a."caseId"
      LEFT JOIN shown ON shown."caseId" = a."caseId"
      WHERE ${openForMember(member)}
      GROUP BY a."caseId"
    ), own AS (
      SELECT v."createdAt" FROM "Review" v
      WHERE v."reviewerId" = ${member.userId}::uuid AND v."projectId" = ${member.projectId}::uuid
        AND NOT v.undone
        AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = v.id)
    )
    SELECT
      (SELECT count(DISTINCT a."caseId")::int FROM "Assignment" a
        WHERE a."projectId" = ${member.projectId}::uuid AND a.status = 'answered'
          AND NOT EXISTS (SELECT 1 FROM open WHERE open."caseId" = a."caseId")) AS done,
      (SELECT count(*)::int FROM open WHERE ready) AS left,
      (SELECT count(*)::int FROM open WHERE NOT ready) AS "withoutSuggestion",
      EXISTS (
        SELECT 1 FROM "Release"
        WHERE "projectId" = ${member.projectId}::uuid AND "endedAt" IS NULL
      ) AS released,
      (SELECT count(*)::int FROM own) AS own,
      (SELECT count(*)::int FROM own
        WHERE "createdAt" >= date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC')
        AS "ownToday"`
  if (!row) throw new Error('an aggregate gives a row')
  return row
}
