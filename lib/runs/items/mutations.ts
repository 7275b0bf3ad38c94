import { Prisma } from '@/generated/prisma/client'
import type { Pool } from '@/lib/cases/schema'
import type { Tx } from '@/lib/platform/database'
import { type AppError, invalid } from '@/lib/platform/errors'
import { labelledBy } from '../unlabelled/data'

type NewItems = {
  runId: string
  projectId: string
  pool: Pool
  limit: number | null
  /** Examples of the version and what is nearly the same. */
  likeIds: string[]
  /** Leaves out what this set-up has labelled with this content. */
  labelled: { setupId: string; hash: string } | null
}

/** Current cases with their pool, by random rank; examples of the version and their like don't count. */
export async function insertItems(tx: Tx, items: NewItems): Promise<number> {
  const wanted = items.labelled
    ? Prisma.sql`id NOT IN (${labelledBy({ ...items.labelled, pool: items.pool })})`
    : Prisma.sql`true`
  return tx.$executeRaw`
    INSERT INTO "RunItem" ("runId", "caseId", position, counts)
    SELECT ${items.runId}::uuid, c.id, row_number() OVER (ORDER BY c.rank, c.id) - 1,
      ${countsBeside(items.likeIds)}
    FROM (
      SELECT id, rank, "clusterId" FROM "Case"
      WHERE "projectId" = ${items.projectId}::uuid AND pool = ${items.pool}::"Pool"
        AND "archivedAt" IS NULL AND "quarantinedAt" IS NULL AND ${wanted}
      ORDER BY rank, id
      LIMIT ${items.limit}
    ) c`
}

/** Whether a row `c` of "Case" is neither one of these nor of a cluster with one. */
export const countsBeside = (likeIds: readonly string[]): Prisma.Sql => Prisma.sql`
  c.id <> ALL(${[...likeIds]}::uuid[]) AND COALESCE(c."clusterId" NOT IN (
    SELECT o."clusterId" FROM "Case" o
    WHERE o.id = ANY(${[...likeIds]}::uuid[]) AND o."clusterId" IS NOT NULL
  ), true)`

export async function explainNoCases(tx: Tx, projectId: string, pool: Pool): Promise<AppError> {
  const waiting = await tx.case.count({
    where: { projectId, pool: null, quarantinedAt: null, archivedAt: null },
  })
  return invalid(
    waiting > 0
      ? `There are no cases in the ${pool} pool yet: ${waiting} imported cases are still being sorted into pools. Try again in a moment.`
      : `There are no cases in the ${pool} pool. Import cases first, or choose another pool.`,
  )
}
