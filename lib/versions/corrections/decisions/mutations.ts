import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db } from '@/lib/platform/database'
import { invalid } from '@/lib/platform/errors'
import { findCorrections } from '../data'
import { explainMissing } from '../mutations'
import type { Decision, FormerDecisions } from './schema'

/**
 * Dismisses corrections with a reason, puts them off, or opens them again; says what had been decided
 * of each before. One that was taken back meanwhile is left out. Throws not-found or `conflict` when
 * nothing is left.
 */
export async function decideCorrections(
  member: Member,
  decisions: readonly Decision[],
): Promise<FormerDecisions> {
  const { projectId, userId } = member
  const ids = decisions.map(({ reviewId }) => reviewId)
  if (new Set(ids).size !== ids.length) throw invalid('Each correction can be decided once.')
  return db.$transaction(async (tx) => {
    const known = await findCorrections(member, ids, tx)
    const taken = decisions.filter(({ reviewId }) => known.has(reviewId))
    if (taken.length === 0) throw await explainMissing(tx, projectId, ids[0] ?? '')
    const decided = await tx.correctionDecision.findMany({ where: { reviewId: { in: ids } } })
    await tx.correctionDecision.deleteMany({ where: { reviewId: { in: [...known.keys()] } } })
    await tx.correctionDecision.createMany({
      data: taken
        .filter(({ decision }) => decision !== 'open')
        .map((one) => ({
          reviewId: one.reviewId,
          projectId,
          decision: one.decision,
          reason: one.decision === 'dismissed' ? one.reason : '',
          byId: userId,
        })),
    })
    for (const { reviewId, decision } of taken) {
      await recordAudit(tx, {
        projectId,
        actorId: userId,
        action: 'correction.decided',
        subjectId: reviewId,
        detail: { decision },
      })
    }
    return {
      former: taken.map(({ reviewId }): Decision => {
        const before = decided.find((one) => one.reviewId === reviewId)
        if (before?.decision === 'dismissed') {
          return { reviewId, decision: 'dismissed', reason: before.reason }
        }
        return { reviewId, decision: before ? 'later' : 'open' }
      }),
    }
  })
}
