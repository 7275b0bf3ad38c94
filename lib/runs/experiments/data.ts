import type { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { notFound } from '@/lib/platform/errors'
import { namePeople } from '@/lib/users/data'
import { findReleasedSetup, getPromptContent } from '@/lib/versions/data'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { depart } from '@/lib/versions/setups/rules'
import { departures } from '@/lib/versions/setups/schema'
import { judgeTogether } from '@/lib/versions/side-by-side/rules'
import { markAll, markOf } from '../prices/marks/rules'
import { isPriced, readPinnedPrice } from '../prices/rules'
import { countFlipsWithin } from '../series/data'
import { compareWithBase } from './comparing/data'
import { FINISHED_RUN, measureRuns } from './figures/data'
import { countRuns, pickRuns } from './rules'
import {
  bestRule,
  type ExperimentCellView,
  type ExperimentSummary,
  type ExperimentView,
  facts,
} from './schema'
import { findSuccessors } from './successors/data'

const WITH_CELLS = {
  cells: {
    orderBy: { position: 'asc' },
    include: {
      setup: { select: { version: { select: { id: true, number: true, note: true } } } },
      runs: {
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        select: { ...FINISHED_RUN, status: true, message: true, items: true, contentHash: true },
      },
    },
  },
} as const satisfies Prisma.ExperimentInclude

type Found = Prisma.ExperimentGetPayload<{ include: typeof WITH_CELLS }>
type FoundCell = Found['cells'][number]

const LISTED = 100

/** The project's latest experiments, newest first. */
export async function listExperiments({ projectId }: Member): Promise<ExperimentSummary[]> {
  const found = await db.experiment.findMany({
    where: { projectId, archivedAt: null },
    orderBy: { createdAt: 'desc' },
    take: LISTED,
    include: WITH_CELLS,
  })
  const names = await namePeople(found.map(({ createdById }) => createdById))
  return found.map((experiment) => summarise(experiment, names))
}

function summarise(experiment: Found, names: ReadonlyMap<string, string>): ExperimentSummary {
  const { id, name, pool, caseLimit, repeats, standIn, createdById, cells } = experiment
  const picked = cells.flatMap(({ runs }) => pickRuns(runs, repeats))
  const all = cells.flatMap(({ runs }) => runs)
  const items = Math.max(0, ...picked.map((run) => run.items))
  return {
    ...{ id, name, caseLimit, repeats, standIn },
    pool: pool === 'example' ? 'example' : 'dev',
    startedBy: createdById === null ? null : (names.get(createdById) ?? null),
    createdAt: experiment.createdAt.toISOString(),
    cells: cells.length,
    done: picked.reduce((sum, run) => sum + run.done + run.failed, 0),
    items: items * cells.length * repeats,
    runs: countRuns(picked),
    // All that was paid for, also what came to nothing.
    cost: all.every(isPriced) ? all.reduce((sum, { cost }) => sum + Number(cost), 0) : null,
    priced: markAll(all.map((run) => markOf(readPinnedPrice(run)))),
  }
}

/**
 * One experiment with its table; `base`: the cell the others are compared with, by default that of the
 * set-up in force, else the first. Only counts: no case can be told from it. Throws not-found.
 */
export async function getExperiment(
  { projectId }: Member,
  experimentId: string,
  base?: string,
): Promise<ExperimentView> {
  const [found, project, released] = await Promise.all([
    db.experiment.findFirst({ where: { id: experimentId, projectId }, include: WITH_CELLS }),
    db.project.findUniqueOrThrow({ where: { id: projectId }, select: { targetAccuracy: true } }),
    findReleasedSetup(projectId),
  ])
  if (!found) throw notFound('This experiment')
  const names = await namePeople([found.createdById])
  const baseCell =
    found.cells.find(({ id }) => id === base) ??
    found.cells.find(({ setupId }) => setupId === released?.setupId) ??
    found.cells[0]
  return {
    ...summarise(found, names),
    archivedAt: found.archivedAt?.toISOString() ?? null,
    rule: bestRule.parse(found.rule),
    target: project.targetAccuracy,
    baseId: baseCell?.id ?? '',
    table: await fillTable(projectId, found, baseCell?.id ?? ''),
  }
}

async function fillTable(
  projectId: string,
  { cells, repeats, createdAt }: Found,
  baseId: string,
): Promise<ExperimentCellView[]> {
  const finished = cells.map((cell) => pickRuns(cell.runs, repeats).filter(isDone))
  const speaking = finished.map(([first]) => first ?? null)
  const runs = speaking.flatMap((run) => run ?? [])
  const baseRun = speaking[cells.findIndex(({ id }) => id === baseId)] ?? null
  const [figures, flips, pairs, current, successors] = await Promise.all([
    measureRuns(runs),
    countFlipsWithin(finished.map((some) => some.map(({ id }) => id))),
    baseRun
      ? compareWithBase(
          baseRun.id,
          runs.flatMap(({ id }) => (id === baseRun.id ? [] : id)),
        )
      : null,
    checkCurrent(projectId, cells),
    findSuccessors({ projectId, createdAt, cells }),
  ])
  const judged = judgeTogether(
    cells.map((_, at) => (pairs && speaking[at] ? (pairs.get(speaking[at].id) ?? null) : null)),
  )
  return cells.map((cell, at) => {
    const measured = figures.get(speaking[at]?.id ?? '')
    return {
      id: cell.id,
      version: cell.setup.version,
      departures: departures.parse(cell.departures),
      facts: facts.parse(cell.facts),
      current: current[at] ?? false,
      successor: successors[at] ?? null,
      runs: pickRuns(cell.runs, repeats).map(({ id, status, message, done, failed, items }) => ({
        ...{ id, status, message, items, done: done + failed },
      })),
      figures: measured ? { ...measured, flips: flips[at] ?? null } : null,
      comparison: judged[at] ?? null,
    }
  })
}

const isDone = ({ status }: { status: string }) => status === 'done'

/** Whether each cell is still what its version, with the same departures, says now. */
async function checkCurrent(projectId: string, cells: readonly FoundCell[]): Promise<boolean[]> {
  const drafts = [
    ...new Set(
      cells.flatMap(({ setup: { version } }) => (version.number === null ? version.id : [])),
    ),
  ]
  const contents = new Map<string, Awaited<ReturnType<typeof getPromptContent>>>()
  for (const id of drafts) contents.set(id, await getPromptContent(projectId, id))
  return cells.map((cell) => {
    const content = contents.get(cell.setup.version.id)
    if (!content) return true
    const hash = contentHash(depart(content, departures.parse(cell.departures)))
    return cell.runs.at(-1)?.contentHash === hash
  })
}
