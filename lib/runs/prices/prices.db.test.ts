import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { getRun, listRuns } from '../data'
import { estimateRun } from '../estimates/data'
import { labelRun } from '../labelling/jobs'
import { startRun } from '../starting/mutations'
import { createCases, createVersion } from '../testing/fixtures'
import { startBedrock, type TestBedrock } from '../testing/processes'
import { findPrice, getPricesView } from './data'
import { setPrice } from './mutations'
import { priceInput } from './schema'

const MODEL = 'closecall.lexical-v1'
const SET = {
  ...{ input: 3_000_000, output: 15_000_000, cacheWrite: 3_750_000, cacheRead: 300_000 },
  batchPercent: 40,
}
const TWICE = { ...SET, input: 6_000_000, output: 30_000_000 }

let bedrock: TestBedrock
let project: TestProject
let engineer: Member
let manager: Member
beforeAll(async () => {
  bedrock = await startBedrock()
})
afterAll(() => bedrock.close())
beforeEach(async () => {
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer')
  manager = await createMember(project, 'manager')
})

const never = new AbortController().signal
const today = () => new Date().toISOString().slice(0, 10)

async function label(versionId: string, limits: { costLimit?: number } = {}): Promise<string> {
  const { id } = await startRun(engineer, { versionId, pool: 'dev', limit: null, ...limits })
  await labelRun(id, never, 4_000)
  return id
}

async function sumTokens(runId: string): Promise<number> {
  const { _sum } = await db.call.aggregate({
    where: { runId },
    _sum: { inputTokens: true, outputTokens: true },
  })
  return (_sum.inputTokens ?? 0) * 3 + (_sum.outputTokens ?? 0) * 15
}

test('a price that was set counts in estimates, runs and lists of this project alone, with its day', async () => {
  const versionId = await createVersion(project)
  await createCases(project, 'dev', 4)
  const choice = { versionId, pool: 'dev', limit: null } as const
  expect(await estimateRun(engineer, choice)).toMatchObject({ cost: 0, priced: null })

  await setPrice(manager, { modelId: MODEL, price: SET })
  const priced = { date: today(), own: true }
  const estimate = await estimateRun(engineer, choice)
  expect(estimate).toMatchObject({
    cost: estimate.inputTokens * 3 + estimate.outputTokens * 15,
    priced,
  })
  const id = await label(versionId)
  const run = await getRun(engineer, id)
  expect(run).toMatchObject({ status: 'done', priced })
  // Each call is rounded by itself.
  expect(Math.abs((run.cost ?? 0) - (await sumTokens(id)))).toBeLessThan(4)
  expect(run.cost).toBeGreaterThan(0)
  expect(await listRuns(engineer)).toMatchObject([{ cost: run.cost, priced }])

  const elsewhere = await createProject()
  expect(await findPrice(elsewhere.id, MODEL)).toMatchObject({ input: 0, own: false })
})

test('a price that is changed or taken away leaves what was recorded as it was', async () => {
  const versionId = await createVersion(project)
  await createCases(project, 'dev', 3)
  await setPrice(manager, { modelId: MODEL, price: SET })
  const first = await label(versionId)
  const waiting = await startRun(engineer, { versionId, pool: 'dev', limit: null })
  const { cost } = await getRun(engineer, first)

  await setPrice(manager, { modelId: MODEL, price: TWICE })
  expect((await getRun(engineer, first)).cost).toBe(cost)
  // It was begun under the former price, and ends under it.
  await labelRun(waiting.id, never, 4_000)
  expect((await getRun(engineer, waiting.id)).cost).toBe(cost)
  expect((await getRun(engineer, await label(versionId))).cost).toBe((cost ?? 0) * 2)

  await setPrice(manager, { modelId: MODEL, price: null })
  expect((await getRun(engineer, first)).cost).toBe(cost)
  expect((await getRun(engineer, await label(versionId))).cost).toBe(0)
  const events = await db.auditEvent.findMany({
    where: { projectId: project.id, action: 'project.price_changed' },
    orderBy: { id: 'asc' },
  })
  expect(events.map(({ detail, actorId }) => ({ detail, actorId }))).toEqual([
    { actorId: manager.userId, detail: { modelId: MODEL, ...SET } },
    { actorId: manager.userId, detail: { modelId: MODEL, ...TWICE } },
    { actorId: manager.userId, detail: { modelId: MODEL } },
  ])
})

test('a price is taken for what could be a model, and taken away whatever its name', () => {
  expect(priceInput.safeParse({ modelId: MODEL, price: SET }).success).toBe(true)
  expect(priceInput.safeParse({ modelId: 'nonsense !!', price: SET }).error?.issues).toMatchObject([
    { path: ['modelId'], message: expect.stringContaining('Bedrock id') },
  ])
  expect(priceInput.safeParse({ modelId: 'nonsense !!', price: null }).success).toBe(true)
})

test('a budget stops a run by the price that was set', async () => {
  const versionId = await createVersion(project)
  await createCases(project, 'dev', 200)
  await setPrice(manager, { modelId: MODEL, price: SET })
  const id = await label(versionId, { costLimit: 1 })
  expect(await getRun(engineer, id)).toMatchObject({ status: 'paused', costLimit: 1 })
})

test('the page lists the models that the project names and those whose price was set', async () => {
  await createVersion(project)
  await setPrice(manager, { modelId: 'acme.own-v1', price: SET })
  expect(await getPricesView(manager)).toMatchObject({
    ...{ mayChange: true, standIn: true },
    models: [
      {
        modelId: 'acme.own-v1',
        price: { input: 3_000_000, batchShare: 0.4, own: true, date: today() },
        setBy: manager.name,
      },
      { modelId: MODEL, price: { input: 0, own: false, date: null }, setBy: null },
    ],
  })
  expect((await getPricesView(engineer)).mayChange).toBe(false)
})

test('both ways of asking are priced side by side: a batch job does without the prompt cache', async () => {
  const modelId = 'global.anthropic.claude-haiku-4-5-20251001-v1:0'
  await setPrice(manager, { modelId, price: { ...SET, batchPercent: 50 } })
  await createCases(project, 'dev', 100)
  const long = await createVersion(project, { modelId, persona: 'You sort cases. '.repeat(2_500) })
  const choice = { versionId: long, pool: 'dev', limit: null } as const
  const { cost, costs } = await estimateRun(engineer, choice)
  expect(costs).toMatchObject({ onDemand: cost, cached: true })
  expect(costs.batch ?? 0).toBeGreaterThan(2 * (costs.onDemand ?? 0))
  const asBatch = await estimateRun(engineer, { ...choice, mode: 'batch' })
  expect(asBatch).toMatchObject({ calls: 100, cost: costs.batch, costs, batch: { first: 100 } })
  // Too few for a batch job.
  expect((await estimateRun(engineer, { ...choice, limit: 99 })).costs.batch).toBeNull()

  const short = await createVersion(project, { modelId })
  const { costs: plain } = await estimateRun(engineer, { ...choice, versionId: short })
  expect(plain.cached).toBe(false)
  expect((plain.batch ?? 0) / (plain.onDemand ?? 0)).toBeCloseTo(0.5)
})
