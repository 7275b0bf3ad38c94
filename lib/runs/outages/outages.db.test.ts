import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { createMember, createProject } from '@/lib/platform/testing/fixtures'
import { askUntilAnswered } from '../calls/jobs'
import { resumeRun } from '../control/mutations'
import { getRun } from '../data'
import { labelRun } from '../labelling/jobs'
import { startRun } from '../starting/mutations'
import { createCases, createVersion } from '../testing/fixtures'
import { startBedrock, type TestBedrock } from '../testing/processes'
import { Line } from './jobs'

const CASES = 400
const never = new AbortController().signal

let bedrock: TestBedrock
let engineer: Member
let runId: string
beforeAll(async () => {
  bedrock = await startBedrock()
})
afterAll(() => bedrock.close())
beforeEach(async () => {
  await bedrock.setFaults({ latencyMs: { min: 100, max: 300 } })
  const project = await createProject()
  engineer = await createMember(project, 'prompt_engineer')
  const versionId = await createVersion(project)
  await createCases(project, 'dev', CASES)
  runId = (await startRun(engineer, { versionId, pool: 'dev', limit: null })).id
  // So that it is not over before it is cut.
  await db.run.update({ where: { id: runId }, data: { mostInFlight: 4 } })
})

const waitFor = (count: number) =>
  expect
    .poll(() => db.suggestion.count({ where: { runId } }), { timeout: 20_000, interval: 20 })
    .toBeGreaterThanOrEqual(count)

const waitForStatus = (status: string) =>
  expect
    .poll(async () => (await getRun(engineer, runId)).status, { timeout: 10_000, interval: 20 })
    .toBe(status)

/** Every case has its answer, none is given up, and what is counted is what is written. */
async function expectComplete(): Promise<void> {
  const run = await getRun(engineer, runId)
  expect(run).toMatchObject({ status: 'done', done: CASES, failed: 0, outage: null })
  expect(run.statuses.failed).toBe(0)
  expect(await db.suggestion.count({ where: { runId } })).toBe(CASES)
  expect(await db.call.count({ where: { runId } })).toBe(run.calls)
}

test('a cut in the middle of a run: it waits, says so, and goes on by itself', async () => {
  const labelling = labelRun(runId, never, 4_000)
  await waitFor(10)
  // From here on nothing is answered: there are calls on their way when it is cut.
  await bedrock.setFaults({ latencyMs: 60_000 })
  await wait(1_000)
  await bedrock.cut()
  await expect
    .poll(async () => (await getRun(engineer, runId)).outage, { timeout: 10_000 })
    .not.toBeNull()
  // Longer than ten calls that fail one after the other take.
  await wait(6_000)
  const cut = await getRun(engineer, runId)
  expect(cut).toMatchObject({ status: 'running', failed: 0 })
  const { since = '', nextTryAt = '' } = cut.outage ?? {}
  expect(Date.parse(nextTryAt)).toBeGreaterThan(Date.parse(since))
  await bedrock.startAgain()
  await labelling
  await expectComplete()
  const { doubtful, calls, retries } = await getRun(engineer, runId)
  // Only what was on its way may have been paid for; what reached nobody is no call.
  expect(doubtful).toBeGreaterThan(0)
  expect(calls - CASES).toBeLessThanOrEqual(doubtful)
  expect(retries).toBeGreaterThanOrEqual(calls - CASES)
}, 60_000)

test('a run that can’t reach Bedrock for too long pauses, and goes on when it is told to', async () => {
  await bedrock.cut()
  const labelling = labelRun(runId, never, 4_000)
  await expect
    .poll(async () => (await getRun(engineer, runId)).outage, { timeout: 10_000 })
    .not.toBeNull()
  // As the worker's own line does it after ten minutes.
  const line = new Line(runId, 0)
  const { modelId } = await db.run.findUniqueOrThrow({ where: { id: runId } })
  const asked = askUntilAnswered(
    {
      ...{ modelId, system: [], inferenceConfig: { maxTokens: 9 } },
      messages: [{ role: 'user', content: [{ text: 'Well?' }] }],
    },
    {
      price: null,
      report: () => undefined,
      signal: AbortSignal.timeout(4_000),
      line,
    },
  )
  await labelling
  expect(await asked).toMatchObject({ records: [], end: { kind: 'interrupted' } })
  const run = await getRun(engineer, runId)
  expect(run).toMatchObject({ status: 'paused', done: 0, failed: 0, calls: 0, outage: null })
  expect(run.message).toContain('Bedrock could not be reached')
  expect(await db.runItem.count({ where: { runId, holder: { not: null } } })).toBe(0)
  await bedrock.startAgain()
  await resumeRun(engineer, runId, {})
  await labelRun(runId, never, 4_000)
  await expectComplete()
}, 60_000)

