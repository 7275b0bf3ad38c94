import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { promptContent } from '@/lib/versions/rendering/schema'
import { rebuildRequest } from '../calls/rules'
import { resumeRun } from '../control/mutations'
import { getRun } from '../data'
import { labelRun } from '../labelling/jobs'
import { startRun } from '../starting/mutations'
import { createCases, createVersion } from '../testing/fixtures'
import { startBedrock, type TestBedrock } from '../testing/processes'

/** Requests that the model does not accept because of one of their cases. */
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

/** Nearly all the room that a case has in a window of 32,000 tokens. */
const LONG = 'My invoice shows a charge twice. '.repeat(2_500)

type Settings = { packSize?: number; callLimit?: number | null }

/** A run of ten short cases and a case with this text. */
async function start(text: string, { packSize = 1, callLimit = null }: Settings = {}) {
  const versionId = await createVersion(project)
  await db.version.update({ where: { id: versionId }, data: { packSize } })
  const caseId = await createCase(project, { pool: 'dev', text, rank: 0 })
  await createCases(project, 'dev', 10)
  const { id } = await startRun(engineer, { versionId, pool: 'dev', limit: null, callLimit })
  return { runId: id, caseId }
}

test.each([1, 5])(
  'a case that is too long for the model is asked again with half its text, in packs of %i',
  async (packSize) => {
    const { runId, caseId } = await start(LONG, { packSize })
    await bedrock.setFaults({ window: 15_000 })
    await label(runId)
    expect(await getRun(engineer, runId)).toMatchObject({ status: 'done', done: 11, failed: 0 })
    const [suggestion] = await db.suggestion.findMany({
      where: { runId, caseId },
      include: { call: true },
    })
    expect(suggestion).toMatchObject({ status: 'parsed', inputCut: true })
    const { content } = await db.run.findUniqueOrThrow({ where: { id: runId } })
    const { call } = suggestion ?? {}
    if (!call) throw new Error('no call')
    expect(rebuildRequest(promptContent.parse(content), call).exact).toBe(true)
  },
)

test.each([1, 5])(
  'one that is too long even so is given up alone, in packs of %i',
  async (packSize) => {
    const { runId, caseId } = await start(LONG, { packSize })
    await bedrock.setFaults({ window: 9_000 })
    await label(runId)
    const run = await getRun(engineer, runId)
    expect(run).toMatchObject({ status: 'done', done: 10, failed: 1 })
    expect(run.failures).toEqual([
      { message: 'ValidationException: Input is too long for requested model.', cases: 1 },
    ])
    const failed = await db.suggestion.findMany({ where: { runId, status: 'failed' } })
    expect(failed.map((one) => one.caseId)).toEqual([caseId])
  },
)

test('a case that is refused where others were answered is given up alone', async () => {
  const { runId } = await start('Nothing of this kind.', { callLimit: 5 })
  await label(runId)
  expect(await getRun(engineer, runId)).toMatchObject({ status: 'paused', done: 5, failed: 0 })
  const { case: one } = await db.runItem.findFirstOrThrow({
    where: { runId, status: 'waiting' },
    select: { case: { select: { id: true, subject: true } } },
  })
  await bedrock.setFaults({ refusedText: one.subject })
  // Another worker goes on, which has had no answer itself.
  await db.run.update({ where: { id: runId }, data: { mostInFlight: 1 } })
  await resumeRun(engineer, runId, { callLimit: null })
  await label(runId)
  const run = await getRun(engineer, runId)
  expect(run).toMatchObject({ status: 'done', done: 10, failed: 1 })
  expect(run.failures[0]?.message).toContain('ValidationException')
  const failed = await db.suggestion.findMany({ where: { runId, status: 'failed' } })
  expect(failed.map(({ caseId }) => caseId)).toEqual([one.id])
})

test('a model that refuses every request stops the run, and no case is given up', async () => {
  const { runId } = await start('Nothing of this kind.')
  await bedrock.setFaults({ errorRate: { ValidationException: 1 } })
  await label(runId)
  expect(await getRun(engineer, runId)).toMatchObject({ status: 'failed', done: 0, failed: 0 })
})
