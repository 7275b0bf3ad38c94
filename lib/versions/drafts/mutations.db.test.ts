import { beforeEach, expect, test } from 'vitest'
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
import { createVersion } from '@/lib/platform/testing/versions'
import { makeCategoryChange } from '@/lib/projects/categories/mutations'
import { categoryChangeInput } from '@/lib/projects/categories/schema'
import { getPromptContent, getVersion } from '../data'
import { addExample, changeExample, orderExamples, removeExample } from '../examples/mutations'
import { getGate } from '../releases/data'
import { createDraft, discardDraft, freezeDraft, restoreDraft, saveDraft } from './mutations'

let project: TestProject
let ana: Member
let ben: Member

beforeEach(async () => {
  project = await createProject()
  ana = await createMember(project, 'prompt_engineer', 'Ana')
  ben = await createMember(project, 'prompt_engineer', 'Ben')
})

async function draftWithExamples(): Promise<string> {
  const { id } = await createVersion(project)
  for (const [edit, kind] of (['good', 'bad'] as const).entries()) {
    await addExample(ana, id, {
      edit,
      kind,
      caseId: await createCase(project),
      text: `A ${kind} one`,
      labelId: project.categories.Billing,
      wrongLabelId: kind === 'bad' ? project.categories.Defect : null,
      explanation: 'Because.',
    })
  }
  return id
}

/** The content without the ids that every copy has of its own. */
async function contentOf(versionId: string) {
  const content = await getPromptContent(project.id, versionId)
  return { ...content, examples: content.examples.map(({ id: _, ...example }) => example) }
}

test('a draft copies everything its parent says, and the parent stays as it was', async () => {
  const parentId = await draftWithExamples()
  const before = await contentOf(parentId)
  const { id } = await createDraft(ana, { parentId })
  expect(await contentOf(id)).toEqual(before)
  expect(before.examples).toHaveLength(2)

  const copy = await getVersion(ana, id)
  await saveDraft(ana, id, { edit: 0, persona: 'Another persona.' })
  await changeExample(ana, id, copy.examples[0]?.id ?? '', { edit: 1, text: 'Changed' })
  expect(await contentOf(parentId)).toEqual(before)
  expect(copy.parent).toEqual({ id: parentId, number: null })
})

test('a save from an older state is refused, says who and keeps theirs', async () => {
  const { id } = await createVersion(project)
  await saveDraft(ben, id, { edit: 0, rules: 'Rules of Ben' })
  const late = saveDraft(ana, id, { edit: 0, rules: 'Rules of Ana', persona: 'Persona of Ana' })
  await expect(late).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/^Ben changed this draft at \d\d:\d\d UTC/),
  })
  const kept = await getVersion(ana, id)
  expect(kept).toMatchObject({ rules: 'Rules of Ben', persona: 'You read cases.', edit: 1 })

  await saveDraft(ana, id, { edit: kept.edit, rules: 'Rules of Ana' })
  expect(await getVersion(ana, id)).toMatchObject({ rules: 'Rules of Ana', savedBy: 'Ana' })
})

