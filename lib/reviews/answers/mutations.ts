import { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { db, PREPARED, type Tx } from '@/lib/platform/database'
import { conflict } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { findCheckResult } from '../checks/data'
import { noteTraining } from '../checks/mutations'
import { listLikePrecedents } from '../disagreements/precedents/data'
import { labelChanges } from '../labels/mutations'
import { countsForLabel, nextSlot, wantsSecondOpinion } from '../labels/rules'
import { newestShown } from '../queue/data'
import { idLikeCase } from '../queue/holds/mutations'
import { getAnswerFacts } from './facts/data'
import { checkTurn, correctClock, withAnswer } from './facts/rules'
import type { AnswerFacts } from './facts/schema'
import { checkAnswer, type Shown, saysTheSame, thumbOf } from './rules'
import type { SavedAnswer, SubmitInput } from './schema'

/**
 * Saves an answer with all that follows from it. Sent again with the same id and content it changes
 * nothing and answers the same. Throws `not_found` for an assignment of another project, `conflict`
 * when the case is answered or in other hands, `invalid` for an answer that contradicts itself. A late
 * answer counts as long as the assignment is open and nobody else is at it (`checkTurn`).
 * Three statements in one transaction: the lock, all that is read, all that is written.
 */
export async function submitReview(member: Member, input: SubmitInput): Promise<SavedAnswer> {
  const saved = await db.$transaction(async (tx) => {
    const facts = await getAnswerFacts(tx, member, input)
    const shown = shownOf(facts)
    if (facts.saved) {
      if (!isSame(facts.saved, member, input)) {
        throw conflict('A different answer was saved under this id. Nothing was changed.')
      }
    } else {
      checkAnswer(input, shown, new Set(facts.categoryIds))
      checkTurn(facts)
      await writeAnswer(tx, member, input, facts)
    }
    return {
      facts,
      thumb: thumbOf(input.labelId, shown),
      check: await tellCheck(tx, member, input, facts),
    }
  })
  const { facts, thumb, check } = saved
  const { id, assignmentId, labelId } = input
  return {
    ...{ id, assignmentId, labelId, thumb, check },
    precedents: input.closeCall ? await listLikePrecedents(member, facts.caseId, input) : [],
    revealable: facts.hasSuggestion && !facts.isTest,
  }
}

const shownOf = ({ suggestionId, suggestedLabelId }: AnswerFacts): Shown =>
  suggestionId === null ? null : { suggestionId, labelId: suggestedLabelId }

const isSame = (saved: NonNullable<AnswerFacts['saved']>, member: Member, input: SubmitInput) =>
  saved.reviewerId === member.userId && !saved.undone && saysTheSame(saved, input)

async function writeAnswer(
  tx: Tx,
  member: Member,
  input: SubmitInput,
  facts: AnswerFacts,
): Promise<void> {
  const item = { projectId: member.projectId, caseId: facts.caseId }
  const counts = countsForLabel(facts.purpose)
  const after = withAnswer(facts, member.userId, input)
  const asksAnother = counts && wantsSecondOpinion(after)
  const slot = nextSlot(after)
  const second = { slot, purpose: 'second_opinion', state: 'open' } as const
  const state = asksAnother ? { ...after, assignments: [...after.assignments, second] } : after
  const parts = [
    answered(member, input),
    said(member, input, facts),
    ...(asksAnother ? [secondOpinion(member, slot)] : []),
    ...(counts ? labelChanges(item, state, ONCE_SAID) : []),
  ]
  const { labelId } = input
  const detail = { caseId: facts.caseId, labelId, thumb: thumbOf(labelId, shownOf(facts)) }
  const written = await tx.$executeRaw`${PREPARED}
    WITH ${Prisma.join(parts)}
    INSERT INTO "AuditEvent" (id, "projectId", "actorId", action, "subjectId", detail)
    SELECT ${newId()}::uuid, "projectId", ${member.userId}::uuid, 'review.submitted', ${input.id},
      ${JSON.stringify(detail)}::jsonb
    FROM answered`
  // Someone claimed it between the reading and the writing: all of it is taken back.
  if (written === 0) throw conflict('Someone else has this case now. Your answer was not saved.')
}

const answered = ({ userId }: Member, { assignmentId }: SubmitInput) => Prisma.sql`
  answered AS (
    UPDATE "Assignment" SET status = 'answered', "holderId" = ${userId}::uuid, "leaseUntil" = NULL
    WHERE id = ${assignmentId}::uuid AND status = 'open' AND ("holderId" = ${userId}::uuid
      OR ${userId}::uuid = ANY("heldBefore") AND ("leaseUntil" IS NULL OR "leaseUntil" <= now()))
    RETURNING id, "projectId", "caseId", purpose, selection, mode, frame, rank
  )`

const said = ({ userId }: Member, input: SubmitInput, facts: AnswerFacts) => Prisma.sql`
  said AS (
    INSERT INTO "Review" (id, "projectId", "assignmentId", "caseId", purpose, "reviewerId",
      "supersedesId", "suggestionId", "versionId", "labelId", thumb, "closeCall", "secondLabelId",
      "wrongReason", note, seconds, "answeredAt")
    SELECT ${input.id}::uuid, "projectId", id, "caseId", purpose, ${userId}::uuid,
      ${facts.formerId}::uuid, ${input.suggestionId}::uuid, ${facts.versionId}::uuid,
      ${input.labelId}::uuid, ${thumbOf(input.labelId, shownOf(facts))}::"Thumb",
      ${input.closeCall}::boolean, ${input.secondLabelId}::uuid, ${input.wrongReason}::boolean,
      ${input.note}, ${input.seconds}::float8, ${new Date(correctClock(input, facts))}::timestamptz
    FROM answered
    RETURNING id
  )`

const ONCE_SAID = Prisma.sql`WHERE EXISTS (SELECT 1 FROM said)`

/** The same is asked of someone else; the claim never gives a person the same case again. */
const secondOpinion = ({ projectId }: Member, slot: number) =>
  Prisma.sql`
  second AS (
    INSERT INTO "Assignment" (id, "projectId", "caseId", slot, selection, mode, purpose, frame, rank,
      lane, place, "suggestionId")
    SELECT ${idLikeCase(Prisma.sql`"caseId"`)}, "projectId", "caseId", ${slot}::int, selection, mode, 'second_opinion',
      frame, rank, 'second_opinion', rank, CASE mode WHEN 'shown' THEN (
        ${newestShown(projectId, Prisma.sql`answered."caseId"`)}
      ) END
    FROM answered
  )`

async function tellCheck(
  tx: Tx,
  member: Member,
  { labelId }: SubmitInput,
  { purpose, caseId, saved }: AnswerFacts,
): Promise<SavedAnswer['check']> {
  if (purpose !== 'check_case') return null
  const check = await findCheckResult(tx, { member, caseId, labelId })
  if (!saved) await noteTraining(tx, member)
  return check
}
