import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { countOlderLabels } from '../definitions/data'
import type { CategoryUse } from './schema'

/** How much each category of today is used, in the project's order. */
export async function listCategoryUse({ projectId }: Member): Promise<CategoryUse[]> {
  const [rows, older] = await Promise.all([
    db.$queryRaw<{ id: string; labels: number }[]>`
      SELECT c.id, (
        SELECT count(*)::int FROM "FinalLabel" f JOIN "Case" e ON e.id = f."caseId"
        WHERE f."projectId" = c."projectId" AND f."labelId" = c.id AND e."archivedAt" IS NULL
      ) AS labels
      FROM "Category" c
      WHERE c."projectId" = ${projectId}::uuid AND c."archivedAt" IS NULL
      ORDER BY c.position`,
    countOlderLabels(projectId),
  ])
  return rows.map((row) => ({ ...row, older: older.get(row.id) ?? 0 }))
}
