import type { Prisma } from '@/generated/prisma/client'
import type { Tx } from '@/lib/platform/database'

/**
 * Gives what is left of ended handouts back to everyone. What nobody has held is random work again; what
 * someone has held keeps how it was chosen and is handed out next. Left alone is what the person has in
 * hand, and what holds an answer that they took back: an assignment has the answers of one person only.
 */
export async function returnUndone(tx: Tx, which: Prisma.Sql): Promise<void> {
  await tx.$executeRaw`
    WITH free AS (
      SELECT a.id FROM "Assignment" a
      JOIN "Handout" h ON h.id = a."handoutId" AND h."endedAt" IS NOT NULL
      WHERE ${which} AND a.status = 'open' AND a."forUserId" = h."userId"
        AND (a."leaseUntil" IS NULL OR a."leaseUntil" <= now())
        AND NOT EXISTS (SELECT 1 FROM "Review" v WHERE v."assignmentId" = a.id OFFSET 0)
      FOR NO KEY UPDATE OF a SKIP LOCKED
    )
    UPDATE "Assignment" a SET "forUserId" = NULL, "handoutId" = NULL,
      selection = CASE WHEN a."leaseUntil" IS NULL THEN 'random' ELSE a.selection END
    FROM free WHERE a.id = free.id`
}
