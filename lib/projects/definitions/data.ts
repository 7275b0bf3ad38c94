import { Prisma } from '@/generated/prisma/client'
import { db } from '@/lib/platform/database'
import type { GivenUnder } from './schema'

/** What a category `c` says now, beside its words in the version in force `w`: the words people see. */
const WORDED_NOW = Prisma.sql`coalesce(nullif(w.description, ''), c.description)`
const IN_FORCE = Prisma.sql`
  LEFT JOIN "VersionCategory" w
    ON w."versionId" = version_in_force(c."projectId") AND w."categoryId" = c.id`

/** Wordings by id, each with whether it is still what people see. */
export async function readDefinitions(
  ids: readonly (string | null)[],
): Promise<Map<string, GivenUnder>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const rows = await db.$queryRaw<
    { id: string; name: string; description: string; at: Date; older: boolean }[]
  >`
    SELECT d.id, d.name, d.description, d.at,
      c."archivedAt" IS NOT NULL OR (d.name, d.description) <> (c.name, ${WORDED_NOW}) AS older
    FROM "CategoryDefinition" d JOIN "Category" c ON c.id = d."categoryId" ${IN_FORCE}
    WHERE d.id = ANY(${wanted}::uuid[])`
  return new Map(rows.map(({ id, at, ...row }) => [id, { ...row, since: at.toISOString() }]))
}

/** Final labels of current cases given under a wording that is no longer seen, by category id. */
export async function countOlderLabels(projectId: string): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ labelId: string; n: number }[]>`
    WITH now_seen AS (
      SELECT d.id FROM "Category" c ${IN_FORCE}
      JOIN "CategoryDefinition" d ON d."categoryId" = c.id AND d.name = c.name
        AND md5(d.description) = md5(${WORDED_NOW})
      WHERE c."projectId" = ${projectId}::uuid AND c."archivedAt" IS NULL
    )
    SELECT f."labelId", count(*)::int AS n
    FROM "FinalLabel" f JOIN "Case" c ON c.id = f."caseId" AND c."archivedAt" IS NULL
    WHERE f."projectId" = ${projectId}::uuid
      AND f."definitionId" IS NOT NULL AND f."definitionId" NOT IN (SELECT id FROM now_seen)
    GROUP BY 1`
  return new Map(rows.map(({ labelId, n }) => [labelId, n]))
}
