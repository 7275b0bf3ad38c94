import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import type { ReviewProgress } from './schema'

/**
 * How far the project is, from its counts and the changes not yet folded into them, and what the person
 * has done today. Costs the same however large the project is.
 */
export async function getReviewProgress(member: Member): Promise<ReviewProgress> {
  const [row] = await db.$queryRaw<ReviewProgress[]>`
    WITH counts AS (
      SELECT state, sum(n)::int AS n FROM (
        SELECT state, n FROM "ReviewCount" WHERE "projectId" = ${member.projectId}::uuid
        UNION ALL
        SELECT state, n FROM "ReviewCountDelta" WHERE "projectId" = ${member.projectId}::uuid
      ) AS known
      GROUP BY state
    )
    SELECT
      coalesce((SELECT n FROM counts WHERE state = 'answered'), 0) AS done,
      coalesce((SELECT n FROM counts WHERE state = 'ready'), 0) AS left,
      coalesce((SELECT n FROM counts WHERE state = 'waiting'), 0) AS "withoutSuggestion",
      EXISTS (
        SELECT 1 FROM "Release"
        WHERE "projectId" = ${member.projectId}::uuid AND "endedAt" IS NULL
      ) AS released,
      (SELECT count(*)::int FROM "Review" v
        WHERE v."reviewerId" = ${member.userId}::uuid AND v."projectId" = ${member.projectId}::uuid
          AND v."createdAt" >= date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
          AND NOT v.undone
          AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = v.id)
      ) AS "ownToday"`
  if (!row) throw new Error('a SELECT without FROM gives a row')
  return row
}
