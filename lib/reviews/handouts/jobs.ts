import { Prisma } from '@/generated/prisma/client'
import { db } from '@/lib/platform/database'
import { returnUndone } from './returns/mutations'

/**
 * For now and then: ends what was given to people who no longer review in the project, and gives back
 * what was still in someone's hands when their work was taken back. Looks only at rows set aside.
 */
export async function sweepHandouts(): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`
      UPDATE "Handout" h SET "endedAt" = now()
      WHERE h."endedAt" IS NULL AND NOT EXISTS (
        SELECT 1 FROM "Membership" m
        JOIN "User" u ON u.id = m."userId" AND u."disabledAt" IS NULL
        WHERE m."projectId" = h."projectId" AND m."userId" = h."userId"
          AND (m.role IN ('reviewer', 'prompt_engineer') OR u."isAdmin")
      )`
    await returnUndone(tx, Prisma.sql`a."forUserId" IS NOT NULL`)
  })
}
