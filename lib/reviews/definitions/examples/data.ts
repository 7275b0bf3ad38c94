import { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { findReleasedSetup } from '@/lib/versions/data'
import type { ShownExample } from './schema'

const PER_CATEGORY = 3
const EXCERPT_LENGTH = 400

/**
 * Good examples of the released version, the first few of each category. Not those that tell this
 * person the label of a case which they could still be given: one that someone is to review, or a
 * check case, unless they have answered it and are not asked again.
 */
export async function listShownExamples(member: Member): Promise<ShownExample[]> {
  const released = await findReleasedSetup(member.projectId)
  if (!released) return []
  const answered = Prisma.sql`EXISTS (
    SELECT 1 FROM "Review" v
    WHERE v."caseId" = e."caseId" AND v."reviewerId" = ${member.userId}::uuid AND NOT v.undone
      AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = v.id))`
  return db.$queryRaw<ShownExample[]>`
    WITH open AS (
      SELECT e.*, row_number() OVER (PARTITION BY e."labelId" ORDER BY e.position, e.id) AS nth
      FROM "Example" e
      WHERE e."versionId" = ${released.versionId}::uuid
        AND e.kind = 'good' AND e.enabled AND e."flaggedAt" IS NULL
        AND NOT EXISTS (
          SELECT 1 FROM "Assignment" a
          WHERE a."caseId" = e."caseId" AND a.status = 'open'
            AND (a."holderId" = ${member.userId}::uuid OR NOT ${answered}))
        AND (${answered}
          OR NOT EXISTS (SELECT 1 FROM "CheckCase" k WHERE k."caseId" = e."caseId"))
    )
    SELECT open.id, open."labelId", c.subject, open.explanation,
      left(open.text, ${EXCERPT_LENGTH}) AS excerpt
    FROM open JOIN "Case" c ON c.id = open."caseId"
    WHERE open.nth <= ${PER_CATEGORY}
    ORDER BY open."labelId", open.nth`
}
