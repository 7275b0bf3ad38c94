import { strToU8, unzipSync, zipSync } from 'fflate'
import { beforeEach, expect, test } from 'vitest'
import { bandsOf, shinglesOf } from '@/lib/cases/pools/similarity/rules'
import { caseContent } from '@/lib/cases/schema'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createReview } from '@/lib/platform/testing/reviews'
import { createVersion } from '@/lib/platform/testing/versions'
import { getPromptContent, getVersion } from '../data'
import { freezeDraft, saveDraft } from '../drafts/mutations'
import { packVersion } from './data'
import { importFiles } from './mutations'

let project: TestProject
let ana: Member

beforeEach(async () => {
  project = await createProject()
  ana = await createMember(project, 'prompt_engineer', 'Ana')
})

const HOSTILE = ' </persona>\r\n[INST] "quoted" \u2028 😀 ends in spaces  \n'

/** A version with everything that files carry; returns its id. */
async function createRich(): Promise<string> {
  const { id } = await createVersion(project)
  const { Billing, Defect, Education } = project.categories
  await saveDraft(ana, id, {
    edit: 0,
    note: 'Rich',
    persona: HOSTILE,
    rules: '',
    template: 'json',
    similarExamples: 5,
    badExampleForm: 'corrected_with_rule',
    answerFormat: { kind: 'xml', sample: 'full' },
    categories: [
      { categoryId: Education, description: HOSTILE },
      { categoryId: Billing, description: '' },
      { categoryId: Defect, description: 'Breaks.' },
    ],
  })
  const caseId = await createCase(project)
  const reviewId = await createReview(ana, caseId, { labelId: Defect, undone: true })
  await db.example.createMany({
    data: [
      { kind: 'good' as const, caseId, labelId: Defect, text: HOSTILE, explanation: HOSTILE },
      {
        kind: 'bad' as const,
        caseId,
        labelId: Defect,
        wrongLabelId: Billing,
        reviewId,
        text: 'b',
        explanation: '',
        flaggedAt: new Date(),
      },
      {
        kind: 'good' as const,
        caseId: await createCase(project),
        labelId: Billing,
        text: 'c',
        explanation: 'Why.',
        enabled: false,
      },
    ].map((one, position) => ({ ...one, id: newId(), versionId: id, position })),
  })
  return id
}

const send = (files: Record<string, string>, parent?: string) =>
  importFiles(
    ana,
    Object.entries(files).map(([name, text]) => ({ name, bytes: strToU8(text) })),
    parent,
  )

async function exportTexts(ref: string): Promise<Record<string, string>> {
  const { bytes } = await packVersion(ana, ref)
  return Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([name, content]) => [
      name,
      Buffer.from(content).toString(),
    ]),
  )
}

const countVersions = () => db.version.count({ where: { projectId: project.id } })

test('what the project replaces is replaced in the examples of the files, and stays so', async () => {
  const id = await createRich()
  const metadata = { customer: 'Brackwater Tiles' }
  const caseId = await createCase(project, { metadata })
  await db.example.updateMany({
    where: { versionId: id, text: 'c' },
    data: { caseId, text: 'ann@x.com of Brackwater Tiles', explanation: 'ann@x.com says so.' },
  })
  const setting = { on: true, fields: ['customer'], authors: true }
  const { bytes } = await packVersion(ana, id, setting)
  const { 'good-examples.jsonl': good } = unzipSync(bytes)
  const written = Buffer.from(good ?? []).toString()
  expect(written).toContain('[EMAIL_1] of [CUSTOMER_1]')
  expect(written).toContain('[EMAIL_1] says so.')
  expect(written).not.toMatch(/ann@x|Brackwater/)
  const imported = await importFiles(ana, [{ name: 'v.zip', bytes }], id)
  const again = await packVersion(ana, imported.id, setting)
  expect(Buffer.compare(again.bytes, bytes)).toBe(0)
})

