import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/platform/database'
import { createCase, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { createFinishedRun, setFinalLabel } from '@/lib/platform/testing/versions'
import { createExample, createVersion } from '../testing/fixtures'
import { findSimilarExamples, openNeighbours, repeatNeighbours } from './data'
import { openIndex } from './indexes/data'

let project: TestProject
beforeEach(async () => {
  project = await createProject()
})

const content = (similarExamples: 0 | 5 = 5, names = ['Billing', 'Defect']) => ({
  similarExamples,
  examples: [] as { id: string }[],
  categories: names.map((name) => ({
    key: name.toLowerCase(),
    name: `Our ${name}`,
    description: '',
  })),
})
const asked = {
  subject: 'The export crashes',
  messages: [{ role: 'customer' as const, author: '', time: null, text: 'The export crashes.' }],
}

async function createLabelled(
  label: 'Billing' | 'Defect' | 'Education',
  text: string,
  pool: 'example' | 'dev' = 'example',
): Promise<string> {
  const id = await createCase(project, { pool, text })
  await setFinalLabel(project, id, project.categories[label])
  return id
}

const find = async (asOf = new Date(Date.now() + 1_000), given = content()) => {
  const findSimilar = await openNeighbours(project.id, given, asOf)
  const [similar = []] = await findSimilar([{ caseIds: [], clusterIds: [], content: asked }])
  return similar.map((one) => [one.label, one.content.messages[0]?.text])
}

test('labelled cases of the example pool, under the names that the version gives the labels', async () => {
  await createLabelled('Defect', 'The export crashes often')
  await createLabelled('Billing', 'The export costs too much')
  await createLabelled('Education', 'How to start the export')
  await createLabelled('Defect', 'The export crashes in dev', 'dev')
  await createCase(project, { text: 'The export crashes unlabelled' })
  expect(await find()).toEqual([
    ['Our Billing', 'The export costs too much'],
    ['Our Defect', 'The export crashes often'],
  ])
  expect(await find(undefined, content(0))).toEqual([])
})

test('are those of the time the run was made: labels and revisions that came later are not there', async () => {
  const kept = await createLabelled('Defect', 'The export crashes early')
  const late = await createLabelled('Billing', 'The export crashes late')
  const gone = await createLabelled('Billing', 'The export crashes, gone')
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000)
  await db.finalLabel.update({ where: { caseId: late }, data: { at: at(10) } })
  await db.case.update({ where: { id: gone }, data: { archivedAt: at(10) } })
  await db.finalLabel.update({ where: { caseId: kept }, data: { at: at(-10) } })
  const textsAt = async (asOf: Date) => (await find(asOf)).map(([, text]) => text).sort()
  expect(await textsAt(at(5))).toEqual(['The export crashes early', 'The export crashes, gone'])
  expect(await textsAt(at(20))).toEqual(['The export crashes early', 'The export crashes late'])
})

test('for one question: neither the case nor what is in a cluster with it', async () => {
  const own = await createLabelled('Defect', 'The export crashes')
  const twin = await createLabelled('Defect', 'The export crashes too')
  const other = await createLabelled('Billing', 'The export is dear')
  const { clusterId } = await db.case.findUniqueOrThrow({ where: { id: own } })
  await db.case.update({ where: { id: twin }, data: { clusterId } })
  const similar = await findSimilarExamples(project.id, content(), {
    caseIds: [own],
    content: asked,
  })
  expect(similar.map(({ label }) => label)).toEqual(['Our Billing'])
  expect(other).not.toBe(own)
})

test('the version’s own examples, and what is in a cluster with one, are no similar examples', async () => {
  const versionId = await createVersion(project)
  const own = await createLabelled('Defect', 'The export crashes')
  const twin = await createLabelled('Defect', 'The export crashes too')
  await createLabelled('Billing', 'The export is dear')
  const { clusterId } = await db.case.findUniqueOrThrow({ where: { id: own } })
  await db.case.update({ where: { id: twin }, data: { clusterId } })
  for (const enabled of [true, false]) {
    const id = await createExample(project, versionId, own, enabled)
    const given = { ...content(), examples: [{ id }] }
    expect(await find(undefined, given)).toEqual([['Our Billing', 'The export is dear']])
  }
})

