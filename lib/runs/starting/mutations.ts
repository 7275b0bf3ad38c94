import type { Pool } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { AppError, invalid } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { enqueue } from '@/lib/platform/jobs'
import { getPromptContent } from '@/lib/versions/data'
import { listLikesOfExamples } from '@/lib/versions/leaks/data'
import { depart } from '@/lib/versions/setups/rules'
import type { Departures } from '@/lib/versions/setups/schema'
import { findBatchPlace } from '../batches/data'
import { findBatchObstacle } from '../batches/rules'
import { explainNoCases, insertItems } from '../items/mutations'
import { DEFAULT_LIMIT, shareLimits } from '../limits/rules'
import { findNoModel } from '../models/rules'
import { checkBudget, pinContent } from '../pinning/data'
import { findOrMakeSetup } from '../pinning/mutations'
import { LABEL_JOB, type StartRunInput } from '../schema'
import { insertAgain } from '../series/mutations'

/** Long enough to write a million items. */
const START_TIMEOUT_MS = 120_000

/**
 * Makes a run of a version, frozen or draft, over the first `limit` cases of the example or dev pool
 * by random rank (null: all), and lets the worker label it; with `repeats` several runs alike, to see
 * how much of what they say is chance; they share the budget and the calls. What the version says now is
 * pinned. Gives the first.
 */
export async function startRun(member: Member, input: StartRunInput): Promise<{ id: string }> {
  if (input.pool === 'test') {
    throw new AppError(
      'forbidden',
      'The test pool is locked: it is labelled once per version, when its test score is asked for. Try versions on the dev pool.',
    )
  }
  const { limit = DEFAULT_LIMIT, pool, versionId, repeats = 1, mode, ...typed } = input
  const limits = shareLimits(typed, repeats)
  const departures = { mode }
  await findOrMakeSetup(member.projectId, versionId, db, departures)
  const [id, ...others] = await db.$transaction(
    async (tx): Promise<[string, ...string[]]> => {
      const setupId = await findOrMakeSetup(member.projectId, versionId, tx, departures)
      const of = repeats > 1 ? { seriesId: newId() } : {}
      const run = { ...limits, setupId, versionId, pool, limit, of }
      const first = await insertRun(tx, member, run)
      const rest: string[] = []
      while (rest.length < repeats - 1) rest.push(await insertAgain(tx, member, first))
      return [first, ...rest]
    },
    // The pinned content is read in several statements: a save in between must not mix two states.
    { isolationLevel: 'RepeatableRead', timeout: START_TIMEOUT_MS },
  )
  for (const runId of [id, ...others]) await enqueue(LABEL_JOB, runId, { runId })
  return { id }
}

type NewRun = {
  setupId: string
  versionId: string
  pool: Pool
  limit: number | null
  /** Leaves out what the set-up, as it says now, has labelled already. */
  onlyUnlabelled?: boolean
  /** Those of the set-up. */
  departures?: Departures
  /** What it is one of. */
  of?: { seriesId?: string; cellId?: string }
  /** Millionths of a dollar. */
  costLimit?: number | null
  callLimit?: number | null
  targetPerHour?: number | null
}

/** The run with its items, pinned to what the set-up says now. Throws `invalid` with what to do. */
export async function insertRun(tx: Tx, member: Member, newRun: NewRun): Promise<string> {
  const { setupId, versionId, pool, limit, onlyUnlabelled = false, departures = {} } = newRun
  const { of, costLimit, callLimit, targetPerHour } = newRun
  const { projectId } = member
  const version = await getPromptContent(projectId, versionId, tx)
  const content = depart(version, departures)
  const pinned = await pinContent(tx, projectId, content)
  const { mode } = await tx.setup.findUniqueOrThrow({
    where: { id: setupId },
    select: { mode: true },
  })
  checkModel(pinned)
  if (mode === 'batch') checkBatch(pinned.modelId)
  if (costLimit) await checkBudget(tx, projectId, content)
  const run = await tx.run.create({
    data: {
      id: newId(),
      batchStage: mode === 'batch' ? 'jobs' : null,
      projectId,
      setupId,
      pool,
      caseLimit: limit,
      onlyUnlabelled,
      ...{ costLimit, callLimit, targetPerHour },
      ...pinned,
      createdById: member.userId,
      ...of,
    },
  })
  // Also those that a departure leaves out: all set-ups of a version are judged by the same cases.
  const exampleIds = version.examples.filter(({ enabled }) => enabled).map(({ id }) => id)
  const likeIds = await listLikesOfExamples(tx, projectId, { exampleIds, pools: [pool] })
  const labelled = onlyUnlabelled ? { setupId, hash: pinned.contentHash } : null
  const items = await insertItems(tx, { runId: run.id, projectId, pool, limit, likeIds, labelled })
  if (items === 0) throw await explainNoCases(tx, projectId, pool)
  await tx.run.update({ where: { id: run.id }, data: { items } })
  await recordAudit(tx, {
    projectId,
    actorId: member.userId,
    action: 'run.started',
    subjectId: run.id,
    detail: { versionId, pool, items },
  })
  return run.id
}

function checkModel({ modelId, standIn }: { modelId: string; standIn: boolean }): void {
  const problem = findNoModel(modelId, standIn)
  if (problem !== null) throw invalid(problem)
}

function checkBatch(modelId: string): void {
  const obstacle = findBatchObstacle(modelId, findBatchPlace() !== null)
  if (obstacle !== null) throw invalid(obstacle)
}