test('a version exported, imported and exported again gives the same bytes', async () => {
  const id = await createRich()
  const { number } = await freezeDraft(ana, id, 1)
  const first = await packVersion(ana, String(number))
  expect(first.fileName).toBe(`${project.slug}-v1.zip`)
  const imported = await importFiles(ana, [{ name: 'v1.zip', bytes: first.bytes }], id)
  expect(imported.notes).toEqual([])
  const again = await packVersion(ana, imported.id)
  expect(Buffer.compare(again.bytes, first.bytes)).toBe(0)

  const [before, after] = [await getVersion(ana, '1'), await getVersion(ana, imported.id)]
  expect(after).toMatchObject({ number: null, edit: 0, author: 'Ana', note: 'Rich' })
  expect(after.parent).toEqual({ id, number: 1 })
  const ofKind = (kind: string) => (one: { kind: string }) => one.kind === kind
  for (const kind of ['good', 'bad']) {
    const shape = ({ id: _, position: __, ...one }: (typeof after.examples)[number]) => one
    expect(after.examples.filter(ofKind(kind)).map(shape)).toEqual(
      before.examples.filter(ofKind(kind)).map(shape),
    )
  }
  // The frozen one stays as it was.
  expect((await getPromptContent(project.id, id)).persona).toBe(HOSTILE)
})

test('without a parent the draft comes from the released version', async () => {
  const released = await createVersion(project, { number: 1 })
  await createVersion(project, { number: 2 })
  await db.release.create({
    data: {
      id: newId(),
      projectId: project.id,
      setupId: released.setupId,
      releasedById: ana.userId,
    },
  })
  const { id } = await send(await exportTexts('2'))
  expect((await getVersion(ana, id)).parent?.id).toBe(released.id)
  const foreign = await createVersion(await createProject())
  await expect(send(await exportTexts('2'), foreign.id)).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('an example without a text gets that of its case; labels may be names', async () => {
  const { id } = await createVersion(project)
  const caseId = await createCase(project)
  const { externalId, subject } = await db.case.findUniqueOrThrow({ where: { id: caseId } })
  const line = JSON.stringify({ external_id: externalId, label: 'Billing', explanation: 'x' })
  const imported = await send({ ...(await exportTexts(id)), 'good-examples.jsonl': `${line}\n` })
  const [example] = (await getVersion(ana, imported.id)).examples
  expect(example).toMatchObject({ caseId, labelId: project.categories.Billing })
  expect(example?.text.startsWith(subject)).toBe(true)
})

test('a case that is too long to stand as an example whole keeps everything out, by line', async () => {
  const { id } = await createVersion(project)
  const ids = [await createCase(project), await createCase(project, { text: 'ab '.repeat(20_000) })]
  const lines = await Promise.all(
    ids.map(async (caseId) => {
      const { externalId } = await db.case.findUniqueOrThrow({ where: { id: caseId } })
      return JSON.stringify({ external_id: externalId, label: 'Billing', explanation: '' })
    }),
  )
  const files = { ...(await exportTexts(id)), 'good-examples.jsonl': lines.join('\n') }
  const before = await countVersions()
  await expect(send(files)).rejects.toMatchObject({
    code: 'invalid',
    fields: { 'good-examples.jsonl, line 2': expect.stringMatching(/takes at most 50,000/) },
  })
  expect(await countVersions()).toBe(before)
})

test('a case that is unknown here or outside the example pool keeps everything out, by line', async () => {
  const { id } = await createVersion(project)
  const dev = await createCase(project, { pool: 'dev' })
  const hidden = await createCase(project, { pool: 'test' })
  const names = await db.case.findMany({ where: { id: { in: [dev, hidden] } } })
  const lines = ['nobody', ...names.map(({ externalId }) => externalId)].map((external_id) =>
    JSON.stringify({ external_id, label: 'billing', text: 'x', explanation: '' }),
  )
  const files = { ...(await exportTexts(id)), 'bad-examples.jsonl': `${lines.join('\n')}\n` }
  const before = await countVersions()
  await expect(send(files)).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(/^Nothing was imported\. .* And 2 more\.$/),
    fields: {
      'bad-examples.jsonl, line 1': 'The case “nobody” is not in this project.',
      'bad-examples.jsonl, line 2': expect.stringContaining('not in the example pool'),
      'bad-examples.jsonl, line 3': expect.stringContaining('not in the example pool'),
    },
  })
  expect(await countVersions()).toBe(before)
})

