import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { isStandIn } from '@/lib/platform/bedrock'
import { db, type Tx } from '@/lib/platform/database'
import { conflict, invalid, notFound } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { enqueue } from '@/lib/platform/jobs'
import { insertAgain } from '../series/mutations'
import { insertRun } from '../starting/mutations'
import { layOutGrid } from './grid/data'
import type { GridCell } from './grid/rules'
import { countMissing, findTooMuch } from './rules'
import { EXPERIMENT_JOB, type PlanInput, type StartExperimentInput } from './schema'

/** Long enough to write the items of all its runs. */
const START_TIMEOUT_MS = 180_000

/**
 * Begins an experiment: all its set-ups are settled here with their content and cases, whatever becomes
 * of a draft or of the pool meanwhile. Throws not-found, `invalid` with what to do.
 */
export async function startExperiment(
  member: Member,
  input: StartExperimentInput,
): Promise<{ id: string }> {
  const { projectId } = member
  // Once before the transaction: of two who make a new set-up at once, it would fail.
  const { cells } = await layOutFor(projectId, input, db)
  await makeSetups(projectId, cells, db)
  const id = await db.$transaction((tx) => insertExperiment(tx, member, input), {
    isolationLevel: 'RepeatableRead',
    timeout: START_TIMEOUT_MS,
  })
  await enqueue(EXPERIMENT_JOB, id, { experimentId: id })
  return { id }
}

async function insertExperiment(
  tx: Tx,
  member: Member,
  { name, pool, limit, repeats, grid, rule }: StartExperimentInput,
): Promise<string> {
  const { projectId, userId } = member
  const { cells, cases } = await layOutFor(projectId, { grid, pool, limit, repeats }, tx)
  const setupIds = await makeSetups(projectId, cells, tx)
  const { id } = await tx.experiment.create({
    data: {
      ...{ id: newId(), projectId, name, pool, caseLimit: limit, repeats, grid, rule },
      ...{ standIn: isStandIn(), createdById: userId },
    },
  })
  for (const [position, { version, departures, facts }] of cells.entries()) {
    const setupId = setupIds[position] ?? ''
    const cellId = newId()
    await tx.experimentCell.create({
      data: { id: cellId, experimentId: id, position, setupId, departures, facts },
    })
    const of = { cellId, ...(repeats > 1 ? { seriesId: cellId } : {}) }
    const run = { setupId, versionId: version.id, pool, limit, departures, of }
    const first = await insertRun(tx, member, run)
    for (let made = 1; made < repeats; made++) await insertAgain(tx, member, first)
  }
  await recordAudit(tx, {
    ...{ projectId, actorId: userId, action: 'experiment.started', subjectId: id },
    detail: { cells: cells.length, repeats, pool, cases },
  })
  return id
}

/** What it would run. Throws not-found, `invalid` where that is too much. */
async function layOutFor(projectId: string, input: PlanInput, database: Tx | typeof db) {
  const { cells, cases, obstacle } = await layOutGrid(projectId, input, database)
  const tooMuch = obstacle ?? findTooMuch({ cells: cells.length, repeats: input.repeats, cases })
  if (tooMuch) throw invalid(tooMuch)
  return { cells, cases }
}

/** Their ids, in the order of the cells. */
async function makeSetups(
  projectId: string,
  cells: readonly GridCell[],
  database: Tx | typeof db,
): Promise<string[]> {
  await database.setup.createMany({
    data: cells.map(({ identity }) => ({ id: newId(), projectId, ...identity })),
    skipDuplicates: true,
  })
  const ids: string[] = []
  for (const { identity } of cells) {
    const { id } = await database.setup.findUniqueOrThrow({
      where: { identity },
      select: { id: true },
    })
    ids.push(id)
  }
  return ids
}

/**
 * Goes on with what has paused, and makes anew what failed or was stopped, with the content and the
 * cases it had; what is done stays. A batch run that waits for a choice goes on waiting.
 * Throws not-found, `conflict` where nothing is missing or another kind of model would go on with it.
 */
export async function continueExperiment(member: Member, experimentId: string): Promise<void> {
  const { projectId, userId } = member
  await db.$transaction(
    async (tx) => {
      // Two people at once: the second waits here and then sees the new runs.
      await tx.$queryRaw`SELECT 1 FROM "Experiment" WHERE id = ${experimentId}::uuid FOR UPDATE`
      const experiment = await tx.experiment.findFirst({
        where: { id: experimentId, projectId },
        include: {
          cells: {
            orderBy: { position: 'asc' },
            include: {
              runs: {
                orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
                select: { id: true, status: true },
              },
            },
          },
        },
      })
      if (!experiment) throw notFound('This experiment')
      if (experiment.archivedAt !== null) {
        throw conflict('This experiment was deleted. Bring it back first.')
      }
      if (experiment.standIn !== isStandIn()) {
        throw conflict(
          'It was begun with another kind of model: what the local stand-in says and what a model says are never mixed. Begin a new experiment.',
        )
      }
      let made = 0
      for (const { runs } of experiment.cells) {
        const like = runs.at(-1)
        const missing = like ? countMissing(runs, experiment.repeats) : 0
        for (let at = 0; like && at < missing; at++) {
          await insertAgain(tx, member, like.id)
          made += 1
        }
      }
      const resumed = await tx.run.updateMany({
        where: {
          ...{ cell: { experimentId }, status: 'paused' },
          OR: [{ batchStage: null }, { batchStage: { not: 'jobs' } }],
        },
        data: { status: 'running', message: null },
      })
      if (made + resumed.count === 0) {
        throw conflict(
          'Nothing is missing: every set-up is done, at work, or waits for a choice on its own page.',
        )
      }
      await recordAudit(tx, {
        ...{ projectId, actorId: userId, action: 'experiment.continued', subjectId: experimentId },
        detail: { runs: made, resumed: resumed.count },
      })
    },
    { timeout: START_TIMEOUT_MS },
  )
  await enqueue(EXPERIMENT_JOB, experimentId, { experimentId })
}

/** Ends all its runs between calls; what was asked is kept. A second stop changes nothing. Throws not-found. */
export async function stopExperiment(member: Member, experimentId: string): Promise<void> {
  const { projectId, userId, name } = member
  await db.$transaction(async (tx) => {
    const found = await tx.experiment.count({ where: { id: experimentId, projectId } })
    if (found === 0) throw notFound('This experiment')
    const message = `Stopped by ${name}.`
    const of = { cell: { experimentId } }
    const waiting = await tx.run.updateMany({
      where: { ...of, status: { in: ['queued', 'paused'] } },
      data: { status: 'stopped', message, finishedAt: new Date() },
    })
    const working = await tx.run.updateMany({
      where: { ...of, status: 'running' },
      data: { status: 'stopping', message },
    })
    if (waiting.count + working.count === 0) return
    const actor = { projectId, actorId: userId }
    await recordAudit(tx, { ...actor, action: 'experiment.stopped', subjectId: experimentId })
  })
  // Where no worker has it in hand, the next one ends what is left.
  await enqueue(EXPERIMENT_JOB, experimentId, { experimentId })
}
