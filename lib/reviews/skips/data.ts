import { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import type { Tx } from '@/lib/platform/database'
import { mayTakeEscalated } from '../policy'
import type { SkipFacts } from './rules'

/** A prompt engineer `m` who has neither answered the case of `a`, nor passed on it, nor seen its labels. */
export const ENGINEER_LEFT = Prisma.sql`
  SELECT 1 FROM "Membership" m JOIN "User" u ON u.id = m."userId" AND u."disabledAt" IS NULL
  WHERE m."projectId" = a."projectId" AND m.role = 'prompt_engineer'
    AND NOT EXISTS (SELECT 1 FROM "Review" v
      WHERE v."caseId" = a."caseId" AND v."reviewerId" = m."userId")
    AND NOT EXISTS (SELECT 1 FROM "AssignmentSkip" k
      WHERE k."caseId" = a."caseId" AND k."userId" = m."userId")
    AND NOT EXISTS (SELECT 1 FROM "CaseSight" g
      WHERE g."caseId" = a."caseId" AND g."userId" = m."userId")`

/** What decides where a case goes that this person passes on. The caller holds the case's lock. */
export async function getSkipFacts(
  tx: Tx,
  member: Member,
  assignmentId: string,
): Promise<SkipFacts> {
  const [row] = await tx.$queryRaw<Omit<SkipFacts, 'byEngineer'>[]>`
    SELECT a.purpose,
      EXISTS (
        SELECT 1 FROM "AssignmentSkip" k
        WHERE k."caseId" = a."caseId" AND k."userId" <> ${member.userId}::uuid
      ) AS "skippedBefore",
      EXISTS (
        ${ENGINEER_LEFT} AND m."userId" <> ${member.userId}::uuid
      ) AS "engineerLeft",
      EXISTS (
        SELECT 1 FROM "FinalLabel" f
        WHERE f."caseId" = a."caseId" AND f.source IN ('imported', 'settled')
      ) AS "isLabelled"
    FROM "Assignment" a WHERE a.id = ${assignmentId}::uuid`
  if (!row) throw new Error('the assignment was found before')
  return { ...row, byEngineer: mayTakeEscalated(member) }
}
