import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { conflict } from '@/lib/platform/errors'
import { trainingOf } from './data'

/**
 * Ends a newcomer's training once enough check cases are right. To be called in the transaction that
 * saves an answer to a check case, after it is saved. Says whether it was passed just now.
 */
export async function noteTraining(tx: Tx, member: Member): Promise<boolean> {
  const { needed, answered, right, wanted } = await trainingOf(member, tx)
  if (needed || wanted === 0) return false
  return endTraining(tx, member.projectId, member.userId, {
    actorId: member.userId,
    action: 'training.passed',
    detail: { answered, right },
  })
}

/** A manager lets a newcomer do real work without passing. Throws `conflict` where nothing is asked of them. */
export async function letIn(member: Member, userId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const event = { actorId: member.userId, action: 'training.let_in', detail: {} }
    if (await endTraining(tx, member.projectId, userId, event)) return
    throw conflict('This person is no newcomer to this project, or no part of it any more.')
  })
}

async function endTraining(
  tx: Tx,
  projectId: string,
  userId: string,
  event: Pick<Parameters<typeof recordAudit>[1], 'actorId' | 'action' | 'detail'>,
): Promise<boolean> {
  const { count } = await tx.membership.updateMany({
    where: { projectId, userId, trainedAt: null },
    data: { trainedAt: new Date() },
  })
  if (count === 0) return false
  await recordAudit(tx, { projectId, subjectId: userId, ...event })
  return true
}
