import { beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { stopRun } from '../control/mutations'
import { createCases, createExample, createVersion } from '../testing/fixtures'
import { startRun } from './mutations'

let project: TestProject
let engineer: Member
beforeEach(async () => {
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer')
})

const readItems = (runId: string) =>
  db.runItem.findMany({ where: { runId }, orderBy: { position: 'asc' } })

test('a run takes the first cases of its pool by random rank', async () => {
  const versionId = await createVersion(project)
  const ids = await createCases(project, 'dev', 5)
  await createCases(project, 'example', 2)
  const { id } = await startRun(engineer, { versionId, pool: 'dev', limit: 3 })
  expect((await readItems(id)).map(({ caseId }) => caseId)).toEqual(ids.slice(0, 3))
  const run = await db.run.findUniqueOrThrow({ where: { id } })
  expect(run).toMatchObject({ items: 3, status: 'queued', standIn: true, caseLimit: 3 })
})

test('without a number it takes 150, with null all of them', async () => {
  const versionId = await createVersion(project)
  await createCases(project, 'dev', 151)
  const first = await startRun(engineer, { versionId, pool: 'dev' })
  const all = await startRun(engineer, { versionId, pool: 'dev', limit: null })
  expect(await readItems(first.id)).toHaveLength(150)
  expect(await readItems(all.id)).toHaveLength(151)
})

test('archived, quarantined and unsorted cases are left out, and those of other projects', async () => {
  const versionId = await createVersion(project)
  const [archived, quarantined, kept] = await createCases(project, 'dev', 3)
  await createCases(await createProject(), 'dev', 1)
  await db.case.update({ where: { id: archived }, data: { archivedAt: new Date() } })
  await db.case.update({ where: { id: quarantined }, data: { quarantinedAt: new Date() } })
  const { id } = await startRun(engineer, { versionId, pool: 'dev' })
  expect((await readItems(id)).map(({ caseId }) => caseId)).toEqual([kept])
})

test('examples of the version and their near-duplicates never count', async () => {
  const versionId = await createVersion(project)
  const [example, like, other, switchedOff] = (await createCases(project, 'example', 4)) as [
    string,
    string,
    string,
    string,
  ]
  const { clusterId } = await db.case.findUniqueOrThrow({ where: { id: example } })
  await db.case.update({ where: { id: like }, data: { clusterId } })
  await createExample(project, versionId, example)
  await createExample(project, versionId, switchedOff, false)
  const { id } = await startRun(engineer, { versionId, pool: 'example' })
  const counts = Object.fromEntries((await readItems(id)).map((item) => [item.caseId, item.counts]))
  expect(counts).toEqual({ [example]: false, [like]: false, [other]: true, [switchedOff]: true })
})

test('the test pool is refused, with the way to try a version', async () => {
  const versionId = await createVersion(project)
  await createCases(project, 'test', 1)
  await expect(startRun(engineer, { versionId, pool: 'test' })).rejects.toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining('dev pool'),
  })
  expect(await db.run.count({ where: { projectId: project.id } })).toBe(0)
})

test('a pool without cases says what to do, and leaves no run behind', async () => {
  const versionId = await createVersion(project)
  const start = () => startRun(engineer, { versionId, pool: 'dev' })
  await expect(start()).rejects.toThrow('Import cases first')
  const [waiting] = await createCases(project, 'example', 1)
  await db.$executeRaw`INSERT INTO "Case" (id, "projectId", "externalId", subject, messages, "textHash", characters, rank)
    SELECT ${newId()}::uuid, "projectId", 'waiting', subject, messages, "textHash", characters, rank
    FROM "Case" WHERE id = ${waiting}::uuid`
  await expect(start()).rejects.toThrow('1 imported cases are still being sorted')
  expect(await db.run.count({ where: { projectId: project.id } })).toBe(0)
})

test('a version of another project is not found', async () => {
  const versionId = await createVersion(await createProject())
  await createCases(project, 'dev', 1)
  await expect(startRun(engineer, { versionId, pool: 'dev' })).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await db.setup.count({ where: { versionId } })).toBe(0)
})

test('runs of one version share its set-up, also when they start at once', async () => {
  const versionId = await createVersion(project)
  await createCases(project, 'dev', 1)
  await Promise.all([1, 2, 3].map(() => startRun(engineer, { versionId, pool: 'dev' })))
  const runs = await db.run.findMany({ where: { projectId: project.id } })
  expect(runs).toHaveLength(3)
  expect(new Set(runs.map(({ setupId }) => setupId)).size).toBe(1)
})

test('a version that shows similar examples is run in the set-up that does', async () => {
  const versionId = await createVersion(project)
  await createCases(project, 'dev', 1)
  const before = await startRun(engineer, { versionId, pool: 'dev' })
  await db.version.update({ where: { id: versionId }, data: { similarExamples: 5 } })
  const { id } = await startRun(engineer, { versionId, pool: 'dev' })
  const { setup } = await db.run.findUniqueOrThrow({ where: { id }, include: { setup: true } })
  expect(setup).toMatchObject({ versionId, similarExamples: 5 })
  const run = await db.run.findUniqueOrThrow({ where: { id: before.id }, include: { setup: true } })
  expect(run.setup.similarExamples).toBe(0)
})

test('who started a run is on record', async () => {
  const versionId = await createVersion(project)
  await createCases(project, 'dev', 1)
  const { id } = await startRun(engineer, { versionId, pool: 'dev' })
  await stopRun(engineer, id)
  await stopRun(engineer, id)
  const events = await db.auditEvent.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } })
  expect(events.map(({ action }) => action)).toEqual(['run.started', 'run.stopped'])
  expect(events[0]?.actorId).toBe(engineer.userId)
})

test('a run of another project can’t be stopped', async () => {
  const versionId = await createVersion(project)
  await createCases(project, 'dev', 1)
  const { id } = await startRun(engineer, { versionId, pool: 'dev' })
  const stranger = await createMember(await createProject(), 'prompt_engineer')
  await expect(stopRun(stranger, id)).rejects.toMatchObject({ code: 'not_found' })
})
