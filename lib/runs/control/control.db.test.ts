import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { claimItems, releaseItems } from '../claims/mutations'
import { getRun } from '../data'
import { labelRun } from '../labelling/jobs'
import { findOrMakeSetup } from '../pinning/mutations'
import { startRun } from '../starting/mutations'
import { startTestRun } from '../test-runs/mutations'
import { createCases, createVersion } from '../testing/fixtures'
import { startBedrock, type TestBedrock } from '../testing/processes'
import { pauseRun, resumeRun, stopRun } from './mutations'

const never = new AbortController().signal

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

const fail = async (runId: string) => {
  await bedrock.setFaults({ errorRate: { AccessDeniedException: 1 } })
  await labelRun(runId, never)
  await bedrock.setFaults({})
  expect((await getRun(engineer, runId)).status).toBe('failed')
}

test('a run that was refused goes on once somebody has allowed it, with what it had', async () => {
  const versionId = await createVersion(project)
  await createCases(project, 'dev', 20)
  const { id } = await startRun(engineer, { versionId, pool: 'dev', callLimit: 8 })
  await labelRun(id, never)
  expect(await getRun(engineer, id)).toMatchObject({ status: 'paused', done: 8 })
  await resumeRun(engineer, id, { callLimit: null })
  await fail(id)
  await resumeRun(engineer, id, {})
  expect(await getRun(engineer, id)).toMatchObject({ status: 'queued', message: null })
  await labelRun(id, never)
  const run = await getRun(engineer, id)
  expect(run).toMatchObject({ status: 'done', done: 20, failed: 0 })
  expect(await db.call.count({ where: { runId: id, status: 'ok' } })).toBe(20)
  const resumed = { subjectId: id, action: 'run.resumed' }
  expect(await db.auditEvent.count({ where: resumed })).toBe(2)
  // Pressed twice, or by two people.
  await resumeRun(engineer, id, {})
  expect((await getRun(engineer, id)).status).toBe('done')
})

test('a limit that is just enough lets a run come to its end', async () => {
  const versionId = await createVersion(project)
  await createCases(project, 'dev', 12)
  const { id } = await startRun(engineer, { versionId, pool: 'dev', callLimit: 12 })
  await labelRun(id, never)
  expect(await getRun(engineer, id)).toMatchObject({ status: 'done', done: 12, calls: 12 })
})

test('one that has nothing left to ask does not', async () => {
  const versionId = await createVersion(project)
  await createCases(project, 'dev', 2)
  const { id } = await startRun(engineer, { versionId, pool: 'dev' })
  await labelRun(id, never)
  await db.run.update({ where: { id }, data: { status: 'failed' } })
  await expect(resumeRun(engineer, id, {})).rejects.toThrow('nothing left')
})

test('a test run goes on unless another one was made in its place', async () => {
  const versionId = await createVersion(project, { number: 1 })
  await createCases(project, 'test', 3)
  const setupId = await findOrMakeSetup(project.id, versionId)
  const { id } = await startTestRun(engineer, { setupId })
  await fail(id)
  await resumeRun(engineer, id, {})
  expect((await getRun(engineer, id)).status).toBe('queued')
  await fail(id)
  await startTestRun(engineer, { setupId })
  await expect(resumeRun(engineer, id, {})).rejects.toMatchObject({ code: 'conflict' })
  expect((await getRun(engineer, id)).status).toBe('failed')
})

test('someone of another project can’t go on with it', async () => {
  const versionId = await createVersion(project)
  await createCases(project, 'dev', 2)
  const { id } = await startRun(engineer, { versionId, pool: 'dev' })
  await fail(id)
  const stranger = await createMember(await createProject(), 'prompt_engineer')
  await expect(resumeRun(stranger, id, {})).rejects.toMatchObject({ code: 'not_found' })
})

test('a run that no worker has in hand ends at once when it is stopped, and keeps what it had', async () => {
  const versionId = await createVersion(project)
  await createCases(project, 'dev', 6)
  const { id: queued } = await startRun(engineer, { versionId, pool: 'dev' })
  const { id: paused } = await startRun(engineer, { versionId, pool: 'dev', callLimit: 2 })
  await labelRun(paused, never)
  for (const [id, done] of [
    [queued, 0],
    [paused, 2],
  ] as const) {
    await stopRun(engineer, id)
    await stopRun(engineer, id)
    const run = await getRun(engineer, id)
    expect(run).toMatchObject({ status: 'stopped', message: 'Stopped by Pat.', done })
    expect(run.finishedAt).not.toBeNull()
    const stopped = { subjectId: id, action: 'run.stopped' }
    expect(await db.auditEvent.count({ where: stopped })).toBe(1)
  }
})

test('a paused run says as long as calls on their way are being finished', async () => {
  const versionId = await createVersion(project)
  await createCases(project, 'dev', 2)
  const { id } = await startRun(engineer, { versionId, pool: 'dev' })
  const claim = { runId: id, holder: 'worker', leaseMs: 60_000 }
  expect(await claimItems(claim, 1)).toHaveLength(1)
  await db.run.update({ where: { id }, data: { status: 'running' } })
  expect((await getRun(engineer, id)).finishing).toBe(false)
  await pauseRun(engineer, id)
  expect((await getRun(engineer, id)).finishing).toBe(true)
  await releaseItems(id, 'worker')
  expect((await getRun(engineer, id)).finishing).toBe(false)
})

test('one that a worker has in hand is left to that one', async () => {
  const versionId = await createVersion(project)
  await createCases(project, 'dev', 2)
  const { id } = await startRun(engineer, { versionId, pool: 'dev' })
  await db.run.update({ where: { id }, data: { status: 'running' } })
  await stopRun(engineer, id)
  expect((await getRun(engineer, id)).status).toBe('stopping')
})
