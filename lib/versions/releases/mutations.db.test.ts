import { beforeEach, describe, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db, pool } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createFinishedRun, createVersion, setFinalLabel } from '@/lib/platform/testing/versions'
import { makeCategoryChange } from '@/lib/projects/categories/mutations'
import { categoryChangeInput } from '@/lib/projects/categories/schema'
import { settleChange } from '@/lib/reviews/recall/jobs'
import { findReleasedSetup } from '../data'
import { changeGateRule } from '../gate/mutations'
import { DEFAULT_RULE } from '../gate/rules'
import { listVersions } from '../history/data'
import { getGate, listReleases } from './data'
import { enqueueUnscoredTests, scoreTestRun } from './jobs'
import { askForTestScore, releaseVersion } from './mutations'

let project: TestProject
let engineer: Member
let manager: Member
let cases: string[]

beforeEach(async () => {
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer', 'Eva')
  manager = await createMember(project, 'manager', 'Mia')
  await changeGateRule(manager, { ...DEFAULT_RULE, minCases: 20, twoRuns: false })
  cases = []
  for (let i = 0; i < 40; i++) {
    const id = await createCase(project, { pool: 'test' })
    await setFinalLabel(project, id, project.categories.Billing)
    cases.push(id)
  }
})

type IsRight = (i: number) => boolean

/** A finished test run of a set-up that got the given cases right. */
const runTest = (setupId: string, isRight: IsRight, standIn = true) =>
  createFinishedRun(project, setupId, {
    pool: 'test',
    content: {},
    contentHash: setupId,
    standIn,
    answers: Object.fromEntries(
      cases.map((id, i) => [id, isRight(i) ? project.categories.Billing : null]),
    ),
  })

/** A frozen version whose test run got the given cases right. */
async function scoreVersion(number: number, isRight: IsRight): Promise<string> {
  const { setupId } = await createVersion(project, { number })
  await scoreTestRun(await runTest(setupId, isRight))
  return setupId
}

const scoreOf = (setupId: string, standIn = true) =>
  db.testScore.findUniqueOrThrow({ where: { setupId_standIn: { setupId, standIn } } })

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
  await releaseVersion(engineer, '2', null)
  expect((await listReleases(engineer))[0]).toMatchObject({ reason: 'Again, in place of v1' })
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

describe('a version that was tested before there was a score to beat', () => {
  /** v1 is in force and untested; v2 was made beside it, tested first and got the given cases right. */
  async function testSecondFirst(isRight: IsRight): Promise<{ v1: string; v2: string }> {
    const v1 = await createVersion(project, { number: 1 })
    await releaseVersion(engineer, '1', null)
    const v2 = await createVersion(project, { number: 2, parentId: v1.id })
    expect(await getGate(engineer, '2')).toMatchObject({
      ...{ testFirst: { number: 1 }, best: null, testsSpent: 0, late: null },
    })
    await scoreTestRun(await runTest(v2.setupId, isRight))
    return { v1: v1.setupId, v2: v2.setupId }
  }

  test('is compared with the one in force when that is tested, and needs no manager then', async () => {
    const { v1, v2 } = await testSecondFirst((i) => i >= 3 && i < 32)
    expect(await getGate(engineer, '2')).toMatchObject({
      ...{ way: 'override', allowed: false, late: 'wait', best: { number: 2 }, testsSpent: 1 },
    })
    await expect(releaseVersion(engineer, '2', null)).rejects.toMatchObject({ code: 'forbidden' })

    // Of v1 and v2 (b, c) = (3, 12), as if they had been tested in the other order.
    await scoreTestRun(await runTest(v1, (i) => i < 20))
    expect(await db.run.count({ where: { setupId: v2 } })).toBe(1)
    const gate = await getGate(engineer, '2')
    expect(gate).toMatchObject({ way: 'release', allowed: true, late: 'passed', testsSpent: 2 })
    // What v1 scored is kept back, here and there.
    const told = [gate, await getGate(engineer, '1')]
    expect(JSON.stringify(told)).not.toMatch(/0\.5[,}]|0\.225|ofBaseline/)
    await releaseVersion(engineer, '2', null)
    expect(await inForce()).toBe(2)
  })

  test('stays where it is when it is not clearly ahead', async () => {
    const { v1 } = await testSecondFirst((i) => i >= 6 && i < 27)
    await scoreTestRun(await runTest(v1, (i) => i < 20))
    expect(await getGate(engineer, '2')).toMatchObject({ way: 'override', late: 'not_passed' })
  })

  test('proves nothing against a version that was made when its score was known', async () => {
    const { v1 } = await testSecondFirst((i) => i < 35)
    await pool.query('ALTER TABLE "Version" DISABLE TRIGGER USER')
    await db.version.updateMany({
      where: { setups: { some: { id: v1 } } },
      data: { frozenAt: new Date(Date.now() + 60_000) },
    })
    await pool.query('ALTER TABLE "Version" ENABLE TRIGGER USER')
    expect((await getGate(engineer, '2')).late).toBe('too_late')
    await scoreTestRun(await runTest(v1, (i) => i < 10))
    expect((await scoreOf(v1)).verdict).toMatchObject({ ofBaseline: null })
    expect(await getGate(engineer, '2')).toMatchObject({ way: 'override', late: 'too_late' })
  })

  test('with two runs is ahead with both of them, or not at all', async () => {
    await changeGateRule(manager, { ...DEFAULT_RULE, minCases: 20 })
    const v1 = await createVersion(project, { number: 1 })
    await releaseVersion(engineer, '1', null)
    const second = await createVersion(project, { number: 2 })
    await runTest(second.setupId, (i) => i < 35)
    await scoreTestRun(await runTest(second.setupId, (i) => i < 22))
    await runTest(v1.setupId, (i) => i < 20)
    await scoreTestRun(await runTest(v1.setupId, (i) => i < 20))
    expect((await getGate(engineer, '2')).late).toBe('not_passed')
  })
})

