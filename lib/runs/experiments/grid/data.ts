import { isStandIn } from '@/lib/platform/bedrock'
import { type Database, db } from '@/lib/platform/database'
import { notFound } from '@/lib/platform/errors'
import { getPromptContent } from '@/lib/versions/data'
import { findBatchPlace, readRecordLimits } from '../../batches/data'
import { findNoModel } from '../../models/rules'
import type { Grid, PlanInput } from '../schema'
import { findTooManyCrossings, type GridVersion, type LaidOut, layOut } from './rules'

type Asked = Pick<PlanInput, 'grid' | 'pool' | 'limit'>

/**
 * The grid over what its versions say now, in the order chosen, and the cases of each; with an obstacle
 * and nothing laid out where the crossings are too many or a model is not there. Throws not-found.
 */
export async function layOutGrid(
  projectId: string,
  { grid, pool, limit }: Asked,
  database: Database = db,
): Promise<LaidOut & { cases: number; obstacle: string | null }> {
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
  const available = await database.case.count({
    where: { projectId, pool, archivedAt: null, quarantinedAt: null },
  })
  const cases = Math.min(available, limit ?? available)
  const obstacle = findTooManyCrossings(grid) ?? findMissingModel(grid, versions)
  if (obstacle !== null) return { cells: [], leftOut: [], merged: 0, cases, obstacle }
  const batch = { isSetUp: findBatchPlace() !== null, least: readRecordLimits().least, cases }
  return { ...layOut(grid, versions, batch), cases, obstacle: null }
}

/** Of the models that would be asked: those named, and those of the versions as they are. */
function findMissingModel(grid: Grid, versions: readonly GridVersion[]): string | null {
  const asked = grid.modelId.flatMap(
    (id) => id ?? versions.map(({ content }) => content.model.modelId),
  )
  for (const id of asked) {
    const problem = findNoModel(id, isStandIn())
    if (problem !== null) return problem
  }
  return null
}
