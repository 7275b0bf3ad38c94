import type { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { isStandIn } from '@/lib/platform/bedrock'
import { db } from '@/lib/platform/database'
import { findVersionByRef, getPromptContent } from '@/lib/versions/data'
import { askedHash, contentHash } from '@/lib/versions/fingerprint/rules'
import type { PromptContent } from '@/lib/versions/rendering/schema'
import { depart } from '@/lib/versions/setups/rules'
import { departures } from '@/lib/versions/setups/schema'
import { findOwnRun } from '../../own/data'
import { FINISHED_RUN, measureRuns } from '../figures/data'
import { pickRuns } from '../rules'
import type { MeasuredBefore } from '../schema'

/** Of so many of the newest set-ups that were tried on its parent. */
const MOST_CELLS = 200

const WITH_RUNS = {
  experiment: {
    select: {
      ...{ id: true, name: true, repeats: true },
      cells: { select: { runs: { select: { status: true } } } },
    },
  },
  runs: {
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { ...FINISHED_RUN, status: true, contentHash: true },
  },
} as const satisfies Prisma.ExperimentCellInclude

/**
 * What an experiment on dev has measured of just what a version says, where it was made from a set-up of
 * it and nothing has measured the version itself: a copy has other ids, but a model is sent the same.
 * Null where there is none, or where either was changed since. Throws not-found.
 */
export async function findMeasuredBefore(
  { projectId }: Member,
  ref: string,
): Promise<MeasuredBefore | null> {
  const { id: versionId, parentId } = await findVersionByRef(projectId, ref)
  if (parentId === null) return null
  const content = await getPromptContent(projectId, versionId)
  if (await findOwnRun(projectId, versionId, contentHash(content), db, [])) return null
  const standIn = isStandIn()
  const cells = await db.experimentCell.findMany({
    where: {
      setup: { versionId: parentId },
      experiment: { projectId, pool: 'dev', standIn, archivedAt: null },
      runs: { some: { status: 'done' } },
    },
    orderBy: [{ experiment: { createdAt: 'desc' } }, { position: 'asc' }],
    take: MOST_CELLS,
    include: WITH_RUNS,
  })
  if (cells.length === 0) return null
  const parent = await getPromptContent(projectId, parentId)
  for (const cell of cells) {
    const departed = depart(parent, departures.parse(cell.departures))
    const run = speaksFor(content, departed, pickRuns(cell.runs, cell.experiment.repeats))
    const figures = run ? (await measureRuns([run])).get(run.id) : undefined
    if (!run || !figures || figures.exact.n === 0) continue
    const { id, name, cells: all } = cell.experiment
    const compared = all.filter(({ runs }) => runs.some(isDone)).length
    return { experiment: { id, name }, runId: run.id, standIn, exact: figures.exact, compared }
  }
  return null
}

const isDone = ({ status }: { status: string }) => status === 'done'

/** The first finished run of a set-up, where it asked what the version asks. */
function speaksFor<Run extends { status: string; contentHash: string }>(
  content: PromptContent,
  departed: PromptContent,
  runs: readonly Run[],
): Run | null {
  const run = runs.find(isDone)
  // The parent may be a draft that has been changed since.
  if (!run || run.contentHash !== contentHash(departed)) return null
  return askedHash(departed) === askedHash(content) ? run : null
}
