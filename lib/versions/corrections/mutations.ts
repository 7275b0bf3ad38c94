import { getRedaction, readKnownCases } from '@/lib/cases/redaction/data'
import { startHiding } from '@/lib/cases/redaction/outgoing/rules'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { type Database, db, type Tx } from '@/lib/platform/database'
import { type AppError, conflict, invalid, notFound } from '@/lib/platform/errors'
import { takeDraft } from '../drafts/mutations'
import { appendExample } from '../examples/mutations'
import { lockExampleTexts } from '../leaks/data'
import { findCorrection } from './data'
import { mayBePromoted } from './rules'
import type { CorrectionView, PromotedExample, Promotion } from './schema'

/**
 * Makes an example of a draft from a correction. Good: the right label and why. Bad: with the label
 * that was wrongly suggested. Throws not-found; `conflict` when the correction was taken back, is in
 * this draft already, or has no right label yet, and when the draft is none any more. Where the project
 * has it so, what is recognised of personal data is replaced; `replaced` counts passages.
 */
export async function promoteCorrection(
  member: Member,
  reviewId: string,
  { versionId, kind, text, explanation }: Promotion,
): Promise<PromotedExample> {
  const { projectId, userId } = member
  return db.$transaction(async (tx) => {
    await lockExampleTexts(tx, projectId)
    await takeDraft(tx, member, versionId, null)
    await lockReviewedCase(tx, reviewId)
    const correction = await getCorrection(tx, member, reviewId)
    const { rightId, suggestedId, status, wrongReason } = correction
    if (rightId === null) {
      throw conflict('Nobody knows the right label yet. Promote it when the case has one.')
    }
    if (!mayBePromoted(status)) {
      throw conflict('The final label is the suggested one: there is nothing to correct.')
    }
    if (correction.promotedTo.some(({ id }) => id === versionId)) {
      throw conflict('This correction is an example of this draft already.')
    }
    if (kind === 'bad' && suggestedId === null && !wrongReason) {
      throw invalid('There was no valid label to show as wrong: make it a good example.')
    }
    const wrongLabelId = kind === 'bad' && suggestedId !== rightId ? suggestedId : null
    const setting = await getRedaction(projectId, tx)
    const known = await readKnownCases(projectId, [correction.caseId], tx)
    const { hide, list } = startHiding(setting, known, [text, explanation])
    const { id } = await appendExample(tx, member, versionId, {
      kind,
      caseId: correction.caseId,
      reviewId,
      text: hide(text),
      labelId: rightId,
      wrongLabelId,
      explanation: hide(explanation),
    })
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: 'correction.promoted',
      subjectId: reviewId,
      detail: { versionId, exampleId: id, kind },
    })
    const replaced = list().reduce((sum, { times }) => sum + times, 0)
    return { id, versionId, replaced }
  })
}

/** An answer that is taken back at this very moment is either seen, or flags the example made here. */
async function lockReviewedCase(tx: Tx, reviewId: string): Promise<void> {
  await tx.$executeRaw`
    SELECT 1 FROM "Case" c JOIN "Review" r ON r."caseId" = c.id WHERE r.id = ${reviewId}::uuid
    FOR SHARE OF c`
}

/**
 * Takes a promotion back: the example leaves the draft. Throws not-found when it is not there (any
 * more), `conflict` when the draft is none any more.
 */
export async function withdrawPromotion(
  member: Member,
  reviewId: string,
  versionId: string,
): Promise<void> {
  const { projectId, userId } = member
  await db.$transaction(async (tx) => {
    await takeDraft(tx, member, versionId, null)
    const { count } = await tx.example.deleteMany({ where: { versionId, reviewId } })
    if (count === 0) throw notFound('This example')
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: 'correction.withdrawn',
      subjectId: reviewId,
      detail: { versionId },
    })
  })
}

async function getCorrection(tx: Tx, member: Member, reviewId: string): Promise<CorrectionView> {
  const correction = await findCorrection(member, reviewId, tx)
  if (!correction) throw await explainMissing(tx, member.projectId, reviewId)
  return correction
}

/** Why a review is no correction to act on. */
export async function explainMissing(
  database: Database,
  projectId: string,
  reviewId: string,
): Promise<AppError> {
  const other = await database.review.findFirst({
    where: { id: reviewId, projectId },
    select: {
      undone: true,
      superseded: { select: { id: true } },
      case: { select: { pool: true } },
    },
  })
  if (!other) return notFound('This correction')
  if (other.case.pool !== 'example') {
    return conflict('Only a case of the example pool can become an example.')
  }
  if (other.superseded || other.undone) {
    return conflict('This correction was changed or taken back by its reviewer.')
  }
  return notFound('This correction')
}
