import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { readLines } from '@/lib/platform/lines'
import { readObject } from '@/lib/platform/s3'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { promptContent } from '@/lib/versions/rendering/schema'
import { rebuildRequest } from '../calls/rules'
import { resumeRun, stopRun } from '../control/mutations'
import { getRun } from '../data'
import { labelRun } from '../labelling/jobs'
import { startRun } from '../starting/mutations'
import { createCases, createVersion } from '../testing/fixtures'
import { startBedrock, type TestBedrock } from '../testing/processes'
import { tendBatches } from './jobs'
import { askRestOnDemand } from './mutations'

let bedrock: TestBedrock
let project: TestProject
let engineer: Member
beforeAll(async () => {
  process.env.CLOSECALL_BATCH_LEAST = '20'
  process.env.CLOSECALL_BATCH_MOST = '50'
  bedrock = await startBedrock()
})
afterAll(() => bedrock.close())

const PRICE = {
  ...{ input: 1_000_000, output: 5_000_000, cacheWrite: 1_250_000, cacheRead: 100_000 },
  ...{ batchShare: 0.5, date: '2026-11-28', own: true, mending: null },
}
const QUICK = {
  statusMs: { submitted: 20, validating: 20, scheduled: 20, stopping: 20 },
  minimumRecords: 20,
}
beforeEach(async () => {
  await bedrock.setFaults({})
  await bedrock.setBatch(QUICK)
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer')
})

const never = new AbortController().signal

async function start(cases: number, packSize = 1): Promise<string> {
  const versionId = await createVersion(project)
  await db.version.update({ where: { id: versionId }, data: { packSize } })
  await createCases(project, 'dev', cases)
  const { id } = await startRun(engineer, { versionId, pool: 'dev', limit: null, mode: 'batch' })
  return id
}

/** As workers do it, one visit after the other, until batch jobs have nothing more to do. */
async function tend(runId: string): Promise<void> {
  while ((await tendBatches(runId, never)) !== null);
}

async function finish(runId: string): Promise<void> {
  await tend(runId)
  await labelRun(runId, never, 4_000)
}

const listJobs = (runId: string) =>
  db.batchJob.findMany({ where: { runId }, orderBy: { part: 'asc' } })

async function expectComplete(runId: string, items: number): Promise<void> {
  const run = await db.run.findUniqueOrThrow({ where: { id: runId } })
  expect(run).toMatchObject({ status: 'done', items, doubtful: 0 })
  const suggestions = await db.suggestion.findMany({ where: { runId } })
  expect(new Set(suggestions.map(({ caseId }) => caseId)).size).toBe(items)
  expect(suggestions).toHaveLength(items)
  expect(await db.runItem.count({ where: { runId, status: 'waiting' } })).toBe(0)
  expect(run.calls).toBe(await db.call.count({ where: { runId } }))
}

async function readFile(uri: string): Promise<string[]> {
  const lines: string[] = []
  for await (const line of readLines(await readObject(uri))) lines.push(line)
  return lines
}

test('a batch run labels every case at half the price, split into jobs of nearly one size', async () => {
  const runId = await start(120)
  await db.run.update({ where: { id: runId }, data: { price: PRICE } })
  await finish(runId)
  await expectComplete(runId, 120)
  const jobs = await listJobs(runId)
  expect(jobs.map(({ records, status }) => [records, status])).toEqual([
    [40, 'completed'],
    [40, 'completed'],
    [40, 'completed'],
  ])
  for (const job of jobs) {
    expect(job).toMatchObject({ processed: 40, succeeded: 40, failed: 0, errors: [] })
    expect(job.jobArn).toMatch(/^arn:/)
    expect(job.fetchedAt).not.toBeNull()
    const lines = await readFile(job.inputUri)
    expect(lines).toHaveLength(40)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      recordId: expect.stringMatching(/^R\d{10}$/),
      modelInput: { inferenceConfig: { maxTokens: 512 } },
    })
  }
  const run = await db.run.findUniqueOrThrow({ where: { id: runId } })
  const calls = await db.call.findMany({ where: { runId }, include: { cases: true } })
  expect(calls).toHaveLength(120)
  for (const call of calls) {
    expect(call).toMatchObject({ batch: true, status: 'ok', cases: [{ reading: 'parsed' }] })
    expect(Number(call.cost)).toBe(Math.round((call.inputTokens + 5 * call.outputTokens) / 2))
    expect(rebuildRequest(promptContent.parse(run.content), call).exact).toBe(true)
  }
  expect(run.cost).toBe(calls.reduce((sum, { cost }) => sum + cost, 0n))
  expect(run.batchStage).toBe('rest')
})

