import { beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createFinishedRun } from '@/lib/platform/testing/versions'
import { createCases, createVersion } from '@/lib/runs/testing/fixtures'
import { getPromptContent } from '@/lib/versions/data'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { mayLabelReleased } from '@/lib/versions/releases/policy'
import { findOrMakeSetup } from '../pinning/mutations'
import { startRun } from '../starting/mutations'
import { getPoolLabelling } from './data'
import { followRelease, labelExamplePool, stopFormerLabelling } from './mutations'

let project: TestProject
let manager: Member
let v1: string
let setupId: string

beforeEach(async () => {
  project = await createProject()
  manager = await createMember(project, 'manager', 'Mia')
  v1 = await createVersion(project, { number: 1 })
  setupId = await findOrMakeSetup(project.id, v1)
})

const release = () => db.release.create({ data: { id: newId(), projectId: project.id, setupId } })

/** A finished run of v1 that gave these cases an answer. */
async function label(ids: string[], pool: 'example' | 'dev' = 'example'): Promise<string> {
  const content = await getPromptContent(project.id, v1)
  return createFinishedRun(project, setupId, {
    ...{ pool, content, contentHash: contentHash(content) },
    answers: Object.fromEntries(ids.map((id) => [id, project.categories.Billing])),
  })
}

const itemsOf = async (runId: string | null) => {
  const items = await db.runItem.findMany({ where: { runId: runId ?? '' } })
  return items.map(({ caseId }) => caseId).sort()
}

test('the released version labels what it has not labelled yet of the example pool', async () => {
  const cases = await createCases(project, 'example', 5)
  await createCases(project, 'dev', 2)
  await createCase(project, { pool: null })
  await label(cases.slice(0, 2))
  await release()
  expect(await getPoolLabelling(manager, '1')).toMatchObject({
    ...{ cases: 5, unlabelled: 3, cost: 0, standIn: true, obstacle: null, run: null },
  })
  const { runId, problem } = await labelExamplePool(manager, '1')
  expect(problem).toBeNull()
  expect(await itemsOf(runId)).toEqual(cases.slice(2).sort())
  expect(await db.run.findUniqueOrThrow({ where: { id: runId ?? '' } })).toMatchObject({
    ...{ items: 3, pool: 'example', onlyUnlabelled: true, createdById: manager.userId },
  })
  expect((await getPoolLabelling(manager, '1')).run).toMatchObject({ id: runId, items: 3 })
})

test('asking twice, or two at once, starts one run', async () => {
  await createCases(project, 'example', 3)
  await release()
  const runs = await Promise.all([labelExamplePool(manager, '1'), labelExamplePool(manager, '1')])
  expect(new Set(runs.map(({ runId }) => runId)).size).toBe(1)
  expect(await db.run.count({ where: { setupId } })).toBe(1)
})

test('a version that comes back has nothing to do where it labelled all of it before', async () => {
  await label(await createCases(project, 'example', 3))
  await release()
  expect(await labelExamplePool(manager, '1')).toEqual({ runId: null, problem: null })
  expect((await getPoolLabelling(manager, '1')).unlabelled).toBe(0)
})

test('cases whose call failed are taken again', async () => {
  const [failed = '', done = ''] = await createCases(project, 'example', 2)
  const runId = await label([done])
  await db.suggestion.create({ data: { id: newId(), runId, caseId: failed, status: 'failed' } })
  await release()
  expect(await itemsOf((await labelExamplePool(manager, '1')).runId)).toEqual([failed])
})

test('only what is released may be let loose this way; the release stands whatever comes of it', async () => {
  await createCases(project, 'example', 2)
  await expect(labelExamplePool(manager, '1')).rejects.toMatchObject({ code: 'conflict' })
  expect(await followRelease(manager, { version: '1', label: true })).toMatchObject({
    ...{ runId: null, problem: expect.stringContaining('not released') },
  })
  expect(await db.run.count({ where: { setupId } })).toBe(0)
})

test('what breaks after a release is told of, and the release is not reported as failed', async () => {
  await createCases(project, 'example', 2)
  await release()
  // The run cannot be written in the name of what is no id.
  const nobody = { ...manager, userId: 'no id' }
  expect(await followRelease(nobody, { version: '1', label: true })).toMatchObject({
    ...{ runId: null, problem: expect.stringContaining('is not being labelled, because of a') },
  })
  const nowhere = { ...manager, projectId: 'no id' }
  expect(await followRelease(nowhere, { version: '1', label: false })).toMatchObject({
    problem: expect.stringContaining('goes on labelling, because of a problem on our side'),
  })
  const { runId, problem } = await followRelease(manager, { version: '1', label: true })
  expect(problem).toBeNull()
  expect(await itemsOf(runId)).toHaveLength(2)
})

test('a release that is taken back stops what it started, and no other run', async () => {
  await createCases(project, 'example', 2)
  await release()
  const { runId } = await labelExamplePool(manager, '1')
  await stopFormerLabelling(manager)
  const status = async () => (await db.run.findUniqueOrThrow({ where: { id: runId ?? '' } })).status
  expect(await status()).toBe('queued')
  const other = await startRun(manager, { versionId: v1, pool: 'example' })
  await db.release.updateMany({ where: { projectId: project.id }, data: { endedAt: new Date() } })
  await stopFormerLabelling(manager)
  expect(await status()).toBe('stopping')
  expect(await db.run.findUniqueOrThrow({ where: { id: other.id } })).toMatchObject({
    status: 'queued',
  })
})

test('whoever may release may label with what is released', () => {
  const roles = (['reviewer', 'prompt_engineer', 'manager'] as const).filter((role) =>
    mayLabelReleased({ role, isAdmin: false }),
  )
  expect(roles).toEqual(['prompt_engineer', 'manager'])
})
