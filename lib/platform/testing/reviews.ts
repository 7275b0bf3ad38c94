import type { Member } from '../access'
import { db } from '../database'
import { newId } from '../ids'

type Given = {
  labelId: string | null
  purpose?: 'ordinary' | 'second_opinion' | 'check_case' | 'repeat'
  mode?: 'shown' | 'blind'
  slot?: number
  seconds?: number
  suggestionId?: string
  thumb?: 'up' | 'down'
  closeCall?: boolean
  note?: string
  bulkId?: string
  at?: Date
  undone?: boolean
}

/** An answer as if it had been given at that time; an undone one was taken back a moment later. Returns its id. */
export async function createReview(
  member: Member,
  caseId: string,
  { purpose = 'ordinary', mode = 'blind', slot = 1, at = new Date(), undone, ...said }: Given,
): Promise<string> {
  const [assignmentId, id] = [newId(), newId()]
  const base = { projectId: member.projectId, caseId, purpose }
  const personal = purpose === 'check_case' || purpose === 'repeat'
  await db.assignment.create({
    data: {
      ...{ ...base, id: assignmentId, slot, mode, frame: 'example', rank: 0, status: 'answered' },
      holderId: member.userId,
      forUserId: personal ? member.userId : null,
    },
  })
  const review = { ...base, assignmentId, reviewerId: member.userId, answeredAt: at }
  await db.review.create({ data: { ...review, ...said, id, createdAt: at } })
  if (undone) {
    await db.review.create({
      data: {
        ...{ ...review, id: newId(), supersedesId: id, undone: true },
        createdAt: new Date(at.getTime() + 1),
      },
    })
  }
  return id
}
