import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { listRuns } from '../data'
import { plainGrid } from '../experiments/forms/rules'
import { goThroughExperiment } from '../experiments/jobs'
import { archiveExperiment } from '../experiments/keeping/mutations'
import { startExperiment } from '../experiments/mutations'
import { labelRun } from '../labelling/jobs'
import { setPrice } from '../prices/mutations'
import { startRun } from '../starting/mutations'
import { createCases, createVersion } from '../testing/fixtures'
import { startBedrock, type TestBedrock } from '../testing/processes'
import { getSpending } from './data'

let bedrock: TestBedrock
let project: TestProject
let engineer: Member
beforeAll(async () => {
  bedrock = await startBedrock()
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer')
})
afterAll(() => bedrock.close())

const never = new AbortController().signal
const costs = async () => {
  const { total, parts } = await getSpending(engineer)
  return { total, ...Object.fromEntries(parts.map((part) => [part.for, part.cost])) }
}

test('what was spent is told by what for, with what was deleted, and without the other kind of model', async () => {
  expect(await getSpending(engineer)).toEqual({ standIn: true, total: 0, parts: [] })
  await setPrice(await createMember(project, 'manager'), {
    modelId: 'closecall.lexical-v1',
    price: {
      ...{ input: 3e6, output: 15e6, cacheWrite: 3_750_000, cacheRead: 300_000, batchPercent: 50 },
    },
  })
  const versionId = await createVersion(project)
  await createCases(project, 'dev', 4)
  const { id } = await startRun(engineer, { versionId, pool: 'dev', limit: null })
  await labelRun(id, never, 4_000)
  const [run] = await listRuns(engineer)
  expect(run).toMatchObject({ mode: 'on_demand', cost: expect.any(Number) })
  expect(run?.cost).toBeGreaterThan(0)
  expect(await costs()).toEqual({ total: run?.cost, runs: run?.cost })

  const experiment = await startExperiment(engineer, {
    ...{ name: 'One', pool: 'dev', limit: 4, repeats: 1, rule: { kind: 'most_accurate' } },
    grid: plainGrid([versionId]),
  })
  await goThroughExperiment(experiment.id, never, 4_000)
  const tried = await costs()
  expect(tried).toEqual({
    ...{ total: (run?.cost ?? 0) * 2, runs: run?.cost, experiments: run?.cost },
  })
  await archiveExperiment(engineer, experiment.id)
  expect(await costs()).toEqual(tried)

  // As from before it was switched to the stand-in.
  await db.run.update({ where: { id }, data: { standIn: false } })
  expect(await costs()).toEqual({ total: run?.cost, experiments: run?.cost })
  expect((await getSpending(await createMember(await createProject(), 'manager'))).parts).toEqual(
    [],
  )
})
