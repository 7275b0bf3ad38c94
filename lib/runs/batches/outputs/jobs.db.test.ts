import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { writeObject } from '@/lib/platform/s3'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { type Begun, beginRun } from '../../labelling/beginning/jobs'
import { startRun } from '../../starting/mutations'
import { createCases, createVersion } from '../../testing/fixtures'
import { startBedrock, type TestBedrock } from '../../testing/processes'
import { planBatches } from '../planning/mutations'
import { nameRecord } from '../rules'
import { fetchOutput } from './jobs'

/** More than are on their way to the database at once. */
const CASES = 1_700
const PLACE = {
  bucketUri: 's3://closecall-local/batch',
  roleArn: 'arn:aws:iam::000000000000:role/x',
}

let bedrock: TestBedrock
let project: TestProject
let engineer: Member
let versionId: string
beforeAll(async () => {
  bedrock = await startBedrock()
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer')
  versionId = await createVersion(project)
  await createCases(project, 'dev', CASES)
})
afterAll(() => bedrock.close())

const never = new AbortController().signal

/** A job of all cases whose output is these lines. */
async function answerWith(lines: readonly string[]) {
  const { id: runId } = await startRun(engineer, {
    ...{ versionId, pool: 'dev', limit: null, mode: 'batch' },
  })
  const begun = await beginRun(runId)
  if (!begun) throw new Error('The run did not begin.')
  await planBatches({ runId, place: PLACE, pack: begun.pack, shared: 1_000 })
  const job = await db.batchJob.findFirstOrThrow({ where: { runId } })
  async function* bytes() {
    yield Buffer.from(lines.map((line) => `${line}\n`).join(''))
  }
  await writeObject(`${job.outputUri}made/1.jsonl.out`, bytes(), never)
  return { runId, begun, job: { ...job, jobArn: 'arn:aws:bedrock:x:0:model-invocation-job/made' } }
}

const answer = (number: number, label = 'Billing') =>
  JSON.stringify({
    recordId: nameRecord(number),
    modelInput: {},
    modelOutput: {
      output: { message: { content: [{ text: `<classification>${label}</classification>` }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 100, outputTokens: 10 },
    },
  })

const numbers = Array.from({ length: CASES }, (_, number) => number)

async function expectOneEach(runId: string, begun: Begun): Promise<void> {
  const suggestions = await db.suggestion.findMany({ where: { runId } })
  expect(suggestions).toHaveLength(CASES)
  expect(new Set(suggestions.map(({ caseId }) => caseId)).size).toBe(CASES)
  const billing = begun.asking.categoryIds.get('billing')
  expect(suggestions.every(({ labelId }) => labelId !== null && labelId === billing)).toBe(true)
  const run = await db.run.findUniqueOrThrow({ where: { id: runId } })
  expect(run).toMatchObject({ done: CASES, failed: 0, calls: CASES, doubtful: 0 })
}

test('lines in any order, some twice, some of no record, bring one suggestion for each case', async () => {
  const lines = [
    ...numbers.toReversed().map((number) => answer(number)),
    ...numbers.map((number) => answer(number, 'Defect')),
    answer(CASES),
    'no JSON',
  ]
  const { runId, begun, job } = await answerWith(lines)
  await fetchOutput(begun, job, never)
  await expectOneEach(runId, begun)
})

test('two who bring in the same output at once, as after a lost connection, write each answer once', async () => {
  const { runId, begun, job } = await answerWith(numbers.map((number) => answer(number)))
  await Promise.all([fetchOutput(begun, job, never), fetchOutput(begun, job, never)])
  await expectOneEach(runId, begun)
})
