import { beforeEach, expect, test, vi } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { pauseRun, resumeRun } from '../control/mutations'
import { getRun, listRuns } from '../data'
import { estimateRun } from '../estimates/data'
import { startRun } from '../starting/mutations'
import { createCases, createVersion } from '../testing/fixtures'
import { getPricesView } from './data'
import { setPrice } from './mutations'

// With Bedrock itself, which is never called here: runs are started, and no worker takes them up.
vi.hoisted(() => {
  process.env.CLOSECALL_BEDROCK = 'aws'
})

const UNKNOWN = 'acme.unheard-of-v1'
const SET = {
  ...{ input: 1_000_000, output: 5_000_000, cacheWrite: 1_250_000, cacheRead: 100_000 },
  batchPercent: 50,
}

let project: TestProject
let engineer: Member
let manager: Member
let versionId: string
beforeEach(async () => {
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer')
  manager = await createMember(project, 'manager')
  versionId = await createVersion(project, { modelId: UNKNOWN })
  await createCases(project, 'dev', 2)
})

const start = (costLimit: number | null) =>
  startRun(engineer, { versionId, pool: 'dev', limit: null, costLimit })

test('without a price no cost is told, and no budget taken that could stop nothing', async () => {
  const choice = { versionId, pool: 'dev', limit: null } as const
  expect(await estimateRun(engineer, choice)).toMatchObject({ cost: null, priced: null })
  await expect(start(5_000_000)).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining(`The price of ${UNKNOWN} is not known`),
  })
  const { id } = await start(null)
  expect(await getRun(engineer, id)).toMatchObject({ cost: null, priced: null, standIn: false })
  expect(await getPricesView(engineer)).toMatchObject({ models: [{ price: null, listed: null }] })
})

test('a price that is set afterwards counts for new runs; the former stay without', async () => {
  const { id: before } = await start(null)
  await setPrice(manager, { modelId: UNKNOWN, price: SET })
  const { id: after } = await start(5_000_000)
  const costs = new Map((await listRuns(engineer)).map(({ id, cost }) => [id, cost]))
  expect([costs.get(before), costs.get(after)]).toEqual([null, 0])
  await pauseRun(engineer, before)
  await expect(resumeRun(engineer, before, { costLimit: 5_000_000 })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('was not known when this run was made'),
  })
  await resumeRun(engineer, before, { callLimit: 10 })
})

test('the model that mends answers needs a price too', async () => {
  await setPrice(manager, { modelId: UNKNOWN, price: SET })
  const model = { modelId: UNKNOWN, maxTokens: 512, temperature: 0, mendModelId: 'acme.mender-v1' }
  await db.version.update({ where: { id: versionId }, data: { model } })
  await expect(start(5_000_000)).rejects.toMatchObject({
    message: expect.stringContaining('The price of acme.mender-v1 is not known'),
  })
  await setPrice(manager, { modelId: 'acme.mender-v1', price: { ...SET, input: 2_000_000 } })
  const { id } = await start(5_000_000)
  const { price } = await db.run.findUniqueOrThrow({ where: { id } })
  expect(price).toMatchObject({ input: 1_000_000, mending: { input: 2_000_000 } })
})