test('what was made from an untested version is to be tested after it, while nothing is in force', async () => {
  const v1 = await createVersion(project, { number: 1 })
  await createVersion(project, { number: 2, parentId: v1.id })
  expect((await getGate(engineer, '2')).testFirst).toEqual({ id: v1.id, number: 1 })
  await scoreTestRun(await runTest(v1.setupId, (i) => i < 20))
  expect((await getGate(engineer, '2')).testFirst).toBeNull()
  expect((await getGate(engineer, '1')).testFirst).toBeNull()
})

test('while a change of the categories is being settled nothing is scored; the sweep comes back to it', async () => {
  const { Billing, Defect } = project.categories
  const { setupId } = await createVersion(project, { number: 1 })
  const runId = await runTest(setupId, () => true)
  const { id } = await makeCategoryChange(
    manager,
    categoryChangeInput.parse({
      ...{ id: newId(), kind: 'merge', intoId: Defect, categoryIds: [Billing] },
    }),
  )
  await scoreTestRun(runId, true)
  expect(await db.testScore.count({ where: { projectId: project.id } })).toBe(0)
  await expect(askForTestScore(engineer, '1')).rejects.toMatchObject({ code: 'conflict' })
  await settleChange(id, { graceMs: 0 })
  await scoreTestRun(runId)
  expect(await scoreOf(setupId)).toMatchObject({ n: 40, publishedExact: 1 })
})

test('a draft is not released', async () => {
  const { id } = await createVersion(project)
  await expect(releaseVersion(manager, id, 'A long enough reason')).rejects.toMatchObject({
    code: 'conflict',
  })
  expect((await getGate(manager, id)).allowed).toBe(false)
})

describe('two runs', () => {
  beforeEach(() => changeGateRule(manager, { ...DEFAULT_RULE, minCases: 20 }))

  test('nothing is scored before both are finished; the first is published', async () => {
    const v1 = await createVersion(project, { number: 1 })
    const first = await runTest(v1.setupId, (i) => i < 20)
    await scoreTestRun(first)
    expect(await db.testScore.count({ where: { projectId: project.id } })).toBe(0)
    expect((await getGate(engineer, '1')).test.state).toBe('incomplete')
    await expect(askForTestScore(engineer, '1')).rejects.toMatchObject({ code: 'conflict' })
    const second = await runTest(v1.setupId, (i) => i < 22)
    await scoreTestRun(second)
    expect(await scoreOf(v1.setupId)).toMatchObject({
      runId: first,
      repeatRunId: second,
      publishedExact: 0.5,
    })
    const { score } = (await getGate(engineer, '1')).test
    expect(score?.flips).toEqual({ n: 40, flipped: 2 })
  })

  test('the gate is passed with both, or not at all', async () => {
    const scoreTwice = async (number: number, one: IsRight, two: IsRight) => {
      const { setupId } = await createVersion(project, { number })
      await runTest(setupId, one)
      await scoreTestRun(await runTest(setupId, two))
    }
    await scoreTwice(
      1,
      (i) => i < 20,
      (i) => i < 20,
    )
    await releaseVersion(engineer, '1', null)
    await scoreTwice(
      2,
      (i) => i < 32,
      (i) => i < 23,
    )
    const failed = await getGate(engineer, '2')
    expect(failed).toMatchObject({ way: 'override', allowed: false })
    expect(failed.test.score?.conditions.filter(({ state }) => state !== 'pass')).toEqual([
      { kind: 'repeat', state: 'fail' },
    ])
    // Its first score was published, so this one must beat 32 of 40.
    await scoreTwice(
      3,
      () => true,
      (i) => i < 39,
    )
    expect(await getGate(engineer, '3')).toMatchObject({ way: 'release', allowed: true })
  })

  test('a run that failed leaves the other one to wait for a new one', async () => {
    const { setupId } = await createVersion(project, { number: 1 })
    const runs = [await runTest(setupId, () => true), await runTest(setupId, () => true)]
    await db.run.updateMany({ where: { id: runs[1] ?? '' }, data: { status: 'failed' } })
    await scoreTestRun(runs[0] ?? '')
    expect((await getGate(engineer, '1')).test.state).toBe('failed')
    await scoreTestRun(await runTest(setupId, () => true))
    expect(await scoreOf(setupId)).toMatchObject({ runId: runs[0] })
  })
})