test('one index is built for all who ask at once, and anew only when candidates or labels change', async () => {
  const ids = [
    await createLabelled('Defect', 'The export crashes'),
    await createLabelled('Billing', 'The export is dear'),
  ]
  const { Billing, Defect } = project.categories
  const open = (asOf = new Date(Date.now() + 60_000)) =>
    openIndex({ projectId: project.id, labelIds: [Billing, Defect], asOf })
  const [first, second] = await Promise.all([open(), open()])
  expect(second).toBe(first)
  // Another time, and the very same candidates.
  expect(await open(new Date(Date.now() + 90_000))).toBe(first)
  await db.finalLabel.update({ where: { caseId: ids[0] ?? '' }, data: { labelId: Billing } })
  const relabelled = await open()
  expect(relabelled).not.toBe(first)
  expect(relabelled.candidates.map(({ labelId }) => labelId)).toEqual([Billing, Billing])
  const { clusterId } = await db.case.findUniqueOrThrow({ where: { id: ids[0] ?? '' } })
  await db.case.update({ where: { id: ids[1] ?? '' }, data: { clusterId } })
  expect((await open()).candidates.map((one) => one.clusterId)).toEqual([clusterId, clusterId])
  expect((await open(new Date(0))).candidates).toEqual([])
})

test('a process keeps few indexes: of many pools the one that was asked for longest ago goes', async () => {
  const { Billing } = project.categories
  const ids: string[] = []
  for (let i = 0; i < 6; i++) {
    const id = await createLabelled('Billing', `The export ${i}`)
    await db.finalLabel.update({ where: { caseId: id }, data: { at: new Date(1_000 * (i + 1)) } })
    ids.push(id)
  }
  const open = (known: number) =>
    openIndex({ projectId: project.id, labelIds: [Billing], asOf: new Date(1_000 * known) })
  const first = await open(1)
  const second = await open(2)
  expect(await open(1)).toBe(first)
  for (const known of [3, 4, 5]) await open(known)
  expect(await open(1)).toBe(first)
  expect(await open(2)).not.toBe(second)
  expect((await open(2)).candidates.map(({ id }) => id)).toEqual(ids.slice(0, 2))
})

test('what stood beside a pack is repeated for each of its cases: the nearest of it, under the labels it had', async () => {
  const ids = [
    await createLabelled('Defect', 'The export crashes often'),
    await createLabelled('Billing', 'The invoice is too high'),
    await createLabelled('Defect', 'The page crashes'),
  ]
  const { Billing, Defect } = project.categories
  const own = await createCase(project, { pool: 'dev', text: 'The export crashes.' })
  const versionId = await createVersion(project)
  const setup = await db.setup.create({
    data: { id: crypto.randomUUID(), projectId: project.id, versionId, packSize: 5 },
  })
  const runId = await createFinishedRun(project, setup.id, {
    ...{ pool: 'dev', content: {}, contentHash: 'x', answers: { [own]: Defect } },
  })
  await db.call.create({
    data: {
      ...{ id: crypto.randomUUID(), runId, status: 'ok', request: {}, requestHash: '' },
      ...{ similarIds: ids, similarLabelIds: [Defect, Billing, Defect] },
      cases: { create: { caseId: own } },
    },
  })
  await setFinalLabel(project, ids[0] ?? '', Billing)
  const run = await db.run.findUniqueOrThrow({ where: { id: runId } })
  const repeat = await repeatNeighbours(run, { ...content(), similarExamples: 2 })
  const [similar = []] = await repeat([{ caseIds: [own], clusterIds: [], content: asked }])
  expect(similar.map(({ caseId, label }) => [caseId, label])).toEqual([
    // Both of the nearest say Defect: the last of them makes room for another label, as ever.
    [ids[1], 'Our Billing'],
    [ids[0], 'Our Defect'],
  ])
})
