import type { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { conflict, notFound } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { lockCase, recomputeFinalLabel } from '../labels/mutations'
import { checkAnswer, type Shown, saysTheSame, thumbOf } from './rules'
import type { SavedAnswer, SubmitInput } from './schema'

/**
 * Saves an answer with all that follows from it. Sent again with the same id and content it changes
 * nothing and answers the same. Throws `not_found` for an assignment of another project, `conflict`
 * when the case is answered or in other hands, `invalid` for an answer that contradicts itself.
 */
export async function submitReview(member: Member, input: SubmitInput): Promise<SavedAnswer> {
  const assignment = await db.assignment.findFirst({
    where: { id: input.assignmentId, projectId: member.projectId },
  })
  if (!assignment) throw notFound('This case')
  const { caseId, projectId, purpose } = assignment
  return db.$transaction(async (tx) => {
    await lockCase(tx, caseId)
    const known = await findSaved(tx, member, input)
    if (known) return known

    const shown = await findShown(tx, assignment)
    checkAnswer(input, shown, await listCategoryIds(tx, projectId))
    await markAnswered(tx, member, input.assignmentId)

    const { sentAt: _, ...said } = input
    const { assignmentId, labelId } = input
    const former = await tx.review.findFirst({
      where: { assignmentId, reviewerId: member.userId, superseded: { is: null } },
    })
    const thumb = thumbOf(labelId, shown)
    await tx.review.create({
      data: {
        ...said,
        projectId,
        caseId,
        purpose,
        thumb,
        reviewerId: member.userId,
        supersedesId: former?.id ?? null,
        versionId: await findSeenVersion(tx, projectId, shown),
      },
    })
    if (labelId === null) await openSecondOpinion(tx, assignment)
    await recomputeFinalLabel(tx, { projectId, caseId })
    await recordAudit(tx, {
      projectId,
      actorId: member.userId,
      action: 'review.submitted',
      subjectId: input.id,
      detail: { caseId, labelId, thumb },
    })
    return { id: input.id, assignmentId, labelId, thumb, ...NOTHING_TOLD }
  })
}

const NOTHING_TOLD = { check: null, precedents: [], revealable: false }

/** The answer of a request that came before; throws `conflict` when that one said something else. */
async function findSaved(tx: Tx, member: Member, input: SubmitInput): Promise<SavedAnswer | null> {
  const saved = await tx.review.findUnique({ where: { id: input.id } })
  if (!saved) return null
  if (saved.reviewerId !== member.userId || saved.undone || !saysTheSame(saved, input)) {
    throw conflict('A different answer was saved under this id. Nothing was changed.')
  }
  const { id, assignmentId, labelId, thumb } = saved
  return { id, assignmentId, labelId, thumb, ...NOTHING_TOLD }
}

async function findShown(
  tx: Tx,
  assignment: { mode: 'shown' | 'blind'; suggestionId: string | null },
): Promise<Shown> {
  if (assignment.mode === 'blind' || assignment.suggestionId === null) return null
  const { labelId } = await tx.suggestion.findUniqueOrThrow({
    where: { id: assignment.suggestionId },
    select: { labelId: true },
  })
  return { suggestionId: assignment.suggestionId, labelId }
}

async function listCategoryIds(tx: Tx, projectId: string): Promise<Set<string>> {
  const rows = await tx.category.findMany({
    where: { projectId, archivedAt: null },
    select: { id: true },
  })
  return new Set(rows.map(({ id }) => id))
}

/** A lease that ran out does not matter as long as nobody else took the case. */
async function markAnswered(tx: Tx, member: Member, id: string): Promise<void> {
  const { count } = await tx.assignment.updateMany({
    where: { id, status: 'open', holderId: member.userId },
    data: { status: 'answered', leaseUntil: null },
  })
  if (count === 1) return
  const now = await tx.assignment.findUniqueOrThrow({ where: { id } })
  if (now.status === 'withdrawn') {
    throw conflict('This case was taken out of the queue. Your answer was not saved.')
  }
  if (now.status === 'answered' && now.holderId === member.userId) {
    throw conflict('You have answered this case already. Your first answer stands: undo it first.')
  }
  throw now.holderId === null
    ? conflict('This case was not handed out to you. Your answer was not saved.')
    : conflict('Someone else has this case now. Your answer was not saved.')
}

/** The version whose definitions the person saw: that of the suggestion, else the released one. */
async function findSeenVersion(tx: Tx, projectId: string, shown: Shown): Promise<string | null> {
  const setup: Prisma.SetupWhereInput = shown
    ? { runs: { some: { suggestions: { some: { id: shown.suggestionId } } } } }
    : { releases: { some: { projectId, endedAt: null } } }
  const found = await tx.setup.findFirst({ where: setup, select: { versionId: true } })
  return found?.versionId ?? null
}

type Slot = {
  projectId: string
  caseId: string
  selection: Prisma.AssignmentCreateManyInput['selection']
  mode: 'shown' | 'blind'
  frame: string
  rank: number
}

/** "Wrong, unsure which" asks someone else; the claim never gives a person the same case again. */
async function openSecondOpinion(tx: Tx, first: Slot): Promise<void> {
  const { projectId, caseId, selection, mode, frame, rank } = first
  const { _max } = await tx.assignment.aggregate({
    where: { caseId, status: { not: 'withdrawn' } },
    _max: { slot: true },
  })
  await tx.assignment.create({
    data: {
      ...{ id: newId(), projectId, caseId, selection, mode, frame, rank },
      purpose: 'second_opinion',
      lane: 'second_opinion',
      place: rank,
      slot: (_max.slot ?? 0) + 1,
    },
  })
}