test('a category that loses too much fails the gate, and says which', async () => {
  const { Billing, Defect } = project.categories
  for (const id of cases.slice(0, 20)) await setFinalLabel(project, id, Defect)
  const test = async (number: number, right: (i: number) => boolean) => {
    const { setupId } = await createVersion(project, { number })
    const answers = Object.fromEntries(
      cases.map((id, i) => [id, right(i) ? (i < 20 ? Defect : Billing) : null]),
    )
    const run = { pool: 'test', content: {}, contentHash: String(number), answers } as const
    await scoreTestRun(await createFinishedRun(project, setupId, run))
  }
  await test(1, (i) => i < 20)
  await releaseVersion(engineer, '1', null)
  // Defect loses 3 of 20, Billing gains all 20.
  await test(2, (i) => i >= 3)
  const { way, test: tested } = await getGate(engineer, '2')
  expect(way).toBe('override')
  expect(tested.score?.categories).toEqual([
    expect.objectContaining({ name: 'Billing', n: 20, gain: 1, state: 'pass' }),
    expect.objectContaining({ name: 'Defect', n: 20, gain: -0.15, state: 'fail' }),
  ])
})

test('the rule of the time stays with the score', async () => {
  await scoreVersion(1, (i) => i < 20)
  await releaseVersion(engineer, '1', null)
  await scoreVersion(2, (i) => i < 35)
  await changeGateRule(manager, { ...DEFAULT_RULE, minGain: 50, minCases: 400 })
  const gate = await getGate(engineer, '2')
  expect(gate).toMatchObject({ way: 'release', rule: { minGain: 50 } })
  expect(gate.test.score?.rule).toMatchObject({ minGain: 0, minCases: 20, twoRuns: false })
})

test('what the stand-in proved passes nothing for a real model, and the other way round', async () => {
  const v1 = await scoreVersion(1, (i) => i < 20)
  await releaseVersion(engineer, '1', null)
  // The server of these tests answers by the stand-in.
  const { setupId } = await createVersion(project, { number: 2 })
  await scoreTestRun(await runTest(v1, (i) => i < 20, false))
  await scoreTestRun(await runTest(setupId, (i) => i < 35, false))
  expect((await scoreOf(setupId, false)).verdict).toMatchObject({ passed: true })
  expect(await getGate(engineer, '2')).toMatchObject({
    standIn: true,
    way: 'override',
    test: { state: 'none', score: null, scoredByOther: true },
  })
  await scoreTestRun(await runTest(setupId, (i) => i < 36))
  expect(await getGate(engineer, '2')).toMatchObject({ way: 'release', test: { state: 'scored' } })
  expect(await scoreOf(setupId)).toMatchObject({ publishedExact: 36 / 40, baselineSetupId: v1 })
})

test('only tests without a score of their kind are looked at again', async () => {
  const setupId = await scoreVersion(1, () => true)
  await enqueueUnscoredTests()
  const waiting = async () =>
    (await pool.query(`SELECT data FROM pgboss.job WHERE name = 'versions.score-test'`)).rows
  expect(await waiting()).toEqual([])
  const real = await runTest(setupId, () => true, false)
  await enqueueUnscoredTests()
  expect((await waiting()).map(({ data }) => data)).toEqual([{ runId: real }])
})
