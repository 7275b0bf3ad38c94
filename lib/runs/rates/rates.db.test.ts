import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { getRun } from '../data'
import { labelRun } from '../labelling/jobs'
import { startRun } from '../starting/mutations'
import { createCases, createVersion } from '../testing/fixtures'
import { startBedrock, type TestBedrock } from '../testing/processes'

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

/** As if a run of these cases and some more had begun an hour ago, and were still at work. */
const goOnSince = (id: string) =>
  db.run.update({
    where: { id },
    data: { status: 'running', items: CASES * 2, startedAt: new Date(Date.now() - 60 * MINUTE_MS) },
  })

test.each([1, 5])('a run at work in packs of %i has the rate of its latest calls', async (size) => {
  const id = await start(size)
  await labelRun(id, new AbortController().signal)
  await goOnSince(id)
  // All within the last half a minute.
  const { ratePerMinute, timeLeftMs } = await getRun(engineer, id)
  expect(ratePerMinute).toBeCloseTo(CASES * 2)
  expect(timeLeftMs).toBeCloseTo(MINUTE_MS / 2)
})

test('of a fast run the latest calls say enough', async () => {
  const id = await start()
  await goOnSince(id)
  const FAST = 2_500
  const at = (n: number) => new Date(Date.now() - 10_000 + (n / FAST) * 10_000)
  const calls = Array.from({ length: FAST }, (_, n) => ({ id: newId(), at: at(n) }))
  const base = { runId: id, status: 'ok' as const, request: {}, requestHash: '' }
  await db.call.createMany({ data: calls.map((call) => ({ ...base, ...call })) })
  const caseId = cases[0] ?? ''
  await db.callCase.createMany({ data: calls.map((call) => ({ callId: call.id, caseId })) })
  const { ratePerMinute } = await getRun(engineer, id)
  expect(ratePerMinute).toBeGreaterThan(FAST * 6 * 0.7)
  expect(ratePerMinute).toBeLessThan(FAST * 6 * 1.05)
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