test('a worker that can’t reach Bedrock does not pause a run that another gets through for', async () => {
  const line = new Line(runId, 200)
  await line.lost(Date.now(), 'ECONNREFUSED')
  await wait(250)
  await db.run.update({ where: { id: runId }, data: { callLimit: 10 } })
  await labelRun(runId, never, 4_000)
  await resumeRun(engineer, runId, { callLimit: null })
  await line.lost(Date.now(), 'ECONNREFUSED')
  expect((await getRun(engineer, runId)).status).toBe('running')
  // One that has lost its way since, and for too long.
  await new Line(runId, 0).lost(Date.now(), 'ECONNREFUSED')
  expect((await getRun(engineer, runId)).status).toBe('paused')
}, 60_000)

test('every call turned away for a while: it waits, says so, and goes on by itself', async () => {
  const labelling = labelRun(runId, never, 4_000)
  await waitFor(10)
  await bedrock.setFaults({ errorRate: { ServiceUnavailableException: 1 } })
  await expect
    .poll(async () => (await getRun(engineer, runId)).outage?.kind, { timeout: 20_000 })
    .toBe('busy')
  const busy = await getRun(engineer, runId)
  expect(busy).toMatchObject({ status: 'running', failed: 0 })
  await bedrock.setFaults({})
  await labelling
  await expectComplete()
}, 60_000)

test.each(['ThrottlingException', 'ModelNotReadyException'])(
  'a run of which every call is turned away for too long pauses, and goes on when it is told to: %s',
  async (name) => {
    await bedrock.setFaults({ errorRate: { [name]: 1 } })
    const labelling = labelRun(runId, never, 4_000)
    await waitForStatus('running')
    // As the worker's own line does it after ten minutes.
    await new Line(runId, 0).turnedAway(1_000, `${name}: no`)
    await labelling
    const run = await getRun(engineer, runId)
    expect(run).toMatchObject({ status: 'paused', done: 0, failed: 0, outage: null })
    expect(run.message).toContain('Bedrock was busy')
    expect(await db.runItem.count({ where: { runId, holder: { not: null } } })).toBe(0)
    await bedrock.setFaults({})
    await resumeRun(engineer, runId, {})
    await labelRun(runId, never, 4_000)
    await expectComplete()
  },
  60_000,
)

test('a request that is turned away again and again is asked as long as there is patience', async () => {
  const countBusy = async () => (await bedrock.countOutcomes()).ServiceUnavailableException ?? 0
  const before = await countBusy()
  await bedrock.setFaults({ errorRate: { ServiceUnavailableException: 1 } })
  await db.run.update({ where: { id: runId }, data: { status: 'running' } })
  const { modelId } = await db.run.findUniqueOrThrow({ where: { id: runId } })
  let allowed = 0
  const asked = askUntilAnswered(
    {
      ...{ modelId, system: [], inferenceConfig: { maxTokens: 9 } },
      messages: [{ role: 'user', content: [{ text: 'Well?' }] }],
    },
    {
      ...{ price: null, report: () => undefined, signal: never, line: new Line(runId) },
      mayAsk: () => {
        allowed += 1
        return true
      },
    },
  )
  // Three calls are made of three tries each.
  await expect.poll(countBusy, { timeout: 40_000, interval: 100 }).toBeGreaterThan(before + 12)
  await bedrock.setFaults({})
  const { records, end } = await asked
  expect(end.kind).toBe('answered')
  // The limit of a run is not used up by what was turned away.
  expect(records).toHaveLength(4)
  expect(allowed).toBe(4)
}, 60_000)
