import { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { conflict, notFound } from '@/lib/platform/errors'
import type { SkipInput, Skipped } from '../answers/schema'
import { handOn } from '../queue/mutations'

/**
 * Passes a case on to someone else; this person does not get it again. Sent again with the same id it
 * changes nothing. Throws `not_found`, or `conflict` for a case that the person does not hold.
 */
export async function skipAssignment(member: Member, input: SkipInput): Promise<Skipped> {
  const { id, assignmentId, reason, note } = input
  const assignment = await db.assignment.findFirst({
    where: { id: assignmentId, projectId: member.projectId },
  })
  if (!assignment) throw notFound('This case')
  await db.$transaction(async (tx) => {
    // Waits for a request with the same id that is under way, so that it is seen below.
    await tx.$executeRaw`SELECT 1 FROM "Assignment" WHERE id = ${assignmentId}::uuid FOR UPDATE`
    const known = await tx.assignmentSkip.findUnique({ where: { id } })
    if (known?.userId === member.userId && known.assignmentId === assignmentId) return
    if (known) throw conflict('Something else was saved under this id. Nothing was changed.')
    await free(tx, member, assignmentId)
    const { caseId, projectId } = assignment
    await tx.assignmentSkip.create({
      data: { id, assignmentId, caseId, userId: member.userId, reason, note },
    })
    await recordAudit(tx, {
      projectId,
      actorId: member.userId,
      action: 'review.skipped',
      subjectId: assignmentId,
      detail: { caseId, reason },
    })
  })
  return { assignmentId }
}

async function free(tx: Tx, member: Member, id: string): Promise<void> {
  const { count } = await tx.assignment.updateMany({
    where: { id, status: 'open', holderId: member.userId },
    data: { holderId: null, forUserId: null, leaseUntil: null, suggestionId: null },
  })
  if (count === 0) throw conflict('You don’t hold this case any more. Nothing was changed.')
  await handOn(tx, Prisma.sql`a.id = ${id}::uuid`)
}
