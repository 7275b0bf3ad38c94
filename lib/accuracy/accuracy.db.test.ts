import { beforeAll, describe, expect, it } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createFinishedRun, createVersion, setFinalLabel } from '@/lib/platform/testing/versions'
import { getPromptContent } from '@/lib/versions/data'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { getAccuracy } from './data'
import { getMatrix, listCellCases } from './matrix/data'
import { foldTallies } from './tallies/jobs'

const PINNED = { content: {}, contentHash: '' }

async function release(project: TestProject, setupId: string) {
  await db.release.create({ data: { id: newId(), projectId: project.id, setupId } })
}

async function createCases(project: TestProject, pool: 'example' | 'dev' | 'test', n: number) {
  const ids = []
  for (let i = 0; i < n; i++) ids.push(await createCase(project, { pool }))
  return ids
}

const rounded = (figure: { right: number; n: number; low: number; high: number } | undefined) =>
  figure && [figure.right, figure.n, Number(figure.low.toFixed(5)), Number(figure.high.toFixed(5))]

/**
 * Ten dev cases of which eight have a final label. v1 is right on five of them, once more by a second
 * choice, and gives one no valid label.
 */
async function createMeasured() {
  const project = await createProject()
  const member = await createMember(project, 'manager')
  const { Billing, Defect, Education } = project.categories
  const version = await createVersion(project, { number: 1 })
  const cases = await createCases(project, 'dev', 10)
  const truth = [Billing, Billing, Billing, Defect, Defect, Defect, Education, Education]
  for (const [i, label] of truth.entries()) {
    await setFinalLabel(project, cases[i] ?? '', label, i === 3 ? Billing : null)
  }
  const said = [Billing, Billing, Defect, Billing, Defect, Defect, Education, null, Defect, null]
  const runId = await createFinishedRun(project, version.setupId, {
    pool: 'dev',
    ...PINNED,
    answers: Object.fromEntries(cases.map((id, i) => [id, said[i] ?? null])),
  })
  return { project, member, version, cases, runId }
}

describe('what is known of a version', () => {
  it('counts exact, counting close calls and over valid answers, unlabelled cases apart', async () => {
    const { member, runId } = await createMeasured()
    const { versions } = await getAccuracy(member)
    const dev = versions[0]?.dev
    expect(dev).toMatchObject({ runId, withoutValidLabel: 1, unlabelled: 2, standIn: true })
    // Wilson 1927 by hand: 5/8, 6/8, 5/7.
    expect(rounded(dev?.exact)).toEqual([5, 8, 0.30574, 0.86316])
    expect(rounded(dev?.countingCloseCalls)).toEqual([6, 8, 0.40928, 0.92852])
    expect(rounded(dev?.exactOverValid)).toEqual([5, 7, 0.35893, 0.91778])
  })

  it('says the same before and after counts are folded', async () => {
    const { member } = await createMeasured()
    const before = await getAccuracy(member)
    await foldTallies()
    expect(await getAccuracy(member)).toEqual(before)
  })

  it('leaves out examples and what is nearly the same', async () => {
    const { project, member, version, cases } = await createMeasured()
    const run = await createFinishedRun(project, version.setupId, {
      pool: 'dev',
      ...PINNED,
      answers: {},
    })
    const { Billing } = project.categories
    await db.suggestion.createMany({
      data: cases.slice(0, 3).map((caseId, i) => ({
        id: newId(),
        runId: run,
        caseId,
        labelId: Billing,
        status: 'parsed' as const,
        counts: i > 0,
      })),
    })
    const { versions } = await getAccuracy(member)
    expect(versions[0]?.dev).toMatchObject({ runId: run, exact: { right: 2, n: 2 } })
    expect((await getMatrix(member, run)).n).toBe(2)
    const cell = { run, final: Billing, answer: Billing }
    expect((await listCellCases(member, cell)).rows).toHaveLength(2)
  })

  it('shows a draft only while its run is of what it says now', async () => {
    const { project, member, cases } = await createMeasured()
    const draft = await createVersion(project, { persona: 'You read closely.' })
    await createFinishedRun(project, draft.setupId, {
      pool: 'dev',
      content: {},
      contentHash: contentHash(await getPromptContent(project.id, draft.id)),
      answers: { [cases[0] ?? '']: project.categories.Billing },
    })
    const numbers = async () =>
      (await getAccuracy(member)).versions.map(({ version }) => version.number)
    expect(await numbers()).toEqual([1, null])
    await db.version.update({ where: { id: draft.id }, data: { persona: 'You guess.' } })
    expect(await numbers()).toEqual([1])
    // Freezing does not make it the figure of what was frozen.
    await db.version.update({ where: { id: draft.id }, data: { number: 2, frozenAt: new Date() } })
    expect(await numbers()).toEqual([1])
  })

  it('keeps the figure of a draft that is frozen as it was tried', async () => {
    const { project, member, cases } = await createMeasured()
    const draft = await createVersion(project, { persona: 'You read closely.' })
    await createFinishedRun(project, draft.setupId, {
      pool: 'dev',
      content: {},
      contentHash: contentHash(await getPromptContent(project.id, draft.id)),
      answers: { [cases[0] ?? '']: project.categories.Billing },
    })
    await db.version.update({ where: { id: draft.id }, data: { number: 2, frozenAt: new Date() } })
    const { versions } = await getAccuracy(member)
    expect(versions.map(({ version }) => version.number)).toEqual([1, 2])
  })
})

