import { beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { changeGateRule } from '@/lib/versions/gate/mutations'
import { DEFAULT_RULE } from '@/lib/versions/gate/rules'
import { createCases, createVersion } from '../testing/fixtures'
import { startTestRun } from './mutations'

let project: TestProject
let engineer: Member
beforeEach(async () => {
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer')
})

async function createSetup(versionId: string): Promise<string> {
  const { id } = await db.setup.create({
    data: { id: newId(), projectId: project.id, versionId },
  })
  return id
}

test('the test pool is run once per set-up, also when two people ask at once', async () => {
  const setupId = await createSetup(await createVersion(project, { number: 1 }))
  await createCases(project, 'test', 2)
  const asked = await Promise.allSettled([
    startTestRun(engineer, { setupId }),
    startTestRun(engineer, { setupId }),
  ])
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const run = await db.run.findFirstOrThrow({ where: { setupId } })
  expect(run).toMatchObject({ pool: 'test', items: 2, caseLimit: null })
  await expect(startTestRun(engineer, { setupId })).rejects.toMatchObject({ code: 'conflict' })
})

test('one press makes both runs that the gate asks for; of those that failed a new one each', async () => {
  const setupId = await createSetup(await createVersion(project, { number: 1 }))
  await createCases(project, 'test', 1)
  const { id } = await startTestRun(engineer, { setupId })
  const runs = () => db.run.findMany({ where: { setupId }, orderBy: { id: 'asc' } })
  const [first, second] = await runs()
  expect(first?.id).toBe(id)
  expect(second).toMatchObject({ pool: 'test', items: 1, contentHash: first?.contentHash })
  await db.run.update({ where: { id: second?.id ?? '' }, data: { status: 'failed' } })
  await startTestRun(engineer, { setupId })
  expect(await runs()).toHaveLength(3)
  await expect(startTestRun(engineer, { setupId })).rejects.toMatchObject({ code: 'conflict' })
})

test('a project whose gate asks for one run makes one', async () => {
  const manager = await createMember(project, 'manager')
  await changeGateRule(manager, { ...DEFAULT_RULE, twoRuns: false })
  const setupId = await createSetup(await createVersion(project, { number: 1 }))
  await createCases(project, 'test', 1)
  await startTestRun(engineer, { setupId })
  expect(await db.run.count({ where: { setupId } })).toBe(1)
  await expect(startTestRun(engineer, { setupId })).rejects.toMatchObject({ code: 'conflict' })
  // Asked for two now: the first one stays, and the second is made.
  await changeGateRule(manager, DEFAULT_RULE)
  await startTestRun(engineer, { setupId })
  expect(await db.run.count({ where: { setupId } })).toBe(2)
})

test.each([{ packSize: 5 }, { similarExamples: 3 }, { mode: 'batch' as const }, { variant: '{}' }])(
  'a set-up that departs from its version has no test run: %j',
  async (departing) => {
    const versionId = await createVersion(project, { number: 1 })
    const data = { id: newId(), projectId: project.id, versionId, ...departing }
    const { id: setupId } = await db.setup.create({ data })
    await createCases(project, 'test', 1)
    await expect(startTestRun(engineer, { setupId })).rejects.toMatchObject({
      ...{ code: 'conflict', message: expect.stringContaining('departs from it') },
    })
    expect(await db.run.count({ where: { setupId } })).toBe(0)
  },
)

test('a draft has no test run', async () => {
  const setupId = await createSetup(await createVersion(project))
  await createCases(project, 'test', 1)
  await expect(startTestRun(engineer, { setupId })).rejects.toThrow('Freeze the version first')
})
