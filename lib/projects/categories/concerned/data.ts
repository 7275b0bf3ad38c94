import { Prisma } from '@/generated/prisma/client'
import type { Tx } from '@/lib/platform/database'

/** Answers `v` that stand and say one of these categories, whether or not they were merged into it since. */
const saysOneOf = (ids: readonly string[]): Prisma.Sql => Prisma.sql`
  label_now(v."labelId") = ANY(${ids}::uuid[]) AND NOT v.undone
    AND v.purpose IN ('ordinary', 'second_opinion')
    AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = v.id)`

/**
 * Cases with one of these final labels, and those without a final label of which someone says it: a
 * query that gives `caseId`. Former revisions stay as they were labelled.
 */
export const concernedCases = (projectId: string, ids: readonly string[]): Prisma.Sql => Prisma.sql`
  SELECT f."caseId" FROM "FinalLabel" f
  JOIN "Case" c ON c.id = f."caseId" AND c."archivedAt" IS NULL
  WHERE f."projectId" = ${projectId}::uuid AND f."labelId" = ANY(${ids}::uuid[])
  UNION
  SELECT v."caseId" FROM "Review" v
  JOIN "Case" c ON c.id = v."caseId" AND c."archivedAt" IS NULL
  WHERE v."projectId" = ${projectId}::uuid AND ${saysOneOf(ids)}
    AND NOT EXISTS (SELECT 1 FROM "FinalLabel" f WHERE f."caseId" = v."caseId")`

type Concerned = { changeId: string; projectId: string }

/**
 * Writes down the cases that are to be labelled afresh, each with the label it has. They are known from
 * then on, whatever is answered meanwhile. Returns how many.
 */
export async function listRecalled(
  tx: Tx,
  { changeId, projectId }: Concerned,
  ids: readonly string[],
): Promise<number> {
  if (ids.length === 0) return 0
  return tx.$executeRaw`
    ${intoList(changeId, true)}
    FROM (${concernedCases(projectId, ids)}) found
    LEFT JOIN "FinalLabel" f ON f."caseId" = found."caseId"`
}

/** The same for those whose label, second choice or answers go on under another name, if at all. */
export async function listCarried(
  tx: Tx,
  { changeId, projectId }: Concerned,
  ids: readonly string[],
): Promise<number> {
  if (ids.length === 0) return 0
  return tx.$executeRaw`
    ${intoList(changeId, false)}
    FROM (
      ${concernedCases(projectId, ids)}
      UNION
      SELECT f."caseId" FROM "FinalLabel" f
      WHERE f."projectId" = ${projectId}::uuid
        AND (f."labelId" = ANY(${ids}::uuid[]) OR f."secondLabelId" = ANY(${ids}::uuid[]))
    ) found
    LEFT JOIN "FinalLabel" f ON f."caseId" = found."caseId"
    ON CONFLICT DO NOTHING`
}

const intoList = (changeId: string, recalled: boolean): Prisma.Sql => Prisma.sql`
  INSERT INTO "CategoryChangeCase" ("changeId", "caseId", recalled, "labelId", "secondLabelId",
    source, "definitionId", "settledById", precedent, "labelledAt")
  SELECT ${changeId}::uuid, found."caseId", ${recalled}, f."labelId", f."secondLabelId", f.source,
    f."definitionId", f."settledById", coalesce(f.precedent, ''), f.at`
