import type { Prisma } from '@/generated/prisma/client'
import type { Tx } from '@/lib/platform/database'

/**
 * Takes the examples that fit for a change, in the order of their ids, so that two who change some of the
 * same never wait for each other. After cases, drafts and categories. `which`: a condition on "Example".
 */
export async function lockExamples(tx: Tx, which: Prisma.Sql): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM "Example" WHERE ${which} ORDER BY id FOR NO KEY UPDATE`
}
