import { message, type Pool } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { type Database, db } from '@/lib/platform/database'
import { conflict, notFound } from '@/lib/platform/errors'
import { nameCategories } from '@/lib/projects/data'
import { namePeople } from '@/lib/users/data'
import { findSuggestionInForce } from '../suggestions/data'
import { listHistories } from './histories/data'
import { maySettlePool, whyNotSettle } from './policy'
import type { DisputeView } from './schema'

/**
 * A case to be settled, or settled by this person, with everything that people said of it. Throws
 * `not_found`, also for a test case unless one may settle those, and `conflict` for a case that the
 * person is being asked about.
 */
export async function getDispute(
  member: Member,
  caseId: string,
  database: Database = db,
): Promise<DisputeView> {
  const { userId, projectId } = member
  const row = await database.case.findFirst({
    where: { id: caseId, projectId, archivedAt: null, quarantinedAt: null },
    include: { dispute: true, finalLabel: true },
  })
  if (!row?.pool || !maySettlePool(member, row.pool)) throw notFound('This disagreement')
  const { pool, dispute, finalLabel } = row
  const settled = finalLabel?.source === 'settled' ? finalLabel : null
  const isImported = finalLabel?.source === 'imported' && pool !== 'test'
  if (!dispute && !settled && !isImported) throw notFound('This disagreement')
  await refuseAsked(database, userId, caseId)

  const [names, answers, skips, suggestion, reviewed] = await Promise.all([
    nameCategories(projectId, database),
    listHistories(database, member, caseId),
    database.assignmentSkip.findMany({ where: { caseId }, orderBy: { at: 'asc' } }),
    mayShowSuggestion(pool) ? findSuggestionInForce(database, projectId, caseId) : null,
    database.review.count({ where: { caseId, reviewerId: userId } }),
  ])
  const people = await namePeople(
    [...skips.map((skip) => skip.userId), settled?.settledById ?? null],
    database,
  )
  const personOf = (id: string | null) => people.get(id ?? '') ?? 'Someone'
  const isOwn = finalLabel?.settledById === userId
  const whyNot = whyNotSettle({
    hasReviewed: reviewed > 0,
    isDisputed: dispute !== null,
    label: finalLabel && { source: finalLabel.source, isOwn },
  })
  return {
    caseId,
    externalId: row.externalId,
    subject: row.subject,
    messages: message.array().parse(row.messages),
    metadata: row.metadata as Record<string, string>,
    link: row.link,
    pool,
    kind: dispute?.kind ?? null,
    since: dispute?.since.toISOString() ?? null,
    answers,
    skips: skips.map((skip) => ({
      by: personOf(skip.userId),
      reason: skip.reason,
      note: skip.note,
      at: skip.at.toISOString(),
    })),
    suggestion,
    settled: settled && {
      labelId: settled.labelId,
      label: names.get(settled.labelId) ?? '',
      secondLabelId: settled.secondLabelId,
      secondLabel: names.get(settled.secondLabelId ?? '') ?? null,
      precedent: settled.precedent,
      by: personOf(settled.settledById),
      own: isOwn,
      at: settled.at.toISOString(),
    },
    maySettle: whyNot === null,
    whyNot: whyNot ?? '',
  }
}

/** Dev and test labels are what versions are judged by: they are not settled with an answer in view. */
const mayShowSuggestion = (pool: Pool): boolean => pool === 'example'

/** Nobody looks at what others said while they are asked for their own answer. */
async function refuseAsked(database: Database, userId: string, caseId: string): Promise<void> {
  const [{ asked } = { asked: true }] = await database.$queryRaw<{ asked: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM "Assignment" a
      WHERE a."caseId" = ${caseId}::uuid AND a.status = 'open' AND (
        a."forUserId" = ${userId}::uuid
        OR a."holderId" = ${userId}::uuid AND a."leaseUntil" > now()
      )
    ) AS asked`
  if (asked) throw conflict('You are asked about this case. Answer it or skip it first.')
}
