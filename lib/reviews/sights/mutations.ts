import type { Member } from '@/lib/platform/access'
import type { Tx } from '@/lib/platform/database'
import { claimLock } from '../queue/rules'

/**
 * Remembers that a person has seen what others or the model say of cases: they are not asked about them
 * any more, and a blind answer of theirs stands. A claim of theirs under way comes before it or sees it.
 */
export async function rememberSights(
  tx: Tx,
  { userId }: Member,
  caseIds: readonly string[],
): Promise<void> {
  if (caseIds.length === 0) return
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(${claimLock(userId)}, 0))`
  await tx.$executeRaw`
    INSERT INTO "CaseSight" ("caseId", "userId")
    SELECT "caseId", ${userId}::uuid FROM unnest(${[...caseIds]}::uuid[]) AS seen("caseId")
    ON CONFLICT DO NOTHING`
}