describe('the verdict', () => {
  it('is about the released version, and asks for more cases while it cannot tell', async () => {
    const { project, member, version, cases } = await createMeasured()
    const newer = await createVersion(project, { number: 2 })
    await createFinishedRun(project, newer.setupId, {
      pool: 'dev',
      ...PINNED,
      answers: Object.fromEntries(cases.map((id) => [id, null])),
    })
    expect((await getAccuracy(member)).verdict).toMatchObject({
      version: { number: 2 },
      released: false,
      verdict: 'not good enough',
    })
    await release(project, version.setupId)
    const { verdict } = await getAccuracy(member)
    expect(verdict).toMatchObject({
      version: { number: 1 },
      released: true,
      unlabelled: 2,
      verdict: 'not good enough',
    })
    await db.project.update({ where: { id: project.id }, data: { targetAccuracy: 0.7 } })
    const unsure = (await getAccuracy(member)).verdict
    expect(unsure?.verdict).toBe('cannot tell yet')
    // 5/8 against 70 %: the interval of .625 lies below .7 from 144 cases on.
    expect(unsure?.moreCases).toBe(136)
    await db.project.update({ where: { id: project.id }, data: { targetAccuracy: 0.3 } })
    expect((await getAccuracy(member)).verdict?.verdict).toBe('good enough')
  })

  it('is none while nothing was measured', async () => {
    const project = await createProject()
    const member = await createMember(project, 'manager')
    await createVersion(project, { number: 1 })
    expect(await getAccuracy(member)).toMatchObject({
      targetAccuracy: 0.9,
      released: null,
      verdict: null,
      versions: [],
    })
  })
})

describe('test', () => {
  it('shows published figures only: the best so far where the own one is kept back', async () => {
    const { project, member, version, cases } = await createMeasured()
    const second = await createVersion(project, { number: 2 })
    const answers = { [cases[0] ?? '']: project.categories.Billing }
    const score = async (setupId: string, published: boolean, baselineSetupId: string | null) => {
      const runId = await createFinishedRun(project, setupId, { pool: 'test', ...PINNED, answers })
      await db.testScore.create({
        data: {
          setupId,
          standIn: true,
          projectId: project.id,
          runId,
          n: published ? 100 : 80,
          publishedExact: 0.84,
          publishedCountingCloseCalls: 0.9,
          verdict: { comparison: null, published, passed: published },
          baselineSetupId,
        },
      })
    }
    await score(version.setupId, true, null)
    await score(second.setupId, false, version.setupId)
    const { versions } = await getAccuracy(member)
    const exact = { right: 84, n: 100 }
    expect(versions.map(({ test }) => test)).toMatchObject([
      { own: true, from: null, exact, countingCloseCalls: { right: 90 } },
      { own: false, from: { number: 1 }, exact, countingCloseCalls: { right: 90 } },
    ])
  })
})

describe('agreement with suggestions in view', () => {
  it('counts newest answers on shown suggestions, each kind of model apart', async () => {
    const project = await createProject()
    const member = await createMember(project, 'prompt_engineer')
    const { Billing, Defect } = project.categories
    const { setupId } = await createVersion(project, { number: 1 })
    const cases = await createCases(project, 'example', 5)
    const answers = Object.fromEntries(cases.map((id) => [id, Billing]))
    const run = await createFinishedRun(project, setupId, { pool: 'example', ...PINNED, answers })
    const labels = [Billing, Billing, Defect, null, Billing]
    for (const [i, caseId] of cases.entries()) {
      // The last one was answered blind.
      await answer(member, { caseId, run, labelId: labels[i] ?? null, shown: i < 4 })
    }
    const { versions } = await getAccuracy(member)
    expect(versions[0]?.agreement).toMatchObject([{ standIn: true, right: 2, n: 4 }])
    expect(versions[0]?.dev).toBeNull()
  })
})

