import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import type { Tx } from '@/lib/platform/database'
import { getReviewSettings } from '../../settings/data'
import { listCheckAnswers } from '../data'
import { judgeTraining } from '../rules'

/**
 * Ends a newcomer's training once enough check cases are right. To be called in the transaction that
 * saves an answer to a check case, after it is saved. Says whether it was passed just now.
 */
export async function noteTraining(tx: Tx, member: Member): Promise<boolean> {
  const { projectId, userId } = member
  const { trainingCases: wanted, trainingPass: pass } = await getReviewSettings(projectId, tx)
  if (wanted === 0 || member.role !== 'reviewer') return false
  const newcomers = await tx.membership.count({ where: { projectId, userId, trainedAt: null } })
  if (newcomers === 0) return false
  const { answered, right, passed } = judgeTraining(await listCheckAnswers(projectId, userId, tx), {
    wanted,
    pass,
  })
  if (!passed) return false
  const { count } = await tx.membership.updateMany({
    where: { projectId, userId, trainedAt: null },
    data: { trainedAt: new Date() },
  })
  if (count === 0) return false
  await recordAudit(tx, {
    projectId,
    actorId: userId,
    action: 'training.passed',
    subjectId: userId,
    detail: { answered, right },
  })
  return true
}
