import type { Pool } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { isStandIn } from '@/lib/platform/bedrock'
import { db } from '@/lib/platform/database'
import { env } from '@/lib/platform/env'
import { AppError } from '@/lib/platform/errors'
import { getPromptContent } from '@/lib/versions/data'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { abilitiesOf } from '@/lib/versions/models/rules'
import {
  estimateTokens,
  LONGEST_SIMILAR,
  mostInPack,
  renderFixedPart,
  SIMILAR_SHARE,
} from '@/lib/versions/rendering/rules'
import { type PromptContent, promptContent } from '@/lib/versions/rendering/schema'
import { findBatchPlace, readRecordLimits } from '../batches/data'
import { findBatchObstacle, splitRecords } from '../batches/rules'
import { measureRoom, prepareRequests } from '../calls/rules'
import { estimateDuration, MOST_IN_FLIGHT } from '../concurrency/rules'
import { findNoModel, findWindow } from '../models/rules'
import { findPrices } from '../prices/data'
import { markOf } from '../prices/marks/rules'
import { computeCost } from '../prices/rules'
import type { EstimateInput, RunEstimate, RunOptions } from '../schema'

/** Versions a run can be made of, and cases it can take. */
export async function getRunOptions({ projectId }: Member): Promise<RunOptions> {
  const ready = { projectId, archivedAt: null, quarantinedAt: null }
  const [project, versions, byPool, waiting] = await Promise.all([
    db.project.findUniqueOrThrow({ where: { id: projectId }, select: { targetAccuracy: true } }),
    db.version.findMany({
      where: { projectId, archivedAt: null },
      orderBy: [{ number: { sort: 'desc', nulls: 'last' } }, { updatedAt: 'desc' }],
      select: { id: true, number: true, note: true, updatedAt: true, model: true },
    }),
    db.case.groupBy({
      by: ['pool'],
      where: { ...ready, pool: { in: ['example', 'dev'] } },
      _count: true,
    }),
    db.case.count({ where: { ...ready, pool: null } }),
  ])
  const countOf = (pool: Pool) => byPool.find((group) => group.pool === pool)?._count ?? 0
  return {
    versions: versions.map(({ updatedAt, model, ...version }) => ({
      ...version,
      updatedAt: updatedAt.toISOString(),
      batchObstacle: findBatchObstacle(
        promptContent.shape.model.parse(model).modelId,
        findBatchPlace() !== null,
      ),
    })),
    leastRecords: readRecordLimits().least,
    cases: { example: countOf('example'), dev: countOf('dev') },
    waiting,
    target: project.targetAccuracy,
  }
}

/** Markup around a case's subject and two to eight messages, in characters. */
export const MARKUP = 300
/** Where no call has been measured yet. */
const USUAL = { outputTokens: 90, latencyMs: 2_000, standInLatencyMs: 20 }

/**
 * What a run would take (with `onlyUnlabelled`: over the cases that the version, as it says now, has
 * not labelled), from token counts and from what calls of the same model took before.
 */
export async function estimateRun(
  { projectId }: Member,
  input: EstimateInput & { onlyUnlabelled?: boolean },
): Promise<RunEstimate> {
  return estimateContent(projectId, await getPromptContent(projectId, input.versionId), input)
}

