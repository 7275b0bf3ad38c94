import { Prisma } from '@/generated/prisma/client'
import { mayOpenCase } from '@/lib/cases/policy'
import type { Pool } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { nameCategories } from '@/lib/projects/data'
import type { Thumb } from '../schema'
import { getReviewSettings } from '../settings/data'
import type { OwnAnswers, OwnAnswersInput } from './schema'

const PAGE_SIZE = 50

type Row = {
  reviewId: string
  caseId: string
  externalId: string
  subject: string
  labelId: string | null
  secondLabelId: string | null
  thumb: Thumb | null
  closeCall: boolean
  wrongReason: boolean
  note: string
  shown: boolean
  suggestedId: string | null
  seconds: number | null
  changeable: boolean
  pool: Pool | null
  createdAt: Date
}

/**
 * The person's own answers that stand, newest first. Shows nothing that they did not know, and nothing
 * of a case that they are being asked about again, blind.
 */
export async function listOwnAnswers(
  member: Member,
  input: OwnAnswersInput = {},
): Promise<OwnAnswers> {
  const { userId, projectId } = member
  const { checkFeedback } = await getReviewSettings(projectId)
  const rows = await db.$queryRaw<Row[]>`
    SELECT v.id AS "reviewId", c.id AS "caseId", c."externalId", c.subject, v."labelId",
      v."secondLabelId", v.thumb, v."closeCall", v."wrongReason", v.note,
      s.id IS NOT NULL AS shown, s."labelId" AS "suggestedId", v.seconds, v."createdAt",
      c."archivedAt" IS NULL AND NOT (v.purpose = 'check_case' AND ${checkFeedback})
        AND NOT (a.mode = 'blind' AND EXISTS (
          SELECT 1 FROM "CaseSight" g WHERE g."caseId" = c.id AND g."userId" = v."reviewerId"
        )) AS changeable, c.pool
    FROM "Review" v
    JOIN "Assignment" a ON a.id = v."assignmentId"
    JOIN "Case" c ON c.id = v."caseId"
    LEFT JOIN "Suggestion" s ON s.id = v."suggestionId"
    WHERE v."projectId" = ${projectId}::uuid AND v."reviewerId" = ${userId}::uuid AND NOT v.undone
      AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = v.id)
      AND NOT EXISTS (
        SELECT 1 FROM "Assignment" again
        WHERE again."caseId" = c.id AND again."forUserId" = v."reviewerId"
          AND again.purpose = 'repeat' AND again.status = 'open'
      )
      ${Prisma.join([Prisma.empty, ...conditions(member, input)], ' AND ')}
    ORDER BY v."createdAt" DESC, v.id DESC
    LIMIT ${PAGE_SIZE + 1}`
  const names = await nameCategories(projectId)
  const nameOf = (id: string | null) => names.get(id ?? '') ?? null
  const answers = rows
    .slice(0, PAGE_SIZE)
    .map(({ labelId, secondLabelId, suggestedId, createdAt, pool, ...row }) => ({
      ...row,
      label: nameOf(labelId),
      secondLabel: nameOf(secondLabelId),
      suggested: nameOf(suggestedId),
      openable: mayOpenCase({ pool }),
      at: createdAt.toISOString(),
    }))
  return {
    answers,
    next: rows.length > PAGE_SIZE ? (answers.at(-1)?.reviewId ?? null) : null,
  }
}

function conditions({ userId }: Member, { before, q }: OwnAnswersInput): Prisma.Sql[] {
  const list: Prisma.Sql[] = []
  if (before) {
    list.push(Prisma.sql`(v."createdAt", v.id) < (
      SELECT last."createdAt", last.id FROM "Review" last
      WHERE last.id = ${before}::uuid AND last."reviewerId" = ${userId}::uuid)`)
  }
  if (q) {
    const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`
    list.push(Prisma.sql`(c."externalId" ILIKE ${like} OR c.subject ILIKE ${like}
      OR v.note ILIKE ${like} OR EXISTS (
        SELECT 1 FROM jsonb_array_elements(c.messages) m WHERE m->>'text' ILIKE ${like}))`)
  }
  return list
}
