import { beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db, pool } from '@/lib/platform/database'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createFinishedRun, createVersion, setFinalLabel } from '@/lib/platform/testing/versions'
import { findReleasedSetup } from '../data'
import { listVersions } from '../history/data'
import { getGate, listReleases } from './data'
import { scoreTestRun } from './jobs'
import { releaseVersion } from './mutations'

let project: TestProject
let engineer: Member
let manager: Member
let cases: string[]

beforeEach(async () => {
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer', 'Eva')
  manager = await createMember(project, 'manager', 'Mia')
  cases = []
  for (let i = 0; i < 40; i++) {
    const id = await createCase(project, { pool: 'test' })
    await setFinalLabel(project, id, project.categories.Billing)
    cases.push(id)
  }
})

/** A frozen version whose test run got the given cases right. */
async function scoreVersion(number: number, isRight: (i: number) => boolean): Promise<string> {
  const { setupId } = await createVersion(project, { number })
  const runId = await createFinishedRun(project, setupId, {
    pool: 'test',
    content: {},
    contentHash: String(number),
    answers: Object.fromEntries(
      cases.map((id, i) => [id, isRight(i) ? project.categories.Billing : null]),
    ),
  })
  await scoreTestRun(runId)
  return setupId
}

const scoreOf = (setupId: string) => db.testScore.findUniqueOrThrow({ where: { setupId } })

const inForce = async () => (await findReleasedSetup(project.id))?.versionNumber ?? null

test('the first set-up publishes as it is; a clear gain is published and passes', async () => {
  const v1 = await scoreVersion(1, (i) => i < 20)
  expect(await scoreOf(v1)).toMatchObject({
    n: 40,
    publishedExact: 0.5,
    verdict: { comparison: null, published: true, passed: true },
  })
  // (b, c) = (3, 12) of 40: gain .225 > threshold √(.375 − .050625)/√40 = .090048, mid-p .021271.
  const v2 = await scoreVersion(2, (i) => i >= 3 && i < 32)
  const score = await scoreOf(v2)
  expect(score).toMatchObject({ publishedExact: 29 / 40, baselineSetupId: v1 })
  expect(score.verdict).toMatchObject({
    published: true,
    passed: true,
    comparison: {
      n: 40,
      onlyOld: 3,
      onlyNew: 12,
      gain: expect.closeTo(0.225, 10),
      threshold: expect.closeTo(0.090048, 5),
      midP: expect.closeTo(0.021271, 6),
    },
  })
})

test('a gain within the noise keeps the old score and gives nothing away', async () => {
  const v1 = await scoreVersion(1, (i) => i < 20)
  // (b, c) = (6, 7): gain .025 < √(.325 − .000625)/√40 = .0900.
  const v2 = await scoreVersion(2, (i) => i >= 6 && i < 27)
  expect(await scoreOf(v2)).toMatchObject({ publishedExact: 0.5, baselineSetupId: v1 })
  const gate = await getGate(manager, '2')
  expect(gate.test.score).toMatchObject({
    exact: 0.5,
    published: false,
    passed: false,
    gain: null,
    midP: null,
    baseline: { number: 1 },
  })
  expect(JSON.stringify(gate)).not.toContain('.525')
  // The next one is still compared with v1, the best that was published.
  const v3 = await scoreVersion(3, (i) => i < 35)
  expect(await scoreOf(v3)).toMatchObject({ baselineSetupId: v1, publishedExact: 35 / 40 })
})

test('a score kept back stands in the history as the best so far, with the cases of that one', async () => {
  await scoreVersion(1, (i) => i < 20)
  await db.finalLabel.deleteMany({ where: { caseId: { in: cases.slice(30) } } })
  await scoreVersion(2, (i) => i < 20)
  const [v2, v1] = await listVersions(engineer)
  expect(v2?.test).toMatchObject({ own: false, from: { number: 1 }, exact: { right: 20, n: 40 } })
  expect(v1?.test).toMatchObject({ own: true, exact: v2?.test?.exact })
})

test('a published gain need not pass: the gate asks for mid-p as well', async () => {
  await scoreVersion(1, (i) => i < 20)
  // (b, c) = (0, 2): gain .05 > √(.05 − .0025)/√40 = .0345, mid-p .25.
  const v2 = await scoreVersion(2, (i) => i < 22)
  expect((await scoreOf(v2)).verdict).toMatchObject({ published: true, passed: false })
})

