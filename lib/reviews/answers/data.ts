import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { nameCategories } from '@/lib/projects/data'
import type { OwnAnswers } from './schema'

const PAGE_SIZE = 50

/** The person's own answers that stand, newest first. Shows nothing that they did not know. */
export async function listOwnAnswers(
  member: Member,
  { before }: { before?: string } = {},
): Promise<OwnAnswers> {
  const rows = await db.review.findMany({
    where: {
      reviewerId: member.userId,
      projectId: member.projectId,
      undone: false,
      superseded: { is: null },
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: PAGE_SIZE + 1,
    ...(before ? { cursor: { id: before }, skip: 1 } : {}),
    include: { case: { select: { externalId: true, subject: true } } },
  })
  const names = await nameCategories(member.projectId)
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null))
  const shown = rows.slice(0, PAGE_SIZE)
  return {
    answers: shown.map((review) => ({
      reviewId: review.id,
      caseId: review.caseId,
      externalId: review.case.externalId,
      subject: review.case.subject,
      label: nameOf(review.labelId),
      secondLabel: nameOf(review.secondLabelId),
      thumb: review.thumb,
      closeCall: review.closeCall,
      wrongReason: review.wrongReason,
      note: review.note,
      suggested: null,
      shown: false,
      seconds: review.seconds,
      changeable: true,
      at: review.createdAt.toISOString(),
    })),
    next: rows.length > PAGE_SIZE ? (shown.at(-1)?.id ?? null) : null,
  }
}
