import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { getRun } from '../data'
import { labelRun } from '../labelling/jobs'
import type { RunStatus } from '../schema'
import { startRun } from '../starting/mutations'
import { createCases, createVersion } from '../testing/fixtures'
import { startBedrock, type TestBedrock } from '../testing/processes'
import { readRate } from './data'

const CASES = 60
const MINUTE_MS = 60_000

let bedrock: TestBedrock
let project: TestProject
let engineer: Member
let cases: string[]
beforeAll(async () => {
  bedrock = await startBedrock()
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer')
  cases = await createCases(project, 'dev', CASES)
})
afterAll(() => bedrock.close())

async function start(packSize = 1): Promise<string> {
  const versionId = await createVersion(project)
  await db.version.update({ where: { id: versionId }, data: { packSize } })
  return (await startRun(engineer, { versionId, pool: 'dev', limit: null })).id
}

/** The rate of a run of these cases and as many more that began an hour ago and is still at work. */
async function rateAt(id: string, now: Date, packSize = 1) {
  const workingSince = new Date(now.getTime() - 60 * MINUTE_MS)
  const run = await db.run.update({
    where: { id },
    data: { items: CASES * 2, workingSince },
  })
  return readRate({ ...run, packSize }, now)
}

const SECOND_MS = 1_000
const setStatus = (id: string, status: RunStatus) =>
  db.run.update({ where: { id }, data: { status } })

/** As if it were so much longer at work, or standing still. */
const letPass = async (id: string, ms: number) => {
  const { workingSince } = await db.run.findUniqueOrThrow({ where: { id } })
  if (workingSince === null) return
  const data = { workingSince: new Date(workingSince.getTime() - ms) }
  await db.run.update({ where: { id }, data })
}

test('a pause counts neither for the rate nor for the promise, and freezes both', async () => {
  const id = await start()
  await db.run.update({ where: { id }, data: { targetPerHour: 9_000, done: 50 } })
  await setStatus(id, 'running')
  await letPass(id, 10 * SECOND_MS)
  const paused = await setStatus(id, 'paused')
  expect(Number(paused.workedMs)).toBeGreaterThanOrEqual(10 * SECOND_MS)
  expect(Number(paused.workedMs)).toBeLessThan(15 * SECOND_MS)
  expect(paused.workingSince).toBeNull()
  const rate = await readRate({ ...paused, packSize: 1 })
  expect(rate.ratePerMinute).toBeCloseTo((50 * MINUTE_MS) / Number(paused.workedMs))
  const muchLater = new Date(Date.now() + 60 * MINUTE_MS)
  expect(await readRate({ ...paused, packSize: 1 }, muchLater)).toEqual(rate)
  expect(rate.timeLeftMs).toBeNull()

  // What is done to it while it is paused, and that it waits for a worker, adds nothing.
  expect((await setStatus(id, 'queued')).workedMs).toBe(paused.workedMs)
  expect((await setStatus(id, 'running')).workedMs).toBe(paused.workedMs)
  await letPass(id, 5 * SECOND_MS)
  await db.run.update({ where: { id }, data: { done: CASES } })
  await setStatus(id, 'done')
  const { workedMs: whole, ratePerMinute, target } = await getRun(engineer, id)
  const workedMs = whole ?? 0
  expect(workedMs).toBeGreaterThanOrEqual(15 * SECOND_MS)
  expect(workedMs).toBeLessThan(20 * SECOND_MS)
  expect(ratePerMinute).toBeCloseTo((CASES * MINUTE_MS) / workedMs)
  expect(target).toEqual({ perHour: 9_000, kept: true })
})

test.each([1, 5])('a run at work in packs of %i has the rate of its latest calls', async (size) => {
  const id = await start(size)
  await labelRun(id, new AbortController().signal)
  const { _max: last } = await db.call.aggregate({ where: { runId: id }, _max: { at: true } })
  const now = last.at ?? new Date()
  // All within the last half a minute.
  expect(await rateAt(id, now, size)).toEqual({
    ratePerMinute: CASES * 2,
    timeLeftMs: MINUTE_MS / 2,
  })
  const later = new Date(now.getTime() + MINUTE_MS)
  expect(await rateAt(id, later, size)).toEqual({ ratePerMinute: null, timeLeftMs: null })
})

test('of a fast run the latest calls say enough', async () => {
  const id = await start()
  const now = new Date()
  // One each two milliseconds, the first 12 seconds ago.
  const calls = Array.from({ length: 6_000 }, (_, n) => ({
    ...{ id: newId(), runId: id, status: 'ok' as const, request: {}, requestHash: '' },
    at: new Date(now.getTime() - (n + 1) * 2),
  }))
  await db.call.createMany({ data: calls })
  const caseId = cases[0] ?? ''
  await db.callCase.createMany({ data: calls.map((call) => ({ callId: call.id, caseId })) })
  expect(await rateAt(id, now)).toMatchObject({ ratePerMinute: MINUTE_MS / 2 })
})

test('the counts by status are those of the suggestions, whoever adds them at the same time', async () => {
  const runId = await start()
  const statuses = ['parsed', 'off_list', 'failed', 'missing'] as const
  const rows = cases.map((caseId, n) => ({
    ...{ id: newId(), runId, caseId },
    status: statuses[(n * 7) % statuses.length] ?? 'parsed',
  }))
  const parts = Array.from({ length: 12 }, (_, part) => rows.slice(part * 5, part * 5 + 5))
  await Promise.all(
    parts.map((data, part) =>
      db.suggestion.createMany({ data: part % 2 ? data : data.toReversed() }),
    ),
  )
  const recount = await db.suggestion.groupBy({
    by: ['status'],
    where: { runId },
    _count: true,
    orderBy: { status: 'asc' },
  })
  const kept = await db.suggestionCount.findMany({ where: { runId }, orderBy: { status: 'asc' } })
  expect(kept).toEqual(recount.map(({ status, _count: n }) => ({ runId, status, n })))
  const { statuses: shown } = await getRun(engineer, runId)
  expect(Object.values(shown).reduce((sum, n) => sum + n, 0)).toBe(CASES)
})
