import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { workOn } from '@/lib/platform/jobs'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { labelJob, resumeQuietRuns, resumeRuns } from './jobs'
import { startRun } from './starting/mutations'
import { createCases, createVersion } from './testing/fixtures'
import { startBedrock, type TestBedrock } from './testing/processes'

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

const until = (runId: string, status: string) =>
  expect
    .poll(async () => (await db.run.findUniqueOrThrow({ where: { id: runId } })).status, {
      timeout: 20_000,
    })
    .toBe(status)

async function start(count: number): Promise<string> {
  const versionId = await createVersion(project)
  await createCases(project, 'dev', count)
  return (await startRun(engineer, { versionId, pool: 'dev', limit: null })).id
}

test('a run that is started is labelled by the worker, without a word from anyone', async () => {
  const stop = await workOn([labelJob])
  const runId = await start(5)
  await until(runId, 'done')
  await stop()
})

test('a worker that ends in the middle leaves the run to the next one, which takes it up at once', async () => {
  const stopFirst = await workOn([labelJob])
  const runId = await start(200)
  await bedrock.setFaults({ latencyMs: { min: 40, max: 60 } })
  await until(runId, 'running')
  await stopFirst()
  await until(runId, 'running')
  expect(await db.runItem.count({ where: { runId, holder: { not: null } } })).toBe(0)
  const stopSecond = await workOn([labelJob])
  await resumeRuns()
  await until(runId, 'done')
  await stopSecond()
  expect(await db.suggestion.count({ where: { runId } })).toBe(200)
})

test('a run that nobody has in hand is taken up, one that is at work is left alone', async () => {
  const runId = await start(3)
  const busyId = await start(3)
  await db.$executeRaw`UPDATE pgboss.job SET state = 'failed' WHERE name = ${labelJob.name}`
  const longAgo = new Date(Date.now() - 3_600_000)
  await db.run.updateMany({ where: { id: { in: [runId, busyId] } }, data: { createdAt: longAgo } })
  const leaseUntil = new Date(Date.now() + 60_000)
  await db.runItem.updateMany({
    where: { runId: busyId },
    data: { holder: 'another worker', leaseUntil },
  })
  await resumeQuietRuns()
  const waiting = await db.$queryRaw<{ data: unknown }[]>`
    SELECT data FROM pgboss.job WHERE name = ${labelJob.name} AND state = 'created'`
  expect(waiting).toEqual([{ data: { runId } }])
})