test('a test run is scored once, and not by itself on its first few labels', async () => {
  const { setupId } = await createVersion(project, { number: 1 })
  await db.finalLabel.deleteMany({ where: { projectId: project.id } })
  const answers = Object.fromEntries(cases.map((id) => [id, project.categories.Billing]))
  const runId = await createFinishedRun(project, setupId, {
    pool: 'test',
    content: {},
    contentHash: '1',
    answers,
  })
  await scoreTestRun(runId)
  expect((await getGate(engineer, '1')).test).toMatchObject({ state: 'unscored', score: null })
  for (const id of cases.slice(0, 4)) await setFinalLabel(project, id, project.categories.Billing)
  await scoreTestRun(runId)
  expect(await db.testScore.count({ where: { projectId: project.id } })).toBe(0)
  await Promise.all([scoreTestRun(runId, true), scoreTestRun(runId, true)])
  for (const id of cases.slice(4)) await setFinalLabel(project, id, project.categories.Defect)
  await scoreTestRun(runId)
  expect(await db.testScore.findMany({ where: { projectId: project.id } })).toMatchObject([
    { setupId, n: 4, publishedExact: 1 },
  ])
})

test('the gate refuses; a manager releases with a reason, on record', async () => {
  await scoreVersion(1, (i) => i < 20)
  await releaseVersion(engineer, '1', null)
  await scoreVersion(2, (i) => i < 20)
  const refused = releaseVersion(engineer, '2', 'We need it for the demonstration.')
  await expect(refused).rejects.toMatchObject({ code: 'forbidden' })
  await expect(releaseVersion(manager, '2', 'Because')).rejects.toMatchObject({ code: 'invalid' })
  expect(await inForce()).toBe(1)
  expect(await getGate(engineer, '2')).toMatchObject({ way: 'override', allowed: false })
  expect(await getGate(manager, '2')).toMatchObject({ way: 'override', allowed: true })

  await releaseVersion(manager, '2', 'Legal wants the new description.')
  expect(await inForce()).toBe(2)
  expect(await listReleases(manager)).toMatchObject([
    {
      version: { number: 2 },
      by: 'Mia',
      reason: 'Legal wants the new description.',
      endedAt: null,
    },
    { version: { number: 1 }, by: 'Eva', reason: null, endedAt: expect.any(String) },
  ])
  const audit = await db.auditEvent.findMany({ where: { action: 'release.made' } })
  expect(audit.map(({ detail }) => detail)).toContainEqual(
    expect.objectContaining({ number: 2, way: 'override' }),
  )
})

test('a version that was never tested is refused once something is in force', async () => {
  await createVersion(project, { number: 1 })
  await createVersion(project, { number: 2 })
  await releaseVersion(engineer, '1', null)
  await expect(releaseVersion(engineer, '2', null)).rejects.toMatchObject({ code: 'forbidden' })
})

test('what passed is released by a prompt engineer, and the former comes back with one call', async () => {
  await scoreVersion(1, (i) => i < 20)
  await releaseVersion(engineer, '1', null)
  await scoreVersion(2, (i) => i < 35)
  expect(await getGate(engineer, '2')).toMatchObject({ way: 'release', allowed: true })
  await releaseVersion(engineer, '2', null)
  expect(await inForce()).toBe(2)
  await expect(releaseVersion(engineer, '2', null)).rejects.toMatchObject({ code: 'conflict' })

  expect(await getGate(engineer, '1')).toMatchObject({ way: 'roll_back', allowed: true })
  await releaseVersion(engineer, '1', null)
  expect(await inForce()).toBe(1)
  expect((await listReleases(engineer))[0]).toMatchObject({ reason: 'Back from v2' })
})

test('a set-up that passed is held back when another has published a higher score since', async () => {
  await scoreVersion(1, (i) => i < 20)
  await releaseVersion(engineer, '1', null)
  await scoreVersion(2, (i) => i < 28)
  await scoreVersion(3, (i) => i < 38)
  expect((await getGate(engineer, '2')).way).toBe('override')
  expect((await getGate(engineer, '3')).way).toBe('release')
})

test('of releases at once exactly one is in force at the end', async () => {
  for (const number of [1, 2, 3, 4]) await createVersion(project, { number })
  await releaseVersion(engineer, '1', null)
  const reason = 'Everyone presses at once.'
  await Promise.all(['2', '3', '4'].map((ref) => releaseVersion(manager, ref, reason)))
  expect(await db.release.count({ where: { projectId: project.id, endedAt: null } })).toBe(1)
  expect(await db.release.count({ where: { projectId: project.id } })).toBe(4)
})

test('an import that goes on for minutes keeps nobody from releasing or scoring', async () => {
  const importing = await pool.connect()
  try {
    await importing.query('BEGIN')
    await importing.query(
      `INSERT INTO "Case" (id, "projectId", "externalId", subject, messages, "textHash", characters, rank)
      VALUES (gen_random_uuid(), $1, 'late', '', '[]', '', 0, 0)`,
      [project.id],
    )
    await scoreVersion(1, () => true)
    await releaseVersion(engineer, '1', null)
  } finally {
    await importing.query('ROLLBACK')
    importing.release()
  }
  expect(await inForce()).toBe(1)
})

test('a draft is not released', async () => {
  const { id } = await createVersion(project)
  await expect(releaseVersion(manager, id, 'A long enough reason')).rejects.toMatchObject({
    code: 'conflict',
  })
  expect((await getGate(manager, id)).allowed).toBe(false)
})
