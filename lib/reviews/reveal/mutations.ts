import type { Member } from '@/lib/platform/access'
import { db, type Tx } from '@/lib/platform/database'
import { conflict, notFound } from '@/lib/platform/errors'
import { lockCase } from '../labels/mutations'
import { rememberSights } from '../sights/mutations'
import { findSuggestionInForce } from '../suggestions/data'
import type { Revealed, RevealInput } from './schema'

/**
 * Shows what the model says of a case after the person's own blind answer, which stands from then on.
 * Never of a test case. Throws `not_found`, or `conflict` where the answer was taken back or the person
 * is being asked about the case again.
 */
export async function revealSuggestion(
  member: Member,
  { reviewId }: RevealInput,
): Promise<Revealed> {
  const { userId, projectId } = member
  const review = await db.review.findFirst({
    where: {
      id: reviewId,
      projectId,
      reviewerId: userId,
      undone: false,
      assignment: { mode: 'blind' },
      case: { pool: { in: ['example', 'dev'] } },
    },
    select: { caseId: true },
  })
  if (!review) throw notFound('This answer')
  const { caseId } = review
  return db.$transaction(async (tx) => {
    // An undo under way comes before it, and then there is no answer; or after it, and is refused.
    await lockCase(tx, caseId)
    await refuseBeforeAnswer(tx, member, { reviewId, caseId })
    const suggestion = await findSuggestionInForce(tx, projectId, caseId)
    if (!suggestion) throw notFound('A suggestion for this case')
    await rememberSights(tx, member, [caseId])
    return { suggestion }
  })
}

async function refuseBeforeAnswer(
  tx: Tx,
  { userId }: Member,
  { reviewId, caseId }: { reviewId: string; caseId: string },
): Promise<void> {
  if ((await tx.review.count({ where: { supersedesId: reviewId } })) > 0) {
    throw conflict('This answer was taken back. Answer the case first.')
  }
  const asked = await tx.assignment.count({
    where: { caseId, status: 'open', OR: [{ holderId: userId }, { forUserId: userId }] },
  })
  if (asked > 0) throw conflict('You are asked about this case again. Answer it first.')
}
