import { describe, expect, it } from 'vitest'
import { getMatrix, listCellCases } from '@/lib/accuracy/matrix/data'
import { listTallies } from '@/lib/accuracy/tallies/data'
import { findCase } from '@/lib/cases/opening/data'
import type { Member } from '@/lib/platform/access'
import { db, pool } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { untilSomeoneWaits } from '@/lib/platform/testing/locks'
import { createReview } from '@/lib/platform/testing/reviews'
import { createFinishedRun, createVersion, setFinalLabel } from '@/lib/platform/testing/versions'
import { settleChange } from '@/lib/reviews/recall/jobs'
import { getPromptContent } from '@/lib/versions/data'
import { createDraft, discardDraft, restoreDraft, saveDraft } from '@/lib/versions/drafts/mutations'
import { getCategoryEffect, getCategoryHistory } from './data'
import { makeCategoryChange, undoCategoryChange } from './mutations'
import { categoryChangeInput } from './schema'

async function world() {
  const project = await createProject()
  const manager = await createMember(project, 'manager', 'Max')
  return { project, manager, ...project.categories }
}

async function change(manager: Member, input: object): Promise<string> {
  const { id } = await makeCategoryChange(
    manager,
    categoryChangeInput.parse({ id: newId(), ...input }),
  )
  await settleChange(id, { graceMs: 0 })
  return id
}

async function released(project: TestProject) {
  const { id, setupId } = await createVersion(project, { number: 1 })
  await db.release.create({ data: { id: newId(), projectId: project.id, setupId } })
  return { id, setupId }
}

