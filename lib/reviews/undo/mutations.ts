import { Prisma, type Review } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { conflict, notFound } from '@/lib/platform/errors'
import { lockExamples } from '@/lib/versions/examples/locking/data'
import type { UndoInput, Undone } from '../answers/schema'
import { findCheckResult } from '../checks/data'
import { getCaseState } from '../labels/data'
import { lockCase, lockLabels, recomputeFinalLabel } from '../labels/mutations'
import { countsForLabel, hasNeedlessReview } from '../labels/rules'
import { listClaims } from '../queue/data'
import { LEASE_END } from '../queue/holds/mutations'

/**
 * Takes back the person's last answer, or the one given, and puts its case into their hands again.
 * The former answer stays in the history; examples that came from it are flagged. Sent again with the
 * same id it takes back nothing more. Throws `not_found`, or `conflict` when it was taken back already,
 * when the case was replaced, and when a blind answer would be given again by someone who has seen more.
 */
export async function undoReview(member: Member, input: UndoInput): Promise<Undone> {
  const again = await findUndone(member, input.id)
  if (again) return again
  const review = await findOwnReview(member, input.reviewId)
  return db.$transaction(async (tx) => {
    await lockCase(tx, review.caseId)
    await lockLabels(tx, review.caseId)
    const newer = await tx.review.findUnique({ where: { supersedesId: review.id } })
    if (newer || review.undone) throw conflict('This answer was taken back already.')
    await refuseKnowing(tx, review)
    await refuseTold(tx, member, review)
    await reopen(tx, member, review.assignmentId)
    const { projectId, caseId, assignmentId, purpose, reviewerId } = review
    await tx.review.create({
      data: {
        ...{ id: input.id, projectId, caseId, assignmentId, purpose, reviewerId },
        ...{ supersedesId: review.id, undone: true, answeredAt: new Date() },
      },
    })
    if (countsForLabel(purpose)) await bringUpToDate(tx, { projectId, caseId })
    await flagExamples(tx, review.id)
    await recordAudit(tx, {
      projectId,
      actorId: member.userId,
      action: 'review.undone',
      subjectId: review.id,
      detail: { caseId },
    })
    return inHand(review, await listClaims([assignmentId], tx))
  })
}

async function flagExamples(tx: Tx, reviewId: string): Promise<void> {
  await lockExamples(tx, Prisma.sql`"reviewId" = ${reviewId}::uuid AND "flaggedAt" IS NULL`)
  await tx.example.updateMany({
    where: { reviewId, flaggedAt: null },
    data: { flaggedAt: new Date() },
  })
}

async function bringUpToDate(tx: Tx, item: { projectId: string; caseId: string }): Promise<void> {
  if (hasNeedlessReview(await getCaseState(tx, item.caseId))) {
    await withdrawSecondOpinion(tx, item.caseId)
  }
  await recomputeFinalLabel(tx, item)
}

/** What a request that came before has done. */
async function findUndone(member: Member, id: string): Promise<Undone | null> {
  const saved = await db.review.findUnique({ where: { id }, include: { supersedes: true } })
  if (!saved) return null
  const { reviewerId, projectId } = saved
  const isOwn = reviewerId === member.userId && projectId === member.projectId
  if (!isOwn || !saved.undone || !saved.supersedes) {
    throw conflict('Something else was saved under this id. Nothing was changed.')
  }
  return inHand(saved.supersedes, await listClaims([saved.assignmentId]))
}

function inHand(taken: Review, [claim]: Undone['claim'][]): Undone {
  if (!claim) throw conflict('This answer was taken back already.')
  const { id, labelId, closeCall, secondLabelId, note } = taken
  return { reviewId: id, labelId, closeCall, secondLabelId, note, claim }
}

async function findOwnReview(member: Member, reviewId: string | null): Promise<Review> {
  const own = { reviewerId: member.userId, projectId: member.projectId }
  const review = reviewId
    ? await db.review.findFirst({ where: { ...own, id: reviewId } })
    : await db.review.findFirst({
        // Not what was said of many cases at once: nobody means one of them by it.
        where: { ...own, undone: false, bulkId: null, superseded: { is: null } },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      })
  if (review) return review
  if (reviewId) throw notFound('This answer')
  throw conflict('There is no answer to take back.')
}

/**
 * Blind answers stay blind, also those to a repeat that is yet to come, and what was said of an archived
 * revision stays with it.
 */
async function refuseKnowing(tx: Tx, { caseId, assignmentId, reviewerId }: Review): Promise<void> {
  const { archivedAt } = await tx.case.findUniqueOrThrow({ where: { id: caseId } })
  if (archivedAt) throw conflict('The text of this case was replaced since. Your answer stands.')
  const again = { caseId, forUserId: reviewerId, purpose: 'repeat', status: 'open' } as const
  if ((await tx.assignment.count({ where: again })) > 0) {
    throw conflict('You are asked about this case again. Answer it first.')
  }
  const blind = await tx.assignment.count({ where: { id: assignmentId, mode: 'blind' } })
  if (blind === 0) return
  const seen = await tx.caseSight.count({ where: { caseId, userId: reviewerId } })
  if (seen > 0) {
    throw conflict(
      'You have seen more of this case since you answered, so a new answer would not be your own alone. Your answer stands.',
    )
  }
}

/** After the known answer of a check case was shown, a new answer would say nothing. */
async function refuseTold(
  tx: Tx,
  member: Member,
  { purpose, caseId, labelId }: Review,
): Promise<void> {
  if (purpose !== 'check_case') return
  if (await findCheckResult(tx, { member, caseId, labelId })) {
    throw conflict('This was a check case, and you have seen its answer. Yours stands.')
  }
}

/** Set aside for its person: nobody else can answer an assignment that has an answer. */
async function reopen(tx: Tx, member: Member, assignmentId: string): Promise<void> {
  const count = await tx.$executeRaw`
    UPDATE "Assignment" SET status = 'open', "holderId" = ${member.userId}::uuid,
      "forUserId" = ${member.userId}::uuid, "leaseUntil" = ${LEASE_END}
    WHERE id = ${assignmentId}::uuid AND status = 'answered'`
  if (count === 0) throw conflict('This case is no longer open to you. Your answer stands.')
}

/** Nobody needs a second opinion on an answer that is gone, unless someone is at it already. */
export async function withdrawSecondOpinion(tx: Tx, caseId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Assignment" SET status = 'withdrawn', "leaseUntil" = NULL
    WHERE id = (
      SELECT id FROM "Assignment"
      WHERE "caseId" = ${caseId}::uuid AND purpose = 'second_opinion' AND status = 'open'
        AND ("leaseUntil" IS NULL OR "leaseUntil" <= now())
      ORDER BY slot DESC LIMIT 1
      FOR UPDATE SKIP LOCKED
    )`
}
