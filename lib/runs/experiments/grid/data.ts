import { type Database, db } from '@/lib/platform/database'
import { notFound } from '@/lib/platform/errors'
import { getPromptContent } from '@/lib/versions/data'
import type { Grid } from '../schema'
import { type LaidOut, layOut } from './rules'

/** The grid over what its versions say now, in the order chosen. Throws not-found. */
export async function layOutGrid(
  projectId: string,
  grid: Grid,
  database: Database = db,
): Promise<LaidOut> {
  const ids = [...new Set(grid.versionIds)]
  const found = await database.version.findMany({
    where: { id: { in: ids }, projectId, archivedAt: null },
    select: { id: true, number: true, note: true },
  })
  const versions = []
  for (const id of ids) {
    const version = found.find((one) => one.id === id)
    if (!version) throw notFound('This version')
    versions.push({ ...version, content: await getPromptContent(projectId, id, database) })
  }
  return layOut(grid, versions)
}