test('of two saves at once exactly one is kept', async () => {
  const { id } = await createVersion(project)
  const saves = await Promise.allSettled([
    saveDraft(ana, id, { edit: 0, persona: 'Ana' }),
    saveDraft(ben, id, { edit: 0, persona: 'Ben' }),
  ])
  expect(saves.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const kept = saves[0]?.status === 'fulfilled' ? 'Ana' : 'Ben'
  expect((await getVersion(ana, id)).persona).toBe(kept)
})

test('categories are reordered and described anew; one of another project is refused', async () => {
  const { id } = await createVersion(project)
  const { Billing, Defect, Education } = project.categories
  const order = [Education, Billing, Defect].map((categoryId) => ({ categoryId, description: 'x' }))
  await saveDraft(ana, id, { edit: 0, categories: order })
  const { categories } = await getVersion(ana, id)
  expect(categories.map(({ name }) => name)).toEqual(['Education', 'Billing', 'Defect'])

  const other = await createProject()
  const foreign = [{ categoryId: other.categories.Billing, description: 'x' }]
  await expect(saveDraft(ana, id, { edit: 1, categories: foreign })).rejects.toMatchObject({
    code: 'invalid',
  })
  expect((await getVersion(ana, id)).edit).toBe(1)
})

test('template and similar examples are saved, handed on and part of the set-up', async () => {
  const parentId = await draftWithExamples()
  await saveDraft(ana, parentId, { edit: 2, template: 'json', similarExamples: 5 })
  const { id } = await createDraft(ana, { parentId })
  expect(await getVersion(ana, id)).toMatchObject({ template: 'json', similarExamples: 5 })
  await saveDraft(ana, id, { edit: 0, persona: 'Another' })
  expect(await getPromptContent(project.id, id)).toMatchObject({
    template: 'json',
    similarExamples: 5,
  })
  const { number } = await freezeDraft(ana, id, 1)
  const { setupId } = await getGate(ana, String(number))
  expect(await db.setup.findMany({ where: { versionId: id } })).toMatchObject([
    { id: setupId, similarExamples: 5 },
  ])
})

test('a frozen version has the next number and never changes, whatever the way', async () => {
  await createVersion(project, { number: 4 })
  const id = await draftWithExamples()
  expect(await freezeDraft(ana, id, 2)).toEqual({ number: 5 })
  const frozen = await contentOf(id)

  const late = { code: 'conflict', message: expect.stringContaining('frozen as v5') }
  await expect(saveDraft(ana, id, { edit: 3, persona: 'x' })).rejects.toMatchObject(late)
  await expect(freezeDraft(ana, id, 3)).rejects.toMatchObject(late)
  const { examples } = await getVersion(ana, '5')
  const exampleId = examples[0]?.id ?? ''
  await expect(removeExample(ana, id, exampleId, 3)).rejects.toMatchObject(late)
  await expect(discardDraft(ana, id)).rejects.toMatchObject(late)

  const other = (await createVersion(project)).id
  const statements = [
    db.$executeRaw`UPDATE "Example" SET "versionId" = ${other}::uuid WHERE id = ${exampleId}::uuid`,
    db.$executeRaw`UPDATE "Version" SET persona = 'x' WHERE id = ${id}::uuid`,
    db.$executeRaw`UPDATE "Version" SET template = 'json' WHERE id = ${id}::uuid`,
    db.$executeRaw`UPDATE "Version" SET "similarExamples" = 2 WHERE id = ${id}::uuid`,
    db.$executeRaw`UPDATE "Version" SET number = NULL WHERE id = ${id}::uuid`,
    db.$executeRaw`UPDATE "VersionCategory" SET description = 'x' WHERE "versionId" = ${id}::uuid`,
    db.$executeRaw`UPDATE "Example" SET text = 'x' WHERE id = ${exampleId}::uuid`,
    db.$executeRaw`DELETE FROM "Example" WHERE id = ${exampleId}::uuid`,
  ]
  for (const statement of statements) await expect(statement).rejects.toThrow(/frozen/)
  expect(await contentOf(id)).toEqual(frozen)
})

test('what is written into a version while it is frozen waits for that and is refused', async () => {
  const id = await draftWithExamples()
  const freezing = await pool.connect()
  await freezing.query('BEGIN')
  await freezing.query('UPDATE "Version" SET number = 7 WHERE id = $1', [id])
  const writing = db.$executeRaw`UPDATE "Example" SET text = 'x' WHERE "versionId" = ${id}::uuid`
  const refused = expect(writing).rejects.toThrow(/frozen/)
  await untilSomeoneWaits()
  await freezing.query('COMMIT')
  freezing.release()
  await refused
})

test('everything that came with a case stays as it came', async () => {
  const id = await createCase(project)
  const changes = [
    db.$executeRaw`UPDATE "Case" SET metadata = '{"label": "Billing"}' WHERE id = ${id}::uuid`,
    db.$executeRaw`UPDATE "Case" SET link = 'https://example.com' WHERE id = ${id}::uuid`,
    db.$executeRaw`UPDATE "Case" SET characters = 1 WHERE id = ${id}::uuid`,
  ]
  for (const change of changes) await expect(change).rejects.toThrow(/never changes/)
})

test('two drafts frozen at once get different numbers', async () => {
  const [a, b] = [await createVersion(project), await createVersion(project)]
  const numbers = await Promise.all([freezeDraft(ana, a.id, 0), freezeDraft(ben, b.id, 0)])
  expect(numbers.map(({ number }) => number).sort()).toEqual([1, 2])
})

test('a draft without categories can not be frozen', async () => {
  const { id } = await createVersion(project)
  await db.versionCategory.deleteMany({ where: { versionId: id } })
  await expect(freezeDraft(ana, id, 0)).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('It has no categories.'),
  })
  expect((await getVersion(ana, id)).number).toBeNull()
})

