import { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { conflict, notFound } from '@/lib/platform/errors'
import type { SkipInput, Skipped } from '../answers/schema'
import { lockCase, recomputeFinalLabel } from '../labels/mutations'
import { countsForLabel } from '../labels/rules'
import { newestShown } from '../queue/data'
import { handOn } from '../queue/mutations'
import { getSkipFacts } from './data'
import { type AfterSkip, afterSkip } from './rules'

/**
 * Passes a case on: to another reviewer, then to a prompt engineer, then to whoever settles
 * disagreements. This person does not get it again. Sent again with the same id it changes nothing.
 * Throws `not_found`, or `conflict` for a case that the person does not hold.
 */
export async function skipAssignment(member: Member, input: SkipInput): Promise<Skipped> {
  const { id, assignmentId, reason, note } = input
  const { userId, projectId } = member
  const assignment = await db.assignment.findFirst({ where: { id: assignmentId, projectId } })
  if (!assignment) throw notFound('This case')
  const { caseId, purpose } = assignment
  await db.$transaction(async (tx) => {
    // Waits for a request with the same id that is under way, so that it is seen below.
    await lockCase(tx, caseId)
    const known = await tx.assignmentSkip.findUnique({ where: { id } })
    if (known?.userId === userId && known.assignmentId === assignmentId) return
    if (known) throw conflict('Something else was saved under this id. Nothing was changed.')
    const after = afterSkip(await getSkipFacts(tx, member, assignmentId))
    await letGo(tx, member, { id: assignmentId, after })
    await tx.assignmentSkip.create({ data: { id, assignmentId, caseId, userId, reason, note } })
    if (countsForLabel(purpose)) await recomputeFinalLabel(tx, { projectId, caseId })
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: 'review.skipped',
      subjectId: assignmentId,
      detail: { caseId, reason },
    })
  })
  return { assignmentId }
}

/** A case that is passed on to the end keeps the lane as a sign that nobody is to be asked again. */
async function letGo(
  tx: Tx,
  { userId, projectId }: Member,
  { id, after }: { id: string; after: AfterSkip },
): Promise<void> {
  const ended = after === 'withdrawn' || after === 'disputed'
  const escalated = after === 'escalated' || after === 'disputed'
  const count = await tx.$executeRaw`
    UPDATE "Assignment" a SET "holderId" = NULL, "forUserId" = NULL,
      status = ${ended ? 'withdrawn' : 'open'}::"AssignmentStatus",
      lane = CASE WHEN ${escalated}::boolean THEN 'escalated' ELSE a.lane END,
      -- What came back is handed out first; a lane holds what nobody was asked in it.
      "leaseUntil" = CASE WHEN ${after === 'returned'}::boolean THEN now() END,
      "suggestionId" = CASE WHEN a.mode = 'shown' AND NOT ${ended}::boolean THEN (
        ${newestShown(projectId, Prisma.sql`a."caseId"`)}
      ) ELSE a."suggestionId" END
    WHERE a.id = ${id}::uuid AND a.status = 'open' AND a."holderId" = ${userId}::uuid`
  if (count === 0) throw conflict('You don’t hold this case any more. Nothing was changed.')
  // Where an answer to it was taken back, someone else gets a fresh copy.
  if (!ended) await handOn(tx, projectId, Prisma.sql`a.id = ${id}::uuid`)
}
