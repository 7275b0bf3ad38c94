import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Prisma } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { promptContent } from '@/lib/versions/rendering/schema'
import { rebuildRequest } from '../calls/rules'
import { claimItems, extendLeases } from '../claims/mutations'
import { pauseRun, resumeRun } from '../control/mutations'
import { getRun } from '../data'
import { labelRun } from '../labelling/jobs'
import { startRun } from '../starting/mutations'
import { createCases, createVersion } from '../testing/fixtures'
import { startBedrock, type TestBedrock } from '../testing/processes'

let bedrock: TestBedrock
let project: TestProject
let engineer: Member
beforeAll(async () => {
  bedrock = await startBedrock()
})
afterAll(() => bedrock.close())
beforeEach(async () => {
  await bedrock.setFaults({})
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer')
})

const label = (runId: string) => labelRun(runId, new AbortController().signal, 4_000)

async function start(
  count: number,
  settings: Prisma.VersionUpdateInput,
  limits: { callLimit?: number } = {},
): Promise<string> {
  const versionId = await createVersion(project)
  await db.version.update({ where: { id: versionId }, data: settings })
  await createCases(project, 'dev', count)
  const { id } = await startRun(engineer, { versionId, pool: 'dev', limit: null, ...limits })
  return id
}

const listCalls = (runId: string) =>
  db.call.findMany({
    where: { runId },
    include: { cases: { orderBy: { position: 'asc' } } },
    orderBy: { at: 'asc' },
  })

test.each([
  ['xml', 'xml'],
  ['json', 'xml'],
  ['inst', 'xml'],
  ['xml', 'schema'],
] as const)(
  'a pack in the template %s with answers by %s gives each of its cases an answer',
  async (template, kind) => {
    const answerFormat = { kind, sample: 'short' }
    const runId = await start(23, { packSize: 10, template, answerFormat })
    await label(runId)
    const run = await getRun(engineer, runId)
    expect(run).toMatchObject({ status: 'done', done: 23, calls: 3, retries: 0 })
    expect(run.statuses).toMatchObject({ parsed: 23 })
    const calls = await listCalls(runId)
    expect(calls.map(({ cases }) => cases.length).sort()).toEqual([10, 10, 3])
    const pinned = await db.run.findUniqueOrThrow({ where: { id: runId } })
    for (const call of calls) {
      expect(call.cases.map(({ position }) => position)).toEqual(call.cases.map((_, i) => i))
      expect(call.cases.every(({ reading }) => reading === 'parsed')).toBe(true)
      expect(rebuildRequest(promptContent.parse(pinned.content), call).exact).toBe(true)
    }
    const suggestions = await db.suggestion.findMany({ where: { runId } })
    for (const { callId, caseId, position } of suggestions) {
      const call = calls.find(({ id }) => id === callId)
      expect(call?.cases[position]?.caseId).toBe(caseId)
    }
  },
)

test('what is missing from a pack is asked again, and only that', async () => {
  const runId = await start(20, { packSize: 10 })
  await bedrock.setFaults({ packFaultRate: 1, packFaultKinds: ['missing'] })
  const labelling = label(runId)
  await labelling
  const run = await getRun(engineer, runId)
  expect(run.statuses.parsed + run.statuses.absent).toBe(20)
  expect(run.packing.absent).toBeGreaterThan(1)
  const calls = await listCalls(runId)
  const readings = new Map<string, (string | null)[]>()
  for (const { cases } of calls) {
    for (const { caseId, reading } of cases) {
      readings.set(caseId, [...(readings.get(caseId) ?? []), reading])
    }
  }
  for (const [first, ...again] of readings.values()) {
    // Whoever was answered is not asked again.
    if (first === 'parsed') expect(again).toEqual([])
    else expect(again.length).toBeGreaterThan(0)
  }
})

test('a case that stands in its pack twice counts where both say the same', async () => {
  const runId = await start(20, { packSize: 10 })
  await bedrock.setFaults({ packFaultRate: 1, packFaultKinds: ['double'] })
  await label(runId)
  const run = await getRun(engineer, runId)
  expect(run.status).toBe('done')
  expect(run.packing.duplicate).toBeGreaterThan(0)
  expect(run.statuses.parsed + run.statuses.repaired).toBe(20)
})