test('examples are ordered, switched off and removed', async () => {
  const id = await draftWithExamples()
  const [first, second] = (await getVersion(ana, id)).examples.map((example) => example.id)
  await orderExamples(ana, id, { edit: 2, ids: [second ?? '', first ?? ''] })
  await changeExample(ana, id, second ?? '', { edit: 3, enabled: false })
  const ordered = (await getVersion(ana, id)).examples
  expect(ordered.map((example) => [example.id, example.enabled])).toEqual([
    [second, false],
    [first, true],
  ])
  await expect(orderExamples(ana, id, { edit: 4, ids: [newId()] })).rejects.toMatchObject({
    code: 'conflict',
  })
  await removeExample(ana, id, first ?? '', 4)
  expect((await getVersion(ana, id)).examples.map((example) => example.id)).toEqual([second])
})

test('a version of another project is not found', async () => {
  const stranger = await createMember(await createProject(), 'prompt_engineer')
  const { id } = await createVersion(project)
  await expect(getVersion(stranger, id)).rejects.toMatchObject({ code: 'not_found' })
  await expect(saveDraft(stranger, id, { edit: 0, persona: 'x' })).rejects.toMatchObject({
    code: 'not_found',
  })
  await expect(createDraft(stranger, { parentId: id })).rejects.toMatchObject({ code: 'not_found' })
})

test('a discarded draft is gone from sight; the only version stays', async () => {
  const only = await createVersion(project)
  await expect(discardDraft(ana, only.id)).rejects.toMatchObject({ code: 'conflict' })
  const { id } = await createDraft(ana, { parentId: only.id })
  await discardDraft(ana, id)
  await expect(getVersion(ana, id)).rejects.toMatchObject({ code: 'not_found' })
})

test('a discarded draft is brought back as it was; nothing else can be', async () => {
  await createVersion(project)
  const id = await draftWithExamples()
  const before = await contentOf(id)
  await expect(restoreDraft(ana, id)).rejects.toMatchObject({ code: 'not_found' })
  await discardDraft(ben, id)
  const stranger = await createMember(await createProject(), 'prompt_engineer')
  await expect(restoreDraft(stranger, id)).rejects.toMatchObject({ code: 'not_found' })
  await restoreDraft(ana, id)
  expect(await contentOf(id)).toEqual(before)
  expect((await getVersion(ana, id)).savedBy).toBe('Ana')
})

