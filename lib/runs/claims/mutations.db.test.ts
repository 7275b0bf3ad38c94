import { expect, test } from 'vitest'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { createMember, createProject } from '@/lib/platform/testing/fixtures'
import { startRun } from '../starting/mutations'
import { createCases, createVersion } from '../testing/fixtures'
import { claimItems, claimStatement } from './mutations'

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

test('a claim goes through what it takes, even in a run that the statistics know nothing of', async () => {
  const project = await createProject()
  const engineer = await createMember(project, 'prompt_engineer')
  const versionId = await createVersion(project)
  await createCases(project, 'dev', ITEMS)
  const start = () => startRun(engineer, { versionId, pool: 'dev', limit: null })
  const { id: former } = await start()
  await db.runItem.updateMany({ where: { runId: former }, data: { status: 'done' } })
  await db.run.update({ where: { id: former }, data: { status: 'done' } })
  await db.$executeRaw`ANALYZE "RunItem"`
  const { id: runId } = await start()

  const claim = { runId, holder: newId(), leaseMs: 60_000 }
  expect(await claimItems(claim, CLAIMED)).toHaveLength(CLAIMED)
  const [row] = await db.$queryRaw<{ 'QUERY PLAN': [{ Plan: Node }] }[]>`
    EXPLAIN (ANALYZE, FORMAT JSON) ${claimStatement(claim, CLAIMED)}`
  const plan = row?.['QUERY PLAN'][0].Plan
  expect(plan && countRows(plan)).toBeLessThan(CLAIMED * 10)
  const held = { runId, holder: claim.holder }
  expect(await db.runItem.count({ where: held })).toBe(2 * CLAIMED)
})
