import type { Member } from '@/lib/platform/access'
import { db, type Tx } from '@/lib/platform/database'
import { claimLock } from '@/lib/reviews/queue/rules'

/**
 * Remembers that a person has seen the labels or suggestions of cases, before they are shown: nobody
 * who knows an answer is asked for theirs. What the person still has in hand of these cases goes back
 * into the queue. A claim of theirs under way comes before it and is taken back, or after it and sees it.
 */
export async function recordSights(member: Member, caseIds: readonly string[]): Promise<void> {
  if (caseIds.length === 0) return
  await db.$transaction((tx) => insertSights(tx, member, caseIds))
}

/** The same within a transaction that does more. */
export async function insertSights(
  tx: Tx,
  { userId }: Member,
  caseIds: readonly string[],
): Promise<void> {
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(${claimLock(userId)}, 0))`
  await tx.$executeRaw`
    INSERT INTO "CaseSight" ("caseId", "userId")
    SELECT "caseId", ${userId}::uuid FROM unnest(${[...caseIds]}::uuid[]) AS seen("caseId")
    ON CONFLICT DO NOTHING`
  await tx.$executeRaw`
    UPDATE "Assignment" SET "holderId" = NULL, "leaseUntil" = least("leaseUntil", now())
    WHERE "holderId" = ${userId}::uuid AND status = 'open'
      AND "caseId" = ANY(${[...caseIds]}::uuid[])`
}

/**
 * Hands on what shows examples of a version with their labels, once it is remembered whose eyes they
 * are shown to. Asked for often, so it writes only what is new.
 */
export async function showExamples<View>(
  member: Member,
  read: Promise<View>,
  listIds: (view: View) => readonly string[],
): Promise<View> {
  const view = await read
  const ids = [...new Set(listIds(view))]
  const unseen = await db.$queryRaw<{ caseId: string }[]>`
    SELECT DISTINCT e."caseId" FROM "Example" e
    WHERE e.id = ANY(${ids}::uuid[]) AND NOT EXISTS (
      SELECT 1 FROM "CaseSight" g
      WHERE g."caseId" = e."caseId" AND g."userId" = ${member.userId}::uuid)`
  await recordSights(
    member,
    unseen.map(({ caseId }) => caseId),
  )
  return view
}

/** The same for what tells of these cases themselves: writes only what is new. */
export async function showCases<View>(
  member: Member,
  view: View,
  caseIds: readonly string[],
): Promise<View> {
  const known = await db.caseSight.findMany({
    where: { userId: member.userId, caseId: { in: [...caseIds] } },
    select: { caseId: true },
  })
  const seen = new Set(known.map(({ caseId }) => caseId))
  await recordSights(
    member,
    caseIds.filter((id) => !seen.has(id)),
  )
  return view
}