test('a batch run says of every case what a run on demand says', async () => {
  const runId = await start(60, 5)
  await db.project.findUniqueOrThrow({ where: { id: project.id } })
  const { setup } = await db.run.findUniqueOrThrow({
    where: { id: runId },
    include: { setup: true },
  })
  process.env.CLOSECALL_BATCH_LEAST = '1'
  await bedrock.setBatch({ ...QUICK, minimumRecords: 1 })
  await finish(runId)
  await expectComplete(runId, 60)
  const { id } = await startRun(engineer, { versionId: setup.versionId, pool: 'dev', limit: null })
  await labelRun(id, never, 4_000)
  const said = async (of: string) =>
    db.suggestion.findMany({
      where: { runId: of },
      orderBy: { caseId: 'asc' },
      select: { caseId: true, explanation: true, evidence: true, status: true },
    })
  expect((await said(runId)).map(({ caseId }) => caseId)).toEqual(
    (await said(id)).map(({ caseId }) => caseId),
  )
  expect((await said(runId)).every(({ status }) => status === 'parsed')).toBe(true)
})

test('too few cases for a batch job are asked on demand, and the run says so', async () => {
  const runId = await start(12)
  await finish(runId)
  await expectComplete(runId, 12)
  const run = await getRun(engineer, runId)
  expect(run).toMatchObject({ mode: 'batch', batchStage: 'too_few', batchJobs: [] })
  expect(await db.call.count({ where: { runId, batch: true } })).toBe(0)
  expect(await db.batchRecord.count({ where: { runId } })).toBe(0)
})

test('records that fail are counted by cause, and asked again on demand', async () => {
  const runId = await start(50)
  await bedrock.setBatch({ ...QUICK, recordErrorRate: 0.1 })
  await tend(runId)
  const [job] = await listJobs(runId)
  const failed = job?.failed ?? 0
  expect(failed).toBeGreaterThan(0)
  expect(await db.suggestion.count({ where: { runId } })).toBe(50 - failed)
  const { batchJobs } = await getRun(engineer, runId)
  const causes = batchJobs[0]?.errors ?? []
  expect(causes.reduce((sum, { records }) => sum + records, 0)).toBe(failed)
  expect(causes[0]?.cause).toMatch(/^\d{3}: /)
  const run = await db.run.findUniqueOrThrow({ where: { id: runId } })
  if (run.status === 'paused') await askRestOnDemand(engineer, runId)
  await labelRun(runId, never, 4_000)
  await expectComplete(runId, 50)
  expect(await db.call.count({ where: { runId, batch: false } })).toBe(failed)
})

test('what a pack left out is asked again on demand, and nothing else', async () => {
  const runId = await start(250, 10)
  await bedrock.setFaults({ packFaultRate: 0.5, packFaultKinds: ['missing'] })
  await tend(runId)
  const left = await db.runItem.count({ where: { runId, status: 'waiting' } })
  expect(left).toBeGreaterThan(0)
  const absent = await db.callCase.count({ where: { call: { runId }, reading: 'absent' } })
  expect(left).toBe(absent)
  await bedrock.setFaults({})
  await labelRun(runId, never, 4_000)
  await expectComplete(runId, 250)
})

test('a job that ends before its time leaves the rest to a choice', async () => {
  const runId = await start(50)
  await bedrock.setBatch({ ...QUICK, partialShare: 0.4 })
  await tend(runId)
  expect((await listJobs(runId)).map(({ status }) => status)).toEqual(['partially_completed'])
  const run = await getRun(engineer, runId)
  expect(run).toMatchObject({ status: 'paused', done: 20, batchStage: 'jobs' })
  expect(run.message).toContain('30 cases')
  await labelRun(runId, never, 4_000)
  expect(await db.suggestion.count({ where: { runId } })).toBe(20)
  await askRestOnDemand(engineer, runId)
  await askRestOnDemand(engineer, runId)
  await labelRun(runId, never, 4_000)
  await expectComplete(runId, 50)
})