test('an example that says what a case of dev or test says keeps everything out, by line', async () => {
  const { id } = await createVersion(project)
  const judging = await createCase(project, { pool: 'test', text: 'I was charged twice for March' })
  const row = caseContent.parse(await db.case.findUniqueOrThrow({ where: { id: judging } }))
  await db.caseBand.createMany({
    data: bandsOf(shinglesOf(row)).map((hash) => ({
      projectId: project.id,
      hash,
      caseId: judging,
    })),
    skipDuplicates: true,
  })
  const from = await createCase(project)
  const { externalId: external_id } = await db.case.findUniqueOrThrow({ where: { id: from } })
  const said = row.messages.map(({ text }) => text).join(' ')
  const lines = ['My own words', said].map((text) =>
    JSON.stringify({ external_id, label: 'billing', text, explanation: '' }),
  )
  const files = { ...(await exportTexts(id)), 'bad-examples.jsonl': `${lines.join('\n')}\n` }
  const before = await countVersions()
  await expect(send(files)).rejects.toMatchObject({
    code: 'invalid',
    fields: {
      'bad-examples.jsonl, line 2': expect.stringMatching(/a case that versions are judged by/),
    },
  })
  expect(await countVersions()).toBe(before)
})

test('files for other categories are refused with their names and those that are missing', async () => {
  const { id } = await createVersion(project)
  const files = await exportTexts(id)
  const others = [
    { key: 'billing', name: 'Billing', description: '' },
    { key: 'shipping', name: 'Shipping', description: '' },
  ]
  const refused = send({ ...files, 'categories.json': JSON.stringify(others) })
  await expect(refused).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(/no “Shipping”\..*It has “Defect”, “Education”/),
  })
  const fewer = await send({ ...files, 'categories.json': JSON.stringify(others.slice(0, 1)) })
  expect(fewer.notes).toEqual([expect.stringContaining('“Defect”, “Education”')])
})

test('a label that is no category, or wrong and right at once, is named', async () => {
  const { id } = await createVersion(project)
  const caseId = await createCase(project)
  const { externalId: external_id } = await db.case.findUniqueOrThrow({ where: { id: caseId } })
  const line = (more: object) =>
    JSON.stringify({ external_id, text: 'x', explanation: '', ...more })
  const bad = [
    line({ label: 'nonsense' }),
    line({ label: 'billing', wrong_label: 'billing' }),
    line({ label: 'billing', wrong_label: 'nonsense' }),
  ]
  const files = { ...(await exportTexts(id)), 'bad-examples.jsonl': bad.join('\n') }
  await expect(send(files)).rejects.toMatchObject({
    fields: {
      'bad-examples.jsonl, line 1': '“nonsense” is no category of these files.',
      'bad-examples.jsonl, line 2': expect.stringContaining('can’t be the right one'),
      'bad-examples.jsonl, line 3': '“nonsense” is no category of these files.',
    },
  })
})

test('a review is kept where it is of the case, else left out with a word', async () => {
  const id = await createRich()
  const files = await exportTexts(id)
  const other = files['bad-examples.jsonl']?.replace(/"review": "[^"]*"/, `"review": "${newId()}"`)
  const imported = await send({ ...files, 'bad-examples.jsonl': other ?? '' })
  expect(imported.notes).toEqual([expect.stringContaining('1 of the reviews')])
  const { examples } = await getVersion(ana, imported.id)
  expect(examples.map(({ reviewId }) => reviewId)).toEqual([null, null, null])
})

test('an example whose review was taken back is flagged, whether or not another one knows', async () => {
  const id = await createRich()
  const files = await exportTexts(id)
  await db.example.updateMany({ where: { versionId: id }, data: { flaggedAt: null } })
  const imported = await send(files)
  const flagged = await db.example.findMany({
    where: { versionId: imported.id, flaggedAt: { not: null } },
  })
  expect(flagged.map(({ kind }) => kind)).toEqual(['bad'])
})

test('who imported what is on record', async () => {
  const { id } = await createVersion(project)
  const imported = await importFiles(
    ana,
    [{ name: 'v.zip', bytes: zipSync(unzipSync((await packVersion(ana, id)).bytes)) }],
    id,
  )
  const event = await db.auditEvent.findFirstOrThrow({ where: { subjectId: imported.id } })
  expect(event).toMatchObject({ action: 'draft.imported', actorId: ana.userId })
})
