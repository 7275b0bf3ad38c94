import { Prisma } from '@/generated/prisma/client'
import type { RunPurpose } from '@/generated/prisma/enums'
import { getRedaction } from '@/lib/cases/redaction/data'
import type { Pool } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { isStandIn } from '@/lib/platform/bedrock'
import { type Database, db, type Tx } from '@/lib/platform/database'
import { AppError, conflict, invalid, notFound } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { enqueue } from '@/lib/platform/jobs'
import { getPromptContent } from '@/lib/versions/data'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { getGateRule } from '@/lib/versions/gate/data'
import { runsWanted } from '@/lib/versions/gate/rules'
import { listLikesOfExamples } from '@/lib/versions/leaks/data'
import type { PromptContent } from '@/lib/versions/rendering/schema'
import { depart, departsFromVersion, identifySetup } from '@/lib/versions/setups/rules'
import type { Departures } from '@/lib/versions/setups/schema'
import { findBatchPlace } from './batches/data'
import { findBatchObstacle } from './batches/rules'
import { prepareRequests } from './calls/rules'
import { DEFAULT_LIMIT, findLimitReached, LIMIT_WORDS, shareLimits } from './limits/rules'
import { findPrice, findWindow } from './models/rules'
import { hideInExamples } from './redaction/rules'
import { LABEL_JOB, type ResumeInput, type RunStatus, type StartRunInput } from './schema'
import { insertAgain } from './series/mutations'
import { labelledBy } from './unlabelled/data'

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

/**
 * The set-up of a version as it is now, or with departures from it. What pins content asks in the same
 * transaction, so that the two agree, and once before it: of two who make a new set-up at once, a
 * RepeatableRead transaction would fail. Throws not-found.
 */
export async function findOrMakeSetup(
  projectId: string,
  versionId: string,
  database: Database = db,
  departures: Departures = {},
): Promise<string> {
  const content = await getPromptContent(projectId, versionId, database)
  const setup = identifySetup(versionId, content, departures)
  await database.setup.createMany({
    data: { id: newId(), projectId, ...setup },
    skipDuplicates: true,
  })
  const { id } = await database.setup.findUniqueOrThrow({
    where: { identity: setup },
    select: { id: true },
  })
  return id
}

/**
 * Labels the whole test pool with a frozen version as it is: once, or twice in the same way where
 * the release gate asks for two runs. Runs that failed or were stopped are made again; those that are
 * done or under way are not. The stand-in and real models are tested apart. Gives the first new run.
 */
export async function startTestRun(
  member: Member,
  { setupId }: { setupId: string },
): Promise<{ id: string }> {
  const { first, repeats } = await db.$transaction(
    async (tx) => {
      // Two people at once: the second waits here and then, reading committed rows, sees the runs.
      await tx.$queryRaw`SELECT 1 FROM "Setup" WHERE id = ${setupId}::uuid FOR NO KEY UPDATE`
      const setup = await tx.setup.findFirst({
        where: { id: setupId, projectId: member.projectId },
        include: {
          version: { select: { number: true, packSize: true, similarExamples: true } },
        },
      })
      if (!setup) throw notFound('This set-up')
      if (setup.version.number === null) {
        throw conflict('A draft has no test score. Freeze the version first.')
      }
      if (setup.mode !== 'on_demand' || departsFromVersion(setup, setup.version)) {
        throw conflict(
          `Only v${setup.version.number} as it is has a test score, and this set-up departs from it. Make a version of the set-up to test it.`,
        )
      }
      const missing = await countMissingTests(tx, member.projectId, setupId)
      if (missing === 0) {
        throw conflict(`v${setup.version.number} has been run on the test pool: it is done once.`)
      }
      const run = { setupId, versionId: setup.versionId, pool: 'test', limit: null } as const
      const first = await insertRun(tx, member, run)
      const repeats: string[] = []
      while (repeats.length < missing - 1) repeats.push(await insertRun(tx, member, run))
      return { first, repeats }
    },
    { isolationLevel: 'ReadCommitted', timeout: START_TIMEOUT_MS },
  )
  for (const id of [first, ...repeats]) await enqueue(LABEL_JOB, id, { runId: id })
  return { id: first }
}