/** The same of any content of a version, as a set-up that departs from it has. */
export async function estimateContent(
  projectId: string,
  content: PromptContent,
  {
    versionId,
    pool,
    limit,
    mode = 'on_demand',
    onlyUnlabelled = false,
  }: EstimateInput & { onlyUnlabelled?: boolean },
): Promise<RunEstimate> {
  if (pool === 'test') throw new AppError('forbidden', 'The test pool is locked.')
  const { modelId, maxTokens } = content.model
  const standIn = isStandIn()
  const fixedPart = renderFixedPart(content)
  const room = measureRoom(content, fixedPart, findWindow(modelId))
  const [texts, usual, similar, { price }] = await Promise.all([
    measureCases({
      ...{ projectId, versionId, pool, limit, room, onlyUnlabelled },
      hash: contentHash(content),
    }),
    measureCalls({ projectId, modelId, standIn, purpose: 'label' }),
    measureSimilar(projectId, content.similarExamples, room),
    findPrices(projectId, content.model),
  ])
  const characters = texts.characters + texts.cases * similar
  const inCall = fitInCall(mostInPack(content), texts, room)
  const calls = Math.ceil(texts.cases / inCall)
  const { least, most } = readRecordLimits()
  const tooFew = mode === 'batch' && calls < least
  const [first] = splitRecords(calls, most)
  const batch =
    mode === 'batch' && !tooFew
      ? { records: calls, first: first?.records ?? 0, hours: env().CLOSECALL_BATCH_HOURS }
      : null
  const outputTokens = texts.cases * Math.min(usual.outputTokens, maxTokens)
  const usageOf = (inBatch: boolean) => {
    const shared = shareFixedPart(inBatch ? null : modelId, estimateTokens(fixedPart), calls)
    const inputTokens = shared.inputTokens + Math.ceil(characters / 4)
    return { ...shared, inputTokens, outputTokens }
  }
  const onDemand = usageOf(false)
  const use = batch ? usageOf(true) : onDemand
  const costs = {
    onDemand: price && computeCost(onDemand, price),
    batch: price && calls >= least ? computeCost(usageOf(true), price, { batch: true }) : null,
    cached: onDemand.cacheReadTokens > 0,
  }
  const inputTokens = use.inputTokens + use.cacheReadTokens + use.cacheWriteTokens
  return {
    modelId,
    standIn,
    cases: texts.cases,
    unlabelled: texts.unlabelled,
    cut: texts.cut,
    inputTokens,
    outputTokens,
    calls,
    cost: batch ? costs.batch : costs.onDemand,
    costs,
    priced: markOf(price),
    batch,
    tooFew,
    durationMs: estimateDuration(
      calls,
      usual.latencyMs * (inCall / usual.casesInCall),
      usual.mostInFlight,
    ),
    measured: usual.measured,
    obstacle:
      findNoModel(modelId, standIn) ??
      findObstacle(() => prepareRequests(content, findWindow(modelId))),
  }
}

/** Cases that stand in one call, on average: no more than have room beside each other. */
function fitInCall(most: number, { cases, characters }: CaseMeasure, room: number): number {
  if (cases === 0) return 1
  return Math.max(1, Math.min(most, cases, Math.floor(room / (characters / cases))))
}

/**
 * The fixed part of all calls: read from the cache from the second on, where the model has one for it.
 * Batch jobs (null) have none.
 */
export function shareFixedPart(modelId: string | null, tokens: number, calls: number) {
  const cacheFrom = modelId === null ? null : abilitiesOf(modelId).cacheFrom
  return cacheFrom === null || tokens < cacheFrom || calls === 0
    ? { inputTokens: tokens * calls, cacheReadTokens: 0, cacheWriteTokens: 0 }
    : { inputTokens: 0, cacheReadTokens: tokens * (calls - 1), cacheWriteTokens: tokens }
}

export function findObstacle(prepare: () => unknown): string | null {
  try {
    prepare()
    return null
  } catch (error) {
    if (error instanceof RangeError) return error.message
    throw error
  }
}

type CaseMeasure = { cases: number; unlabelled: number; characters: number; cut: number }