test('a job that fails leaves everything to a choice, and stop keeps the run as it is', async () => {
  const runId = await start(30)
  await bedrock.setBatch({ ...QUICK, failMessage: 'The model is having a rest.' })
  await tend(runId)
  const run = await getRun(engineer, runId)
  expect(run).toMatchObject({ status: 'paused', done: 0 })
  expect(run.batchJobs[0]).toMatchObject({
    status: 'failed',
    message: 'The model is having a rest.',
    errors: [{ cause: 'Not asked.', records: 30 }],
  })
  await stopRun(engineer, runId)
  await tend(runId)
  expect(await getRun(engineer, runId)).toMatchObject({ status: 'stopped', done: 0 })
})

test('a job that expires in the queue leaves everything to a choice', async () => {
  const runId = await start(30)
  await bedrock.setBatch({ ...QUICK, statusMs: { ...QUICK.statusMs, scheduled: 100_000_000 } })
  const tending = tend(runId)
  await expect.poll(async () => (await listJobs(runId))[0]?.status).toBe('scheduled')
  await bedrock.putForward(25 * 3_600_000)
  await tending
  expect((await listJobs(runId))[0]?.status).toBe('expired')
  expect((await getRun(engineer, runId)).status).toBe('paused')
})

test('stop stops the job at Bedrock, and what it had done is kept', async () => {
  const runId = await start(50)
  await bedrock.setBatch({ ...QUICK, recordsPerSecond: 40 })
  const tending = tend(runId)
  await expect
    .poll(async () => (await listJobs(runId))[0]?.processed ?? 0, { timeout: 10_000 })
    .toBeGreaterThan(5)
  await stopRun(engineer, runId)
  await tending
  const [job] = await listJobs(runId)
  expect(job?.status).toBe('stopped')
  const run = await getRun(engineer, runId)
  expect(run).toMatchObject({ status: 'stopped', message: 'Stopped by Pat.' })
  expect(run.done).toBe(job?.processed)
  expect(run.done).toBeGreaterThan(0)
  expect(run.done).toBeLessThan(50)
})

/** A run whose batch job is at work, and then unknown to Bedrock. */
async function startForgotten(): Promise<string> {
  const runId = await start(50)
  await bedrock.setBatch({ ...QUICK, statusMs: { ...QUICK.statusMs, scheduled: 100_000_000 } })
  const first = new AbortController()
  const tending = tendBatches(runId, first.signal).catch(() => undefined)
  await expect.poll(async () => (await listJobs(runId))[0]?.status).toBe('scheduled')
  first.abort()
  await tending
  const jobArn = 'arn:aws:bedrock:local:000000000000:model-invocation-job/forgotten'
  await db.batchJob.updateMany({ where: { runId }, data: { jobArn } })
  return runId
}

test('a job that Bedrock no longer knows leaves everything to a choice', async () => {
  const runId = await startForgotten()
  await tend(runId)
  const [job] = await listJobs(runId)
  expect(job).toMatchObject({ status: 'failed', message: expect.stringContaining('no longer') })
  expect((await getRun(engineer, runId)).status).toBe('paused')
  await askRestOnDemand(engineer, runId)
  await labelRun(runId, never, 4_000)
  await expectComplete(runId, 50)
})

test('a run whose job Bedrock no longer knows can be stopped', async () => {
  const runId = await startForgotten()
  await stopRun(engineer, runId)
  await tend(runId)
  expect((await getRun(engineer, runId)).status).toBe('stopped')
})

test('a run that is stopped before its job was made makes none', async () => {
  const runId = await start(50)
  await stopRun(engineer, runId)
  await tend(runId)
  expect((await getRun(engineer, runId)).status).toBe('stopped')
  expect(await listJobs(runId)).toEqual([])
})

