import type { Member } from '@/lib/platform/access'
import { PREPARED, type Tx } from '@/lib/platform/database'
import { notFound } from '@/lib/platform/errors'
import { CASE_STATE } from '../../labels/data'
import { shownSuggestions } from '../../queue/data'
import type { SubmitInput } from '../schema'
import type { AnswerFacts } from './schema'

/**
 * Locks the case of an assignment and reads what an answer to it depends on: two statements, as the
 * second must begin after the lock was waited for. Throws `not_found` for an assignment of elsewhere.
 */
export async function getAnswerFacts(
  tx: Tx,
  { userId, projectId }: Member,
  { id, assignmentId }: Pick<SubmitInput, 'id' | 'assignmentId'>,
): Promise<AnswerFacts> {
  const locked = await tx.$executeRaw`
    SELECT 1 FROM "Case" c JOIN "Assignment" a ON a."caseId" = c.id
    WHERE a.id = ${assignmentId}::uuid AND a."projectId" = ${projectId}::uuid
    FOR NO KEY UPDATE OF c`
  if (locked === 0) throw notFound('This case')
  const [facts] = await tx.$queryRaw<AnswerFacts[]>`${PREPARED}
    WITH me AS (SELECT ${userId}::uuid AS id)
    SELECT c.id AS "caseId", a.slot, a.purpose, a.selection, a.mode, a.status,
      a."holderId" IS NOT DISTINCT FROM me.id AS "isHolder",
      a."holderId" IS NULL AS "isFree",
      me.id = ANY(a."heldBefore") AS "heldBefore",
      (a."holderId" <> me.id AND a."leaseUntil" > now()) IS TRUE
        OR (a."forUserId" <> me.id) IS TRUE AS "isTaken",
      EXISTS (
        SELECT 1 FROM "Review" v
        WHERE v."caseId" = c.id AND v."reviewerId" = me.id AND v."assignmentId" <> a.id
          AND v."supersedesId" IS NULL AND v.purpose <> 'repeat' AND a.purpose <> 'repeat'
          AND v.round = a.round
      ) AS "answeredElsewhere",
      EXISTS (
        SELECT 1 FROM "AssignmentSkip" k WHERE k."caseId" = c.id AND k."userId" = me.id
      ) AS "passedOn",
      EXISTS (
        SELECT 1 FROM "CaseSight" g WHERE g."caseId" = c.id AND g."userId" = me.id
      ) AS seen,
      s.id AS "suggestionId", label_now(s."labelId") AS "suggestedLabelId",
      coalesce(
        (SELECT p."versionId" FROM "Run" r JOIN "Setup" p ON p.id = r."setupId" WHERE r.id = s."runId"),
        (SELECT p."versionId" FROM "Release" l JOIN "Setup" p ON p.id = l."setupId"
          WHERE l."projectId" = c."projectId" AND l."endedAt" IS NULL)
      ) AS "versionId",
      ARRAY(
        SELECT y.id::text FROM "Category" y
        WHERE y."projectId" = c."projectId" AND y."archivedAt" IS NULL
      ) AS "categoryIds",
      (SELECT v.id FROM "Review" v
        WHERE v."assignmentId" = a.id AND v."reviewerId" = me.id
          AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = v.id)
      ) AS "formerId",
      (SELECT to_jsonb(v) FROM "Review" v WHERE v.id = ${id}::uuid) AS saved,
      c.pool = 'test' AS "isTest",
      a.mode = 'blind' AND EXISTS (
        SELECT 1 ${shownSuggestions(projectId)} AND s."caseId" = c.id
      ) AS "hasSuggestion",
      extract(epoch FROM a."createdAt")::float8 * 1000 AS "openedAt",
      extract(epoch FROM clock_timestamp())::float8 * 1000 AS now,
      ${CASE_STATE} AS state
    FROM me
    JOIN "Assignment" a ON a.id = ${assignmentId}::uuid
    JOIN "Case" c ON c.id = a."caseId"
    LEFT JOIN "Suggestion" s ON a.mode = 'shown' AND s.id = a."suggestionId"`
  if (!facts) throw notFound('This case')
  return facts
}
