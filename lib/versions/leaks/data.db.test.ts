import { beforeEach, expect, test } from 'vitest'
import { bandsOf, shinglesOf } from '@/lib/cases/pools/similarity/rules'
import { caseContent, type Pool } from '@/lib/cases/schema'
import { listLabelRows } from '@/lib/datasets/exports/data'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { createVersion, setFinalLabel } from '@/lib/platform/testing/versions'
import { startRun } from '@/lib/runs/starting/mutations'
import { listCasesNear, listLikesOfExamples } from './data'

let project: TestProject
let member: Member
let versionId: string

beforeEach(async () => {
  project = await createProject()
  member = await createMember(project, 'manager')
  versionId = (await createVersion(project)).id
})

const LEAKED = 'The nightly export to our warehouse stops at half past two since the last update'

/** A case of one message with its own cluster and bands, as pooling leaves it. */
async function addCase(pool: Pool, text: string): Promise<string> {
  const id = newId()
  const content = caseContent.parse({
    subject: '',
    messages: [{ author: '', role: 'customer', time: null, text }],
  })
  await db.case.create({
    data: {
      id,
      ...content,
      project: { connect: { id: project.id } },
      cluster: { create: { id: newId(), projectId: project.id, pool } },
      externalId: `T-${id}`,
      textHash: new Uint8Array(),
      characters: text.length,
      rank: Math.random(),
      pool,
    },
  })
  const hashes = bandsOf(shinglesOf(content))
  await db.caseBand.createMany({
    data: hashes.map((hash) => ({ projectId: project.id, hash, caseId: id })),
    skipDuplicates: true,
  })
  return id
}

async function addRow(caseId: string, text: string, enabled = true): Promise<string> {
  const { id } = await db.example.create({
    data: {
      id: newId(),
      versionId,
      caseId,
      kind: 'good',
      text,
      labelId: project.categories.Billing,
      explanation: '',
      enabled,
      position: 0,
    },
  })
  return id
}

/** What got in before its text was looked at: an example that says the same as cases of every pool. */
async function leak() {
  const from = await addCase(
    'example',
    'How do I set up a schedule for the weekly report of my team',
  )
  const near = await Promise.all([
    addCase('example', `${LEAKED} again`),
    addCase('dev', `${LEAKED} again`),
    addCase('test', `${LEAKED} again`),
  ])
  const other = await addCase(
    'dev',
    'I was charged twice for March and want one of the charges back',
  )
  await addRow(from, `Customer: ${LEAKED}`)
  for (const id of [from, ...near, other])
    await setFinalLabel(project, id, project.categories.Billing)
  return { from, near, other }
}

test('a text is near what says nearly the same, in the pools asked for', async () => {
  const { near } = await leak()
  const [example, dev, of_test] = near
  const texts = [LEAKED, 'Something else entirely', `${LEAKED}\n\nAgent: Try again`]
  expect(await listCasesNear(db, project.id, texts)).toEqual([
    expect.arrayContaining([dev, of_test]),
    [],
    expect.arrayContaining([dev, of_test]),
  ])
  expect(await listCasesNear(db, project.id, [LEAKED], ['example'])).toEqual([[example]])
  await db.case.updateMany({ where: { pool: 'dev' }, data: { archivedAt: new Date() } })
  expect(await listCasesNear(db, project.id, [LEAKED], ['dev'])).toEqual([[]])
  const neighbour = await createProject()
  expect(await listCasesNear(db, neighbour.id, [LEAKED])).toEqual([[]])
  expect(await listCasesNear(db, project.id, [])).toEqual([])
})

test('a run counts nothing that says the same as an example in use', async () => {
  const { near, other } = await leak()
  const { id } = await startRun(member, { versionId, pool: 'dev' })
  const items = await db.runItem.findMany({ where: { runId: id } })
  expect(Object.fromEntries(items.map(({ caseId, counts }) => [caseId, counts]))).toEqual({
    [near[1]]: false,
    [other]: true,
  })
})

test('an export marks every like of an example, whatever the pool', async () => {
  const { from, near, other } = await leak()
  const likeIds = await listLikesOfExamples(db, project.id, { pools: ['example', 'dev', 'test'] })
  expect(new Set(likeIds)).toEqual(new Set([from, ...near]))
  const { rows } = await listLabelRows(member, { after: null, limit: 10, likeIds })
  const marks = new Map(rows.map(({ external_id, is_example }) => [external_id, is_example]))
  for (const id of [from, ...near]) expect(marks.get(`T-${id}`)).toBe(true)
  expect(marks.get(`T-${other}`)).toBe(false)
})

test('what shares a cluster with a like is one too', async () => {
  const { near } = await leak()
  const sibling = await addCase('test', 'Our export is broken')
  const { clusterId } = await db.case.findUniqueOrThrow({ where: { id: near[2] } })
  await db.case.update({ where: { id: sibling }, data: { clusterId } })
  await setFinalLabel(project, sibling, project.categories.Billing)
  const likeIds = await listLikesOfExamples(db, project.id, { pools: ['test'] })
  const { rows } = await listLabelRows(member, { after: null, limit: 10, likeIds })
  expect(rows.find(({ external_id }) => external_id === `T-${sibling}`)?.is_example).toBe(true)
})