test('a batch job that would pass a limit waits for the others, then the run pauses and can go on', async () => {
  const runId = await start(120)
  const run = { where: { id: runId } }
  await db.run.update({ ...run, data: { price: PRICE, callLimit: 60 } })
  await tend(runId)
  expect(await getRun(engineer, runId)).toMatchObject({
    ...{ status: 'paused', calls: 40, done: 40 },
    message:
      'Paused: its next batch job would make more calls than it may. Allow 80, and it goes on.',
  })
  await resumeRun(engineer, runId, { callLimit: 1_000, costLimit: 1 }).catch(() => undefined)
  expect((await getRun(engineer, runId)).status).toBe('paused')
  const { cost } = await getRun(engineer, runId)
  await resumeRun(engineer, runId, { callLimit: 1_000, costLimit: (cost ?? 0) + 1 })
  await tend(runId)
  const paused = await getRun(engineer, runId)
  expect(paused).toMatchObject({ status: 'paused', calls: 40 })
  expect(paused.message).toMatch(
    /its next batch job would pass its budget\. Raise the budget to \$\d/,
  )
  expect((await listJobs(runId)).filter(({ jobArn }) => jobArn !== null)).toHaveLength(1)
  await resumeRun(engineer, runId, { costLimit: 1_000_000_000 })
  await finish(runId)
  await expectComplete(runId, 120)
})

test('a stop that comes while the records are written makes no job', async () => {
  const runId = await start(50)
  const first = new AbortController()
  await bedrock.setBatch({ ...QUICK, mostJobs: 0 })
  const refused = tendBatches(runId, first.signal).catch(() => undefined)
  await expect.poll(async () => (await listJobs(runId))[0]?.message).toContain('allowed')
  first.abort()
  await refused
  await bedrock.setBatch(QUICK)
  const stopped = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<void>()
  await db.batchJob.updateMany({ where: { runId }, data: { uploadedAt: null } })
  // It is written, and what says so hangs.
  const locking = db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "BatchJob" WHERE "runId" = ${runId}::uuid FOR UPDATE`
    locked.resolve()
    await stopped.promise
  })
  await locked.promise
  const tending = tend(runId)
  await expect
    .poll(
      () => db.$queryRaw`
        SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    .toHaveLength(1)
  await stopRun(engineer, runId)
  stopped.resolve()
  await locking
  await tending
  expect((await getRun(engineer, runId)).status).toBe('stopped')
  expect((await listJobs(runId))[0]).toMatchObject({ status: 'stopped', jobArn: null })
})

test('whoever stops a run does not wait for its records to be planned', async () => {
  const runId = await start(50)
  const stopped = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<void>()
  const locking = db.$transaction(async (tx) => {
    await tx.$executeRaw`LOCK TABLE "BatchRecord" IN SHARE MODE`
    locked.resolve()
    await stopped.promise
  })
  await locked.promise
  const tending = tend(runId)
  await expect
    .poll(
      () => db.$queryRaw`
      SELECT mode FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
      WHERE c.relname = 'BatchRecord' AND NOT l.granted`,
    )
    .toHaveLength(1)
  await stopRun(engineer, runId)
  stopped.resolve()
  await locking
  await tending
  expect(await getRun(engineer, runId)).toMatchObject({ status: 'stopped', calls: 0 })
})

test('where Bedrock refuses the job the run fails with what to do, and goes on once that is done', async () => {
  const runId = await start(50)
  await db.run.update({ where: { id: runId }, data: { modelId: 'closecall.unknown' } })
  await tend(runId)
  const run = await getRun(engineer, runId)
  expect(run.status).toBe('failed')
  expect(run.message).toContain('Creating the batch job did not work')
  expect(run.message).toContain('run it on demand')
  await db.run.update({ where: { id: runId }, data: { modelId: 'closecall.lexical-v1' } })
  await resumeRun(engineer, runId, {})
  await finish(runId)
  await expectComplete(runId, 50)
  expect((await listJobs(runId)).map(({ status }) => status)).toEqual(['completed'])
})

test('where there is no place for another job it waits, and says why', async () => {
  const runId = await start(50)
  await bedrock.setBatch({ ...QUICK, mostJobs: 0 })
  const tending = tend(runId)
  await expect
    .poll(async () => (await listJobs(runId))[0]?.message, { timeout: 10_000 })
    .toContain('the most that are allowed')
  expect((await listJobs(runId))[0]?.status).toBe('waiting')
  await bedrock.setBatch(QUICK)
  await tending
  await labelRun(runId, never, 4_000)
  await expectComplete(runId, 50)
})