async function measureCases(run: {
  projectId: string
  versionId: string
  /** Of the version's content: a draft that was changed has labelled nothing yet. */
  hash: string
  pool: Pool
  limit: number | null
  onlyUnlabelled: boolean
  room: number
}): Promise<CaseMeasure> {
  const [measure] = await db.$queryRaw<CaseMeasure[]>`
    WITH labelled AS (
      SELECT DISTINCT s."caseId" FROM "Suggestion" s
      JOIN "Run" r ON r.id = s."runId"
      JOIN "Setup" u ON u.id = r."setupId"
      WHERE u."versionId" = ${run.versionId}::uuid AND r."contentHash" = ${run.hash}
        AND r.purpose = 'label'
        AND r.pool = ${run.pool}::"Pool" AND s.status <> 'failed'
    )
    SELECT count(*)::int AS cases,
      (count(*) FILTER (WHERE l."caseId" IS NULL))::int AS unlabelled,
      coalesce(sum(least(characters + ${MARKUP}, ${Math.max(run.room, 0)})), 0)::float8 AS characters,
      (count(*) FILTER (WHERE characters + ${MARKUP} > ${run.room}))::int AS cut
    FROM (
      SELECT id, characters FROM "Case"
      WHERE "projectId" = ${run.projectId}::uuid AND pool = ${run.pool}::"Pool"
        AND "archivedAt" IS NULL AND "quarantinedAt" IS NULL
      ORDER BY rank, id
      LIMIT ${run.limit}
    ) c
    LEFT JOIN labelled l ON l."caseId" = c.id
    WHERE NOT ${run.onlyUnlabelled} OR l."caseId" IS NULL`
  return measure ?? { cases: 0, unlabelled: 0, characters: 0, cut: 0 }
}

/** Characters that similar examples add to a question, on average. */
async function measureSimilar(projectId: string, n: number, room: number): Promise<number> {
  if (n === 0) return 0
  const [measure] = await db.$queryRaw<{ characters: number }[]>`
    SELECT coalesce(avg(least(characters, ${LONGEST_SIMILAR}) + ${MARKUP}), 0)::float8 AS characters
    FROM "Case" c JOIN "FinalLabel" f ON f."caseId" = c.id
    WHERE c."projectId" = ${projectId}::uuid AND c.pool = 'example' AND c."archivedAt" IS NULL`
  return Math.min(n * (measure?.characters ?? 0), Math.max(room, 0) * SIMILAR_SHARE)
}

const MEASURED_CALLS = 200
/** A shorter run ends before it has found its pace. */
const PACED_CALLS = 500

/** Calls that a run had in flight on average: quotas may leave it fewer than the product allows. */
function findInFlight(run: { calls: number; workedMs: bigint }, latencyMs: number): number {
  if (run.calls < PACED_CALLS || run.workedMs === 0n) return MOST_IN_FLIGHT
  const found = Math.round((run.calls * latencyMs) / Number(run.workedMs))
  return Math.max(1, Math.min(MOST_IN_FLIGHT, found))
}

/**
 * Means over the latest calls of the latest run of the same model; the usual where there is none. How
 * long a call takes goes with how much is written, so it is scaled by the cases in it.
 */
export async function measureCalls({
  purpose,
  ...model
}: {
  projectId: string
  modelId: string
  standIn: boolean
  purpose: 'label' | 'judge'
}) {
  const run = await db.run.findFirst({
    // Nobody waits for the records of a batch job: their latency says nothing.
    where: {
      ...model,
      // What leaves examples out asks for labels, too.
      purpose: purpose === 'judge' ? 'judge' : { not: 'judge' },
      standing: false,
      done: { gt: 0 },
      OR: [{ batchStage: null }, { batchStage: 'too_few' }],
    },
    orderBy: { createdAt: 'desc' },
    select: { id: true, calls: true, workedMs: true },
  })
  const calls = run
    ? await db.call.findMany({
        where: { runId: run.id, status: 'ok' },
        orderBy: { at: 'desc' },
        take: MEASURED_CALLS,
        select: { outputTokens: true, latencyMs: true, _count: { select: { cases: true } } },
      })
    : []
  if (calls.length === 0) {
    const latencyMs = model.standIn ? USUAL.standInLatencyMs : USUAL.latencyMs
    const usual = { outputTokens: USUAL.outputTokens, latencyMs, casesInCall: 1 }
    return { ...usual, mostInFlight: MOST_IN_FLIGHT, measured: false }
  }
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const casesInCall = Math.max(1, mean(calls.map(({ _count }) => _count.cases)))
  const latencyMs = mean(calls.map((call) => call.latencyMs))
  return {
    outputTokens: Math.ceil(mean(calls.map((call) => call.outputTokens)) / casesInCall),
    latencyMs,
    casesInCall,
    mostInFlight: run === null ? MOST_IN_FLIGHT : findInFlight(run, latencyMs),
    measured: true,
  }
}
