import { Prisma } from '@/generated/prisma/client'
import type { Tx } from '@/lib/platform/database'
import type { CaseState } from './schema'

/**
 * The CaseState of the case `c`, as an expression in SQL. In a transaction that holds the case's lock,
 * and in a statement that began after it was taken, or it tells what was. Labels are what they count as
 * today (label_now).
 */
export const CASE_STATE = Prisma.sql`
  json_build_object(
    'wanted', (SELECT p."reviewsWanted" FROM "Project" p WHERE p.id = c."projectId"),
    'reviews', coalesce((
      SELECT json_agg(json_build_object('reviewerId', v."reviewerId", 'undone', v.undone,
        'labelId', label_now(v."labelId"),
        'secondLabelId', nullif(label_now(v."secondLabelId"), label_now(v."labelId")), 'closeCall', v."closeCall",
        'bulk', v."bulkId" IS NOT NULL, 'selection', b.selection, 'mode', b.mode) ORDER BY v.id)
      FROM "Review" v JOIN "Assignment" b ON b.id = v."assignmentId"
      WHERE v."caseId" = c.id AND v.purpose IN ('ordinary', 'second_opinion')
        AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = v.id)
    ), '[]'),
    'assignments', coalesce((
      SELECT json_agg(json_build_object('slot', b.slot, 'purpose', b.purpose,
        'state', CASE b.status WHEN 'withdrawn' THEN 'passed_on' ELSE b.status::text END))
      FROM "Assignment" b
      WHERE b."caseId" = c.id AND b.purpose IN ('ordinary', 'second_opinion')
        AND (b.status <> 'withdrawn' OR b.lane = 'escalated' AND EXISTS (
          SELECT 1 FROM "AssignmentSkip" k WHERE k."assignmentId" = b.id
        ) AND b.round = coalesce((SELECT r.round FROM "CaseRound" r WHERE r."caseId" = c.id), 0)
        AND NOT EXISTS (
          SELECT 1 FROM "Assignment" live
          WHERE live."caseId" = c.id AND live.slot = b.slot AND live.status <> 'withdrawn'
            AND live.purpose IN ('ordinary', 'second_opinion')
        ))
    ), '[]'),
    'label', (
      SELECT json_build_object('labelId', f."labelId", 'secondLabelId', f."secondLabelId",
        'source', f.source, 'selection', f.selection, 'mode', f.mode, 'bulk', f.bulk)
      FROM "FinalLabel" f WHERE f."caseId" = c.id
    ),
    'dispute', (SELECT d.kind FROM "Dispute" d WHERE d."caseId" = c.id)
  )`

/** The caller holds the case's lock. */
export async function getCaseState(tx: Tx, caseId: string): Promise<CaseState> {
  const [row] = await tx.$queryRaw<{ state: CaseState }[]>`
    SELECT ${CASE_STATE} AS state FROM "Case" c WHERE c.id = ${caseId}::uuid`
  if (!row) throw new Error('the case is locked, so it exists')
  return row.state
}
