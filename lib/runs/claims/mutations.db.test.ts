import { beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { createMember, createProject } from '@/lib/platform/testing/fixtures'
import { startRun } from '../starting/mutations'
import { createCases, createVersion } from '../testing/fixtures'
import { claimItems, claimStatement, extendLeases, releaseItems } from './mutations'

const ITEMS = 400
const CLAIMED = 20

type Node = { Plans?: Node[] } & Record<string, number>

/** Rows that a plan goes through, joined or not. */
function countRows({ Plans = [], ...node }: Node): number {
  const loops = node['Actual Loops'] ?? Number.NaN
  const passed = [node['Actual Rows'], node['Rows Removed by Join Filter']]
  const own = passed.reduce<number>((sum, rows) => sum + (rows ?? 0) * loops, 0)
  return Plans.reduce((sum, plan) => sum + countRows(plan), own)
}

let engineer: Member
let versionId: string

beforeEach(async () => {
  const project = await createProject()
  engineer = await createMember(project, 'prompt_engineer')
  versionId = await createVersion(project)
  await createCases(project, 'dev', ITEMS)
})

const start = async () => (await startRun(engineer, { versionId, pool: 'dev', limit: null })).id

test('a claim goes through what it takes, even in a run that the statistics know nothing of', async () => {
  const former = await start()
  await db.runItem.updateMany({ where: { runId: former }, data: { status: 'done' } })
  await db.run.update({ where: { id: former }, data: { status: 'done' } })
  await db.$executeRaw`ANALYZE "RunItem"`
  const runId = await start()

  const claim = { runId, holder: newId(), leaseMs: 60_000 }
  expect(await claimItems(claim, CLAIMED)).toHaveLength(CLAIMED)
  const [row] = await db.$queryRaw<{ 'QUERY PLAN': [{ Plan: Node }] }[]>`
    EXPLAIN (ANALYZE, FORMAT JSON) ${claimStatement(claim, CLAIMED)}`
  const plan = row?.['QUERY PLAN'][0].Plan
  expect(plan && countRows(plan)).toBeLessThan(CLAIMED * 10)
  const held = { runId, holder: claim.holder }
  expect(await db.runItem.count({ where: held })).toBe(2 * CLAIMED)
})

test('what a holder works on is not claimed again by itself after its lease ran out, but by others', async () => {
  const runId = await start()
  const own = { runId, holder: newId(), leaseMs: -1 }
  const first = await claimItems(own, CLAIMED)
  const inHand = new Set(first.map(({ caseId }) => caseId))
  const more = await claimItems({ ...own, inHand }, CLAIMED)
  expect(more.filter(({ caseId }) => inHand.has(caseId))).toEqual([])
  const other = await claimItems({ runId, holder: newId(), leaseMs: 60_000 }, CLAIMED)
  expect(other.every(({ caseId }) => inHand.has(caseId))).toBe(true)
})

test('some of what a holder has is given back; the heartbeat keeps the rest', async () => {
  const runId = await start()
  const claim = { runId, holder: newId(), leaseMs: 60_000 }
  const held = (await claimItems(claim, CLAIMED)).map(({ caseId }) => caseId)
  await releaseItems(runId, claim.holder, held.slice(0, 5))
  await extendLeases({ ...claim, leaseMs: 120_000 }, held)
  const later = new Date(Date.now() + 90_000)
  const kept = await db.runItem.findMany({ where: { runId, leaseUntil: { gt: later } } })
  expect(kept.map(({ caseId }) => caseId).sort()).toEqual(held.slice(5).sort())
  expect(await db.runItem.count({ where: { runId, holder: null } })).toBe(ITEMS - CLAIMED + 5)
})
