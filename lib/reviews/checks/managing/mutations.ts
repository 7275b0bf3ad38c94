import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { conflict, invalid, notFound } from '@/lib/platform/errors'
import { eligibleCases } from './data'
import { findUnusable, UNUSABLE_WORDS } from './rules'
import { type CheckChange, type ChecksAdded, MOST_CHECK_CASES, type NewChecks } from './schema'

/**
 * Adds one case, or the next `count` of the eligible ones in the order of their random rank. Throws
 * `not_found`, `invalid` for a case whose answer is not known well enough, `conflict` for one that is a
 * check case already and where the project has as many as it can have.
 */
export async function addChecks(member: Member, input: NewChecks): Promise<ChecksAdded> {
  return db.$transaction(async (tx) => {
    const { projectId } = member
    // Two people who add at once must not exceed the limit together.
    await tx.$queryRaw`SELECT 1 FROM "Project" WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`
    const room = MOST_CHECK_CASES - (await tx.checkCase.count({ where: { projectId } }))
    if (room <= 0) throw conflict(`A project has at most ${MOST_CHECK_CASES} check cases.`)
    return 'count' in input
      ? { added: await addSome(tx, member, Math.min(input.count, room)) }
      : { added: await addOne(tx, member, input) }
  })
}

/** Nobody is written down as who added them: nobody has looked at them. */
async function addSome(tx: Tx, { projectId, userId }: Member, n: number): Promise<number> {
  const added = await tx.$executeRaw`
    INSERT INTO "CheckCase" ("caseId", "projectId", "addedById")
    SELECT c.id, c."projectId", NULL ${eligibleCases(projectId)}
    ORDER BY c.rank, c.id
    LIMIT ${n}`
  if (added === 0) {
    throw conflict(
      'No case can become a check case now: it takes a label that came with a file, on which two people agree, or that someone settled.',
    )
  }
  await recordAudit(tx, {
    projectId,
    actorId: userId,
    action: 'checks.added',
    detail: { added },
  })
  return added
}

async function addOne(
  tx: Tx,
  { projectId, userId }: Member,
  { caseId, reason }: { caseId: string; reason: string },
): Promise<number> {
  const found = await tx.case.findFirst({
    where: { id: caseId, projectId, pool: { in: ['example', 'dev'] } },
    select: { archivedAt: true, quarantinedAt: true, finalLabel: true, checkCase: true },
  })
  if (!found) throw notFound('The case')
  if (found.checkCase) throw conflict('This case is a check case already.')
  const unusable = findUnusable({ ...found, source: found.finalLabel?.source ?? null })
  if (unusable) throw invalid(`This case can’t be a check case. ${UNUSABLE_WORDS[unusable]}`)
  await tx.checkCase.create({ data: { caseId, projectId, reason, addedById: userId } })
  await recordAudit(tx, { projectId, actorId: userId, action: 'check.added', subjectId: caseId })
  return 1
}

/** Throws `not_found`. */
export async function changeCheck(
  { projectId, userId }: Member,
  caseId: string,
  { reason }: CheckChange,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.checkCase.updateMany({
      where: { caseId, projectId },
      data: { reason },
    })
    if (count === 0) throw notFound('This check case')
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: 'check.changed',
      subjectId: caseId,
    })
  })
}

/**
 * The case checks nobody any more; what was answered to it still counts. Who has it in hand may finish
 * it; who has not taken it up yet is not asked. Throws `not_found`.
 */
export async function removeCheck({ projectId, userId }: Member, caseId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.checkCase.deleteMany({ where: { caseId, projectId } })
    if (count === 0) throw notFound('This check case')
    await tx.$executeRaw`
      UPDATE "Assignment" a SET status = 'withdrawn', "leaseUntil" = NULL
      WHERE a."caseId" = ${caseId}::uuid AND a.purpose = 'check_case' AND a.status = 'open'
        AND (a."leaseUntil" IS NULL OR a."leaseUntil" <= now())
        AND NOT EXISTS (SELECT 1 FROM "Review" v WHERE v."assignmentId" = a.id)`
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: 'check.removed',
      subjectId: caseId,
    })
  })
}
