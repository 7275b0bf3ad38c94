import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { labelRun } from '../labelling/jobs'
import { startRun } from '../starting/mutations'
import { type Moment, openCrossing } from '../testing/crossing'
import { createCases, createVersion } from '../testing/fixtures'
import { startBatchWorker, startBedrock, type TestBedrock } from '../testing/processes'
import { tendBatches } from './jobs'

/** More than are written in one transaction, so that fetching has a middle. */
const CASES = 1_100

let bedrock: TestBedrock
let project: TestProject
let engineer: Member
let versionId: string
beforeAll(async () => {
  bedrock = await startBedrock()
  await bedrock.setBatch({
    statusMs: { submitted: 50, validating: 50, scheduled: 50, stopping: 50 },
  })
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer')
  versionId = await createVersion(project)
  await createCases(project, 'dev', CASES)
})
afterAll(() => bedrock.close())
beforeEach(() => bedrock.setFaults({}))

async function start(): Promise<string> {
  const { id } = await startRun(engineer, { versionId, pool: 'dev', limit: null, mode: 'batch' })
  return id
}

/** Jobs that Bedrock has of the run's input. */
async function countJobs(runId: string): Promise<number> {
  const headers = { authorization: 'none' }
  const response = await fetch(`${bedrock.url}/model-invocation-jobs?maxResults=1000`, { headers })
  const { invocationJobSummaries: jobs } = (await response.json()) as {
    invocationJobSummaries: { inputDataConfig: { s3InputDataConfig: { s3Uri: string } } }[]
  }
  return jobs.filter((job) => job.inputDataConfig.s3InputDataConfig.s3Uri.includes(runId)).length
}

async function expectComplete(runId: string): Promise<void> {
  expect(await countJobs(runId)).toBe(1)
  const run = await db.run.findUniqueOrThrow({ where: { id: runId } })
  expect(run).toMatchObject({ status: 'done', done: CASES, failed: 0, doubtful: 0, calls: CASES })
  const suggestions = await db.suggestion.findMany({ where: { runId } })
  expect(suggestions).toHaveLength(CASES)
  expect(new Set(suggestions.map(({ caseId }) => caseId)).size).toBe(CASES)
  expect(await db.call.count({ where: { runId } })).toBe(CASES)
}

/** Labels a run with a worker that is killed at this request, and another after it. */
async function killAt(runId: string, method: string, path: RegExp, moment: Moment): Promise<void> {
  const caught = Promise.withResolvers<void>()
  const crossing = await openCrossing(bedrock.url, {
    ...{ method, path, moment },
    spring: () => caught.resolve(),
  })
  try {
    const worker = startBatchWorker(runId, crossing.url)
    await caught.promise
    if (moment === 'in the middle of the answer') {
      await expect
        .poll(() => db.suggestion.count({ where: { runId } }), { timeout: 20_000 })
        .toBeGreaterThan(0)
      expect(await db.suggestion.count({ where: { runId } })).toBeLessThan(CASES)
    }
    await worker.kill()
  } finally {
    crossing.close()
  }
  const next = startBatchWorker(runId, bedrock.url)
  expect(await next.ended()).toBe(0)
  await labelRun(runId, new AbortController().signal)
}

test.each<[string, string, RegExp, Moment]>([
  ['before the records are written', 'PUT', /_s3\/.*\.jsonl/, 'before it is sent on'],
  [
    'when they are written and it has not heard so',
    'PUT',
    /_s3\/.*\.jsonl/,
    'after it was answered',
  ],
  ['before the job is created', 'POST', /\/model-invocation-job$/, 'before it is sent on'],
  [
    'when it is created and its name not known',
    'POST',
    /\/model-invocation-job$/,
    'after it was answered',
  ],
  ['while it waits for the job', 'GET', /\/model-invocation-job\//, 'before it is sent on'],
  ['in the middle of the answers', 'GET', /_s3\/.*\.jsonl\.out/, 'in the middle of the answer'],
])(
  'a worker is killed %s: the next one goes on with the one job',
  async (_, method, path, moment) => {
    const runId = await start()
    await killAt(runId, method, path, moment)
    await expectComplete(runId)
  },
)

test('two workers at once make one job and write each answer once', async () => {
  const runId = await start()
  const workers = [startBatchWorker(runId, bedrock.url), startBatchWorker(runId, bedrock.url)]
  await Promise.all(workers.map((worker) => worker.ended()))
  for (let left: number | null = 0; left !== null; ) {
    left = await tendBatches(runId, new AbortController().signal)
  }
  await labelRun(runId, new AbortController().signal)
  await expectComplete(runId)
})