test('what no parser can read is mended once, in its form alone', async () => {
  const runId = await start(30, {})
  await bedrock.setFaults({ malformedRate: 0.5, malformedKinds: ['prose'] })
  await label(runId)
  const run = await getRun(engineer, runId)
  const calls = await listCalls(runId)
  const mending = calls.filter(({ kind }) => kind === 'mend')
  const mended = mending.filter(({ cases }) => cases[0]?.reading === 'repaired').length
  // The mending model may itself say it in prose: it is asked once, and then there is no label.
  expect(mended).toBeGreaterThan(0)
  expect(run.statuses).toMatchObject({
    parsed: 30 - mending.length,
    repaired: mended,
    missing: mending.length - mended,
  })
  expect(new Set(mending.map(({ cases }) => cases[0]?.caseId)).size).toBe(mending.length)
  const pinned = await db.run.findUniqueOrThrow({ where: { id: runId } })
  for (const call of calls) {
    expect(rebuildRequest(promptContent.parse(pinned.content), call).exact).toBe(true)
  }
  expect(JSON.stringify(mending[0]?.request)).not.toContain('My invoice')
})

test('an empty answer is not mended: there is nothing to mend', async () => {
  const runId = await start(3, {})
  await bedrock.setFaults({ malformedRate: 1, malformedKinds: ['empty'] })
  await label(runId)
  expect((await getRun(engineer, runId)).statuses).toMatchObject({ missing: 3 })
  expect((await listCalls(runId)).every(({ kind }) => kind === 'ask')).toBe(true)
})

test('a run pauses at its most calls, and goes on when it may make more', async () => {
  const runId = await start(40, {}, { callLimit: 12 })
  await label(runId)
  const paused = await getRun(engineer, runId)
  expect(paused).toMatchObject({ status: 'paused', calls: 12, done: 12 })
  expect(paused.message).toContain('as many calls as it may')
  await expect(resumeRun(engineer, runId, {})).rejects.toThrow('as many calls as it may')
  await resumeRun(engineer, runId, { callLimit: null })
  await label(runId)
  expect(await getRun(engineer, runId)).toMatchObject({ status: 'done', done: 40, message: null })
})

test('the most calls hold for what packs ask again, too', async () => {
  const runId = await start(40, { packSize: 10 }, { callLimit: 6 })
  await bedrock.setFaults({ packFaultRate: 1, packFaultKinds: ['missing'] })
  await label(runId)
  const run = await getRun(engineer, runId)
  expect(run).toMatchObject({ status: 'paused', calls: 6 })
  expect(await db.runItem.count({ where: { runId, holder: { not: null } } })).toBe(0)
})

test('a model for mending that can’t be had stops the run and says so', async () => {
  const model = { modelId: 'closecall.lexical-v1', maxTokens: 512, temperature: null }
  const runId = await start(8, { model: { ...model, mendModelId: 'acme.unheard-of-v1' } })
  await bedrock.setFaults({ malformedRate: 1, malformedKinds: ['prose'] })
  await label(runId)
  const run = await getRun(engineer, runId)
  expect(run).toMatchObject({ status: 'failed', done: 0 })
  expect(run.message).toContain('acme.unheard-of-v1')
})

test('the heartbeat keeps what is in hand, and nothing else', async () => {
  const runId = await start(3, {})
  const claim = { runId, holder: 'one', leaseMs: 1_000 }
  const [first, ...lost] = await claimItems(claim, 3)
  await extendLeases({ ...claim, leaseMs: 600_000 }, first ? [first.caseId] : [])
  const soon = new Date(Date.now() + 60_000)
  const expiring = await db.runItem.findMany({ where: { runId, leaseUntil: { lt: soon } } })
  expect(expiring.map(({ caseId }) => caseId).sort()).toEqual(
    lost.map(({ caseId }) => caseId).sort(),
  )
})

test('a paused run asks nothing until it is resumed', async () => {
  const runId = await start(5, {})
  await pauseRun(engineer, runId)
  await label(runId)
  expect(await getRun(engineer, runId)).toMatchObject({ status: 'paused', calls: 0 })
  await resumeRun(engineer, runId, {})
  await label(runId)
  expect(await getRun(engineer, runId)).toMatchObject({ status: 'done', done: 5 })
})