describe('what a change would touch', () => {
  it('is counted before it is made, with the time it takes', async () => {
    const { project, manager, Billing, Defect } = await world()
    const reviewer = await createMember(project)
    const [settled, imported, second, disputed] = [
      await createCase(project),
      await createCase(project),
      await createCase(project, { pool: 'test' }),
      await createCase(project),
    ]
    await setFinalLabel(project, imported, Billing)
    await setFinalLabel(project, second, Defect, Billing)
    await db.finalLabel.create({
      data: { caseId: settled, projectId: project.id, labelId: Billing, source: 'settled' },
    })
    await createReview(reviewer, disputed, { labelId: Billing, seconds: 30 })
    await db.dispute.create({ data: { caseId: disputed, projectId: project.id, kind: 'labels' } })
    await db.checkCase.create({ data: { caseId: imported, projectId: project.id } })
    await released(project)
    expect(await getCategoryEffect(manager, { of: [Billing] })).toEqual({
      ...{ cases: 3, labels: 2, settled: 1, imported: 1, disputes: 1, seconds: 1, checks: 1 },
      ...{ examples: 0, effort: 90, inForce: 1 },
    })
    await expect(getCategoryEffect(manager, { of: [newId()] })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

describe('the history', () => {
  it('says who changed what, how far its cases are, and what the version in force does not know', async () => {
    const { project, manager, Billing, Defect } = await world()
    await setFinalLabel(project, await createCase(project), Billing)
    await released(project)
    const into = [{ name: 'Charges' }, { name: 'Credits' }]
    const split = await change(manager, { kind: 'split', categoryId: Billing, into })
    const renamed = await change(manager, { kind: 'rename', categoryId: Defect, name: 'Bug' })
    const { changes, outdated } = await getCategoryHistory(manager)
    expect(changes).toMatchObject([
      { id: renamed, sentence: '“Defect” was renamed to “Bug”', by: 'Max', undoable: true },
      { id: split, recalled: 1, done: 1, state: 'done', undoable: false },
    ])
    expect(outdated).toEqual({ number: 1, former: ['Billing'], missing: ['Charges', 'Credits'] })
    await undoCategoryChange(manager, renamed)
    expect((await getCategoryHistory(manager)).changes[0]).toMatchObject({ state: 'undone' })
    const defect = await db.category.findUniqueOrThrow({ where: { id: Defect } })
    expect(defect.name).toBe('Defect')
  })
})

describe('a frozen version', () => {
  it('keeps the names its categories had, whatever becomes of them', async () => {
    const { project, manager, Billing, Defect } = await world()
    const { id } = await createVersion(project, { number: 1 })
    const before = await getPromptContent(project.id, id)
    await change(manager, { kind: 'rename', categoryId: Defect, name: 'Bug' })
    await change(manager, { kind: 'remove', categoryId: Billing })
    expect(await getPromptContent(project.id, id)).toEqual(before)
  })

  it('is measured by what its labels count as: the category they became, or no valid label', async () => {
    const { project, manager, Billing, Defect, Education } = await world()
    const { setupId } = await createVersion(project, { number: 1 })
    const cases = [0, 1, 2].map(() => createCase(project, { pool: 'dev' }))
    const [one = '', two = '', three = ''] = await Promise.all(cases)
    const runId = await createFinishedRun(project, setupId, {
      ...{ pool: 'dev', content: {}, contentHash: '' },
      answers: { [one]: Billing, [two]: Defect, [three]: Education },
    })
    for (const caseId of [one, two]) await setFinalLabel(project, caseId, Defect)
    await setFinalLabel(project, three, Billing)
    await change(manager, {
      ...{ kind: 'split', categoryId: Education },
      into: [{ name: 'Lessons' }, { name: 'Advice' }],
    })
    await change(manager, { kind: 'merge', categoryIds: [Billing], intoId: Defect })
    const tallies = (await listTallies([runId])).map((row) => [row.predictedId, row.finalId, row.n])
    expect(tallies).toHaveLength(2)
    expect(tallies).toEqual(
      expect.arrayContaining([
        [Defect, Defect, 2],
        [null, Defect, 1],
      ]),
    )
    const view = await getMatrix(manager, runId)
    expect(view.names[Defect]).toBe('Defect')
    const cell = async (answer: string | null) =>
      (await listCellCases(manager, { run: runId, final: Defect, answer })).rows.map(
        (r) => r.caseId,
      )
    expect((await cell(Defect)).sort()).toEqual([one, two].sort())
    expect(await cell(null)).toEqual([three])
  })
})

describe('a draft that starts from a version of before', () => {
  it('has the categories of today, and switches off what shows a label that is none', async () => {
    const { project, manager, Billing, Defect, Education } = await world()
    const engineer = await createMember(project, 'prompt_engineer')
    const { id } = await createVersion(project)
    const caseId = await createCase(project)
    const labels = [Billing, Defect, Education]
    await db.example.createMany({
      data: labels.map((labelId, position) => ({
        ...{ id: newId(), versionId: id, kind: 'good', caseId, text: 'A text', labelId },
        ...{ explanation: 'So.', position },
      })),
    })
    await db.version.update({ where: { id }, data: { number: 1, frozenAt: new Date() } })
    const into = [{ name: 'Charges', description: 'Charged.' }, { name: 'Credits' }]
    await change(manager, { kind: 'split', categoryId: Billing, into })
    await change(manager, { kind: 'merge', categoryIds: [Education], intoId: Defect })
    const draft = await createDraft(engineer, { parentId: id, switchOff: [] })
    const { categories } = await getPromptContent(project.id, draft.id)
    expect(categories.map(({ name, description }) => [name, description])).toEqual([
      ['Charges', 'Charged.'],
      ['Credits', ''],
      ['Defect', 'Defect matters.'],
    ])
    const examples = await db.example.findMany({
      where: { versionId: draft.id },
      orderBy: { position: 'asc' },
    })
    expect(examples.map((one) => [one.labelId, one.enabled, one.flaggedAt !== null])).toEqual([
      [Billing, false, true],
      [Defect, true, false],
      [Defect, true, false],
    ])
  })
})

describe('a draft that is being saved while the categories change', () => {
  it('keeps what was typed, and neither of the two is refused', async () => {
    const { project, manager, Billing, Defect } = await world()
    const { id } = await createVersion(project)
    const saving = await pool.connect()
    await saving.query('BEGIN')
    await saving.query('UPDATE "Version" SET edit = edit + 1 WHERE id = $1', [id])
    const changed = change(manager, { kind: 'remove', categoryId: Billing })
    await untilSomeoneWaits()
    await saving.query('DELETE FROM "VersionCategory" WHERE "versionId" = $1', [id])
    for (const [position, categoryId] of [Defect, Billing].entries()) {
      await saving.query(
        `INSERT INTO "VersionCategory" ("versionId", "categoryId", description, position)
        VALUES ($1, $2, 'Just typed.', $3)`,
        [id, categoryId, position],
      )
    }
    await saving.query('COMMIT')
    saving.release()
    await changed
    const { categories } = await getPromptContent(project.id, id)
    expect(categories.map(({ name, description }) => [name, description])).toEqual([
      ['Defect', 'Just typed.'],
    ])
  })
})

describe('a draft that is discarded between a split and its undo', () => {
  async function discarded() {
    const { project, manager, Billing } = await world()
    await createVersion(project)
    const { id } = await createVersion(project)
    const from = { versionId: id, caseId: await createCase(project), labelId: Billing }
    const said = { text: 'A text', explanation: 'So.', position: 0 }
    await db.example.create({ data: { ...from, ...said, id: newId(), kind: 'good' } })
    const into = [{ name: 'Charges' }, { name: 'Credits' }]
    const input = categoryChangeInput.parse({
      ...{ id: newId(), kind: 'split', categoryId: Billing, into },
    })
    await makeCategoryChange(manager, input)
    const bringBack = async () => {
      await discardDraft(manager, id)
      await undoCategoryChange(manager, input.id)
      await restoreDraft(manager, id)
      const { categories } = await getPromptContent(project.id, id)
      return categories.map(({ name, description }) => [name, description])
    }
    return { id, manager, bringBack }
  }

  it('comes back with its category, its words and its examples', async () => {
    const { id, bringBack } = await discarded()
    expect(await bringBack()).toEqual([
      ['Billing', 'Billing matters.'],
      ['Defect', 'Defect matters.'],
      ['Education', 'Education matters.'],
    ])
    const example = await db.example.findFirstOrThrow({ where: { versionId: id } })
    expect(example).toMatchObject({ enabled: true, flaggedAt: null })
  })

  it('has the category in place of its parts where it was saved since', async () => {
    const { id, manager, bringBack } = await discarded()
    const { edit } = await db.version.findUniqueOrThrow({ where: { id } })
    await saveDraft(manager, id, { edit, rules: 'Think.' })
    expect((await bringBack()).map(([name]) => name)).toEqual(['Billing', 'Defect', 'Education'])
    expect(await db.version.findUniqueOrThrow({ where: { id } })).toMatchObject({ rules: 'Think.' })
  })
})

describe('the page of a case that was sent back', () => {
  it('tells what it was labelled as before, and that counts as having seen it', async () => {
    const { project, manager, Billing } = await world()
    const reviewer = await createMember(project, 'reviewer', 'Pat')
    const caseId = await createCase(project)
    await createReview(reviewer, caseId, { labelId: Billing, note: 'A refund.' })
    await db.finalLabel.create({
      data: { caseId, projectId: project.id, labelId: Billing, source: 'review' },
    })
    const into = [{ name: 'Charges' }, { name: 'Credits' }]
    await change(manager, { kind: 'split', categoryId: Billing, into })
    const view = await findCase(manager, caseId)
    expect(view?.labels).toMatchObject({ finalLabel: null, reviews: [] })
    expect(view?.labels?.former).toMatchObject([
      {
        sentence: '“Billing” was split into “Charges”, “Credits”',
        label: 'Billing',
        definition: 'Billing matters.',
        source: 'review',
        answers: [{ reviewer: 'Pat', label: 'Billing (former)', note: 'A refund.' }],
      },
    ])
    expect(view?.sight).toBe('before_answer')
    // Who answered it may be asked again, so nothing of it is shown to them.
    expect((await findCase(reviewer, caseId))?.labels).toBeNull()
  })
})