async function answer(
  member: Member,
  given: { caseId: string; run: string; labelId: string | null; shown: boolean },
) {
  const { projectId, userId } = member
  const { caseId, labelId, shown } = given
  const suggestion = await db.suggestion.findFirstOrThrow({
    where: { caseId, runId: given.run },
  })
  const assignment = await db.assignment.create({
    data: {
      id: newId(),
      projectId,
      caseId,
      slot: 1,
      mode: shown ? 'shown' : 'blind',
      frame: 'example',
      rank: 0,
      status: 'answered',
      suggestionId: suggestion.id,
    },
  })
  const review = {
    projectId,
    caseId,
    assignmentId: assignment.id,
    purpose: 'ordinary' as const,
    reviewerId: userId,
    suggestionId: suggestion.id,
    answeredAt: new Date(),
  }
  const first = newId()
  await db.review.create({ data: { ...review, id: first, undone: true } })
  await db.review.create({
    data: { ...review, id: newId(), supersedesId: first, labelId, thumb: labelId ? 'up' : 'down' },
  })
}

describe('the matrix and the cases behind it', () => {
  let world: Awaited<ReturnType<typeof createMeasured>>
  beforeAll(async () => {
    world = await createMeasured()
  })

  it('adds up to the labelled cases, cell by cell', async () => {
    const { member, runId } = world
    const matrix = await getMatrix(member, runId)
    expect(matrix).toMatchObject({ n: 8, right: 5 })
    let listed = 0
    for (const row of matrix.rows) {
      for (const { answerId, count } of row.cells) {
        const cell = { run: runId, final: row.finalId, answer: answerId }
        const { rows } = await listCellCases(member, cell)
        expect(rows).toHaveLength(count)
        listed += rows.length
      }
    }
    expect(listed).toBe(8)
  })

  it('names the second choice of a close call', async () => {
    const { member, runId, project } = world
    const { Billing, Defect } = project.categories
    const { rows } = await listCellCases(member, { run: runId, final: Defect, answer: Billing })
    expect(rows).toMatchObject([{ secondLabel: 'Billing' }])
  })

  it('pages through a cell without losing or repeating a case', async () => {
    const { project, member, version } = world
    const { Defect, Education } = project.categories
    const cases = await createCases(project, 'dev', 60)
    for (const id of cases) await setFinalLabel(project, id, Education)
    const run = await createFinishedRun(project, version.setupId, {
      pool: 'dev',
      ...PINNED,
      answers: Object.fromEntries(cases.map((id) => [id, Defect])),
    })
    const cell = { run, final: Education, answer: Defect }
    const first = await listCellCases(member, cell)
    const second = await listCellCases(member, { ...cell, after: first.next ?? undefined })
    expect(second.next).toBeNull()
    const seen = [...first.rows, ...second.rows].map(({ caseId }) => caseId)
    expect(seen.sort()).toEqual([...cases].sort())
  })

  it.each(['test', 'example'] as const)('refuses a run on %s', async (pool) => {
    const { project, member, version } = world
    const caseId = await createCase(project, { pool })
    const label = project.categories.Billing
    await setFinalLabel(project, caseId, label)
    const run = await createFinishedRun(project, version.setupId, {
      pool,
      ...PINNED,
      answers: { [caseId]: label },
    })
    const refused = { code: 'forbidden' }
    await expect(getMatrix(member, run)).rejects.toMatchObject(refused)
    const cell = { run, final: label, answer: label }
    await expect(listCellCases(member, cell)).rejects.toMatchObject(refused)
  })

  it('does not know the run of another project', async () => {
    const stranger = await createMember(await createProject(), 'manager')
    const unknown = { code: 'not_found' }
    await expect(getMatrix(stranger, world.runId)).rejects.toMatchObject(unknown)
    const cell = { run: world.runId, final: newId(), answer: null }
    await expect(listCellCases(stranger, cell)).rejects.toMatchObject(unknown)
  })
})