async function countMissingTests(tx: Tx, projectId: string, setupId: string): Promise<number> {
  const standIn = isStandIn()
  if ((await tx.testScore.count({ where: { setupId, standIn } })) > 0) return 0
  const former = await tx.run.count({
    where: {
      ...{ setupId, standIn, purpose: 'label', pool: 'test', standing: false },
      status: { notIn: ['failed', 'stopped'] },
    },
  })
  return Math.max(0, runsWanted(await getGateRule(projectId, tx)) - former)
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
  if (mode === 'batch') checkBatch(pinned.modelId)
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

/** What a run pins of what it asks with, and of whom. Throws `invalid` with what to do. */
export async function pinContent(database: Database, projectId: string, content: PromptContent) {
  if (content.categories.length < 2) {
    throw invalid('The version needs at least two categories. Add them before you start a run.')
  }
  checkRoom(() => prepareRequests(content, findWindow(content.model.modelId)))
  const pinned = await describePin(database, projectId, content)
  return { ...pinned, content: hideInExamples(content, pinned.redaction) }
}

/** The same but for the content itself: by this, two runs ask in the same way. */
export async function describePin(database: Database, projectId: string, content: PromptContent) {
  const { modelId } = content.model
  const standIn = isStandIn()
  return {
    contentHash: contentHash(content),
    redaction: await getRedaction(projectId, database),
    modelId,
    standIn,
    ...(findPrice(modelId, standIn) ?? { priceIn: 0, priceOut: 0 }),
  }
}

function checkBatch(modelId: string): void {
  const obstacle = findBatchObstacle(modelId, findBatchPlace() !== null)
  if (obstacle !== null) throw invalid(obstacle)
}

function checkRoom(prepare: () => unknown): void {
  try {
    prepare()
  } catch (error) {
    if (error instanceof RangeError) throw invalid(error.message)
    throw error
  }
}

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
async function insertItems(tx: Tx, items: NewItems): Promise<number> {
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

async function explainNoCases(tx: Tx, projectId: string, pool: Pool): Promise<AppError> {
  const waiting = await tx.case.count({
    where: { projectId, pool: null, quarantinedAt: null, archivedAt: null },
  })
  return invalid(
    waiting > 0
      ? `There are no cases in the ${pool} pool yet: ${waiting} imported cases are still being sorted into pools. Try again in a moment.`
      : `There are no cases in the ${pool} pool. Import cases first, or choose another pool.`,
  )
}

/** What runs that a person starts by themselves are for: others end with what they are part of. */
const OWN_WORK = { in: ['label', 'judge'] satisfies RunPurpose[] }

type Change = {
  action: 'run.paused' | 'run.resumed' | 'run.stopped'
  from: RunStatus[]
  data: Prisma.RunUpdateManyMutationInput
}

/** Moves a run on, on record; where it is in another state already, nothing changes. */
async function changeRun(member: Member, runId: string, { action, from, data }: Change) {
  const { projectId, userId } = member
  await db.$transaction(async (tx) => {
    const own = { id: runId, projectId, purpose: OWN_WORK, standing: false }
    if ((await tx.run.count({ where: own })) === 0) throw notFound('This run')
    const changed = await tx.run.updateMany({ where: { ...own, status: { in: from } }, data })
    if (changed.count === 0) return
    await recordAudit(tx, { projectId, actorId: userId, action, subjectId: runId })
  })
  // Where no worker has it in hand, the next one goes on with it or ends it.
  await enqueue(LABEL_JOB, runId, { runId })
}

/**
 * Nothing more is asked until it is resumed; what is on its way is kept. Throws `conflict` where batch
 * jobs are at work: Bedrock can stop them, not hold them.
 */
export async function pauseRun(member: Member, runId: string): Promise<void> {
  const inJobs = { id: runId, projectId: member.projectId, batchStage: 'jobs' } as const
  if ((await db.run.count({ where: inJobs })) > 0) {
    throw conflict('Batch jobs can’t be paused: Bedrock can only stop them. Nothing was changed.')
  }
  await changeRun(member, runId, {
    action: 'run.paused',
    from: ['queued', 'running'],
    data: { status: 'paused', message: `Paused by ${member.name}.` },
  })
}

/**
 * Goes on with a paused run, under the limits it had or under those that are named. Throws `conflict`
 * where a limit is reached that was not raised: it would pause again at once.
 */
export async function resumeRun(member: Member, runId: string, limits: ResumeInput): Promise<void> {
  const run = await db.run.findFirst({
    where: { id: runId, projectId: member.projectId, purpose: OWN_WORK },
    select: { calls: true, callLimit: true, cost: true, costLimit: true, batchStage: true },
  })
  if (!run) throw notFound('This run')
  // One of batch jobs goes on where a limit stands before the next of them.
  const isOver = (await db.batchJob.count({ where: { runId, fetchedAt: null } })) === 0
  if (run.batchStage === 'jobs' && isOver) {
    throw conflict('Its batch jobs have ended: ask the rest on demand, or stop the run.')
  }
  const { callLimit = run.callLimit, costLimit = run.costLimit } = limits
  const reached = findLimitReached({
    calls: run.calls,
    callLimit,
    cost: Number(run.cost),
    costLimit: costLimit === null ? null : Number(costLimit),
  })
  if (reached !== null) throw conflict(LIMIT_WORDS[reached])
  await changeRun(member, runId, {
    action: 'run.resumed',
    from: ['paused'],
    data: { status: 'running', message: null, callLimit, costLimit },
  })
}

/** Ends a run: calls on their way get some seconds, and what they bring is kept. */
export function stopRun(member: Member, runId: string): Promise<void> {
  return changeRun(member, runId, {
    action: 'run.stopped',
    from: ['queued', 'running', 'paused'],
    data: { status: 'stopping', message: `Stopped by ${member.name}.` },
  })
}