test('a restored draft has the categories of today, and flags what shows a label that is none', async () => {
  await createVersion(project)
  const id = await draftWithExamples()
  const { Billing, Defect, Education } = project.categories
  await discardDraft(ana, id)
  const manager = await createMember(project, 'manager')
  const into = [{ name: 'Charges', description: 'Charged.' }, { name: 'Credits' }]
  for (const input of [
    { kind: 'split', categoryId: Billing, into },
    { kind: 'merge', categoryIds: [Education], intoId: Defect },
  ]) {
    const change = categoryChangeInput.parse({ id: newId(), ...input })
    await makeCategoryChange(manager, change)
    await db.categoryChange.update({ where: { id: change.id }, data: { finishedAt: new Date() } })
  }
  await restoreDraft(ana, id)
  const { categories, examples } = await getVersion(ana, id)
  expect(categories.map(({ name, description }) => [name, description])).toEqual([
    ['Charges', 'Charged.'],
    ['Credits', ''],
    ['Defect', 'Defect matters.'],
  ])
  expect(examples.map(({ enabled, flagged }) => [enabled, flagged])).toEqual([
    [false, true],
    [false, true],
  ])
})

test('a removed example comes back under its id, where it stood, with what it came from', async () => {
  const id = await draftWithExamples()
  const { examples } = await getVersion(ana, id)
  const [first] = examples
  if (!first) throw new Error('no example')
  const { id: exampleId, kind, caseId, text, labelId, wrongLabelId, explanation } = first
  const said = { kind, caseId, text, labelId, wrongLabelId, explanation }
  await changeExample(ana, id, exampleId, { edit: 2, enabled: false })
  await removeExample(ana, id, exampleId, 3)
  const back = { id: exampleId, position: first.position, enabled: false, ...said }
  await addExample(ana, id, { edit: 4, ...back })
  const restored = (await getVersion(ana, id)).examples
  expect(restored).toEqual([{ ...first, enabled: false }, examples[1]])

  // Once more is refused: it is there already.
  await expect(addExample(ana, id, { edit: 5, ...back })).rejects.toMatchObject({ code: 'P2002' })
  // Where another stands now, that one makes room.
  const other = { ...back, id: newId(), caseId: await createCase(project) }
  await addExample(ben, id, { edit: 5, ...other })
  const order = (await getVersion(ana, id)).examples
  expect(order.map((example) => example.id)).toEqual([other.id, exampleId, examples[1]?.id])
  expect(new Set(order.map(({ position }) => position)).size).toBe(3)
})

test('a review that an example names must be of its case', async () => {
  const id = await draftWithExamples()
  const said = { kind: 'good' as const, text: 'x', explanation: '', wrongLabelId: null }
  const foreign = { ...said, labelId: project.categories.Billing, reviewId: newId() }
  const caseId = await createCase(project)
  await expect(addExample(ana, id, { edit: 2, caseId, ...foreign })).rejects.toMatchObject({
    code: 'invalid',
  })
  const other = await createProject()
  const label = { ...said, labelId: other.categories.Billing }
  await expect(addExample(ana, id, { edit: 2, caseId, ...label })).rejects.toMatchObject({
    code: 'invalid',
  })
  expect((await getVersion(ana, id)).edit).toBe(2)
})

test('examples keep the places they have among them when they are reordered', async () => {
  const id = await draftWithExamples()
  const [first, second] = (await getVersion(ana, id)).examples
  await db.example.update({ where: { id: second?.id ?? '' }, data: { position: 7 } })
  await orderExamples(ana, id, { edit: 2, ids: [second?.id ?? '', first?.id ?? ''] })
  const ordered = (await getVersion(ana, id)).examples
  expect(ordered.map((one) => [one.id, one.position])).toEqual([
    [second?.id, 0],
    [first?.id, 7],
  ])
})

test('a draft that names a removed category is saved, but not frozen', async () => {
  const { id } = await createVersion(project)
  const { Billing, Defect } = project.categories
  await db.category.update({ where: { id: Billing }, data: { archivedAt: new Date() } })
  const categories = [Defect, Billing].map((categoryId) => ({ categoryId, description: 'x' }))
  const saved = await saveDraft(ana, id, { edit: 0, categories })
  await expect(freezeDraft(ana, id, saved.edit)).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('“Billing” was removed in the settings'),
  })
  await saveDraft(ana, id, { edit: 1, categories: categories.slice(0, 1) })
  expect(await freezeDraft(ana, id, 2)).toEqual({ number: 1 })
})
