import type { Tx } from '@/lib/platform/database'
import { finalLabelOf, standsAgainstReviews } from './rules'

/**
 * Brings a case's final label up to date with its reviews, in the transaction that changed them.
 * The caller holds the lock on the case (`lockCase`), or two answers at once would not see each other.
 */
export async function recomputeFinalLabel(
  tx: Tx,
  item: { projectId: string; caseId: string },
): Promise<void> {
  const { projectId, caseId } = item
  const before = await tx.finalLabel.findUnique({ where: { caseId } })
  if (before && standsAgainstReviews(before.source)) return
  const project = await tx.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { reviewsWanted: true },
  })
  const rows = await tx.review.findMany({
    where: { caseId, purpose: { in: ['ordinary', 'second_opinion'] }, superseded: { is: null } },
    orderBy: { id: 'asc' },
    include: { assignment: { select: { selection: true, mode: true } } },
  })
  const reviews = rows.map(({ assignment, ...review }) => ({ ...review, ...assignment }))
  const after = finalLabelOf(reviews, project.reviewsWanted)
  if (!after) {
    if (before) await tx.finalLabel.delete({ where: { caseId } })
    return
  }
  await tx.finalLabel.upsert({
    where: { caseId },
    create: { caseId, projectId, ...after },
    update: { ...after, at: new Date() },
  })
}

/** Makes answers on one case wait for each other; the lock ends with the transaction. */
export async function lockCase(tx: Tx, caseId: string): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM "Case" WHERE id = ${caseId}::uuid FOR NO KEY UPDATE`
}
