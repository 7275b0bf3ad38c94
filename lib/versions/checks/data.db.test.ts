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
import { createVersion } from '@/lib/platform/testing/versions'
import { freezeDraft } from '../drafts/mutations'
import { getCheckFacts } from './data'

let project: TestProject
let member: Member
let versionId: string

beforeEach(async () => {
  project = await createProject()
  member = await createMember(project, 'prompt_engineer')
  versionId = (await createVersion(project)).id
})

const addRow = (caseId: string, text: string, labelId = project.categories.Billing) =>
  db.example.create({
    data: {
      id: newId(),
      versionId,
      caseId,
      kind: 'good',
      text,
      labelId,
      explanation: '',
      position: 0,
    },
    select: { id: true },
  })

/** As pooling leaves it. */
async function addBands(caseId: string): Promise<string> {
  const row = await db.case.findUniqueOrThrow({ where: { id: caseId } })
  const content = caseContent.parse(row)
  await db.caseBand.createMany({
    data: bandsOf(shinglesOf(content)).map((hash) => ({ projectId: project.id, hash, caseId })),
    skipDuplicates: true,
  })
  return content.messages.map(({ text }) => text).join('\n')
}

const freeze = async () => {
  const { edit } = await db.version.findUniqueOrThrow({ where: { id: versionId } })
  return freezeDraft(member, versionId, edit)
}

test('nothing is known against a draft of sound examples, which can be frozen', async () => {
  const caseId = await createCase(project, { text: 'My invoice is wrong, please look' })
  await addRow(caseId, 'My invoice is wrong')
  expect(await getCheckFacts(member, versionId)).toEqual({
    outsidePool: [],
    nearJudging: [],
    removedCategories: [],
    modelId: 'closecall.lexical-v1',
    window: expect.any(Number),
    missingModels: [],
    usualCase: 'My invoice is wrong, please look'.length,
  })
  await expect(freeze()).resolves.toEqual({ number: 1 })
})

test.each(['dev', 'test'] as const)(
  'an example that says what a case of %s says is named, never the case, and blocks freezing',
  async (pool) => {
    const judging = await createCase(project, { pool, text: 'I was charged twice for March' })
    const said = await addBands(judging)
    const from = await createCase(project)
    const { id } = await addRow(from, said)
    const facts = await getCheckFacts(member, versionId)
    expect(facts.nearJudging).toEqual([id])
    expect(JSON.stringify(facts)).not.toContain(judging)
    await expect(freeze()).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/nearly the same as a case that versions are judged by/),
    })
  },
)

test('an example from outside the pool is named and blocks freezing', async () => {
  const caseId = await createCase(project, { pool: 'dev' })
  await db.$executeRaw`ALTER TABLE "Example" DISABLE TRIGGER USER`
  const { id } = await addRow(caseId, 'A text of its own')
  await db.$executeRaw`ALTER TABLE "Example" ENABLE TRIGGER USER`
  expect((await getCheckFacts(member, versionId)).outsidePool).toEqual([id])
  await expect(freeze()).rejects.toThrow(/outside the example pool/)
})

test('two examples that say opposite things block freezing, with both named', async () => {
  const text = 'The nightly export stops at half past two since the last update'
  const cases = [await createCase(project), await createCase(project)]
  for (const [at, caseId] of cases.entries()) {
    const { Billing, Defect } = project.categories
    await addRow(caseId, text, at === 0 ? Billing : Defect)
  }
  const names = await db.case.findMany({ where: { id: { in: cases } } })
  for (const { externalId } of names) await expect(freeze()).rejects.toThrow(externalId)
  await expect(freeze()).rejects.toThrow(/opposite things/)
})

test('a category that was removed in the settings is named', async () => {
  const { Defect } = project.categories
  await db.category.update({ where: { id: Defect }, data: { archivedAt: new Date() } })
  expect((await getCheckFacts(member, versionId)).removedCategories).toEqual([Defect])
})

test('another project’s version is none', async () => {
  const stranger = await createMember(await createProject(), 'prompt_engineer')
  await expect(getCheckFacts(stranger, versionId)).rejects.toMatchObject({ code: 'not_found' })
})
