import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordSights } from '@/lib/cases/sights/mutations'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { setFinalLabel } from '@/lib/platform/testing/versions'
import { hasCheckLeft } from '@/lib/reviews/checks/data'
import { listCallsOfCase } from './calls/data'
import { getRun, listRuns } from './data'
import { estimateRun, getRunOptions } from './estimates/data'
import { labelRun } from './labelling/jobs'
import { startRun } from './starting/mutations'
import { listSuggestions } from './suggestions/data'
import { listSeen } from './suggestions/rules'
import { startTestRun } from './test-runs/mutations'
import { createCases, createVersion } from './testing/fixtures'
import { startBedrock, type TestBedrock } from './testing/processes'

let bedrock: TestBedrock
let project: TestProject
let engineer: Member
let versionId: string
let devCases: string[]
let devRun: string
let testRun: string
let secondTestRun: string

const NO_STATUS = { after: undefined, status: undefined }

/** One project with a dev run of 60 cases and a test run; the tests only read. */
beforeAll(async () => {
  bedrock = await startBedrock()
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer', 'Ada')
  versionId = await createVersion(project, { number: 1 })
  devCases = await createCases(project, 'dev', 60)
  await createCases(project, 'test', 2)
  const before = await estimateRun(engineer, { versionId, pool: 'dev', limit: null })
  expect(before).toMatchObject({ cases: 60, unlabelled: 60, cost: 0, measured: false })
  expect(before.obstacle).toBeNull()
  devRun = (await startRun(engineer, { versionId, pool: 'dev', limit: null })).id
  const { setupId } = await db.run.findUniqueOrThrow({ where: { id: devRun } })
  testRun = (await startTestRun(engineer, { setupId })).id
  for (const id of [devRun, testRun]) await labelRun(id, new AbortController().signal)
  // The gate asks for a second, identical run: it waits.
  secondTestRun = (await db.run.findFirstOrThrow({ where: { pool: 'test', id: { not: testRun } } }))
    .id
})
afterAll(() => bedrock.close())

test('runs are listed newest first with who started them and how they went', async () => {
  const runs = await listRuns(engineer)
  expect(runs.map(({ id }) => id)).toEqual([secondTestRun, testRun, devRun])
  expect(runs[2]).toMatchObject({
    versionNumber: 1,
    startedBy: 'Ada',
    status: 'done',
    standIn: true,
    items: 60,
    done: 60,
  })
  expect(runs[2]?.statuses.parsed).toBe(60)
})

test('runs of another project are not found', async () => {
  const stranger = await createMember(await createProject(), 'manager')
  expect(await listRuns(stranger)).toEqual([])
  await expect(getRun(stranger, devRun)).rejects.toMatchObject({ code: 'not_found' })
  await expect(listSuggestions(stranger, devRun, NO_STATUS)).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await listCallsOfCase(stranger, devCases[0] ?? '')).toEqual([])
})

test('an ended run has its rate over all of it and nothing left', async () => {
  const run = await getRun(engineer, devRun)
  expect(run.ratePerMinute).toBeGreaterThan(0)
  expect(run.timeLeftMs).toBeNull()
})

test('tokens are estimated within five per cent of what was used', async () => {
  const { inputTokens, cut } = await estimateRun(engineer, { versionId, pool: 'dev', limit: null })
  const run = await getRun(engineer, devRun)
  expect(cut).toBe(0)
  expect(inputTokens / run.inputTokens).toBeGreaterThan(0.95)
  expect(inputTokens / run.inputTokens).toBeLessThan(1.05)
})

test('an estimate counts only the cases asked for, and learns from the last run', async () => {
  const estimate = await estimateRun(engineer, { versionId, pool: 'dev', limit: 10 })
  expect(estimate).toMatchObject({ cases: 10, measured: true, standIn: true })
})

test('an estimate says how many of its cases the version has not labelled yet', async () => {
  const { unlabelled } = await estimateRun(engineer, { versionId, pool: 'dev', limit: 10 })
  expect(unlabelled).toBe(0)
})

test('the test pool has no estimate and no list of suggestions', async () => {
  await expect(
    estimateRun(engineer, { versionId, pool: 'test', limit: null }),
  ).rejects.toMatchObject({ code: 'forbidden' })
  await expect(listSuggestions(engineer, testRun, NO_STATUS)).rejects.toMatchObject({
    code: 'forbidden',
  })
  const inTest = await db.case.findFirstOrThrow({ where: { projectId: project.id, pool: 'test' } })
  expect(await db.callCase.count({ where: { caseId: inTest.id } })).toBe(1)
  expect(await listCallsOfCase(engineer, inTest.id)).toEqual([])
})

test('options name versions and count the cases that can run', async () => {
  const options = await getRunOptions(engineer)
  expect(options.versions.map(({ id, number }) => [id, number])).toEqual([[versionId, 1]])
  expect(options.cases).toEqual({ example: 0, dev: 60 })
  expect(options.target).toBe(0.9)
})

test('suggestions come in pages that neither repeat nor skip', async () => {
  const first = await listSuggestions(engineer, devRun, NO_STATUS)
  const second = await listSuggestions(engineer, devRun, {
    ...NO_STATUS,
    after: first.next ?? undefined,
  })
  expect(first.rows).toHaveLength(50)
  expect(second.next).toBeNull()
  const ids = [...first.rows, ...second.rows].map(({ caseId }) => caseId)
  expect(ids.sort()).toEqual([...devCases].sort())
  const failed = await listSuggestions(engineer, devRun, { ...NO_STATUS, status: 'failed' })
  expect(failed.rows).toEqual([])
})

test('what the model said of a dev case is hidden until the person has answered or opened it', async () => {
  const reader = await createMember(project, 'prompt_engineer', 'Eve')
  const [seen = '', labelled = ''] = devCases
  await db.caseSight.create({ data: { caseId: seen, userId: reader.userId } })
  const { rows: before } = await listSuggestions(reader, devRun, NO_STATUS)
  const hidden = before.filter((row) => row.hidden)
  expect(hidden.map(({ caseId }) => caseId)).not.toContain(seen)
  expect(hidden).toHaveLength(49)
  for (const { label, labelText, explanation } of hidden) {
    expect([label, labelText, explanation]).toEqual([null, null, null])
  }
  await db.finalLabel.create({
    data: {
      caseId: labelled,
      projectId: project.id,
      labelId: project.categories.Billing,
      source: 'imported',
    },
  })
  const { rows } = await listSuggestions(reader, devRun, NO_STATUS)
  expect(rows.filter((row) => row.hidden)).toHaveLength(48)
  expect(rows.find(({ caseId }) => caseId === seen)?.label).not.toBeNull()
})

test('it is hidden again when the answer is taken back, and while the case is in hand', async () => {
  const reader = await createMember(project, 'prompt_engineer', 'Ada')
  const [caseId = '', inHand = ''] = devCases.slice(10)
  const ids = { projectId: project.id, caseId, assignmentId: newId(), reviewerId: reader.userId }
  const slot = { slot: 1, mode: 'blind', frame: 'dev', rank: 0 } as const
  const held = { holderId: reader.userId, leaseUntil: new Date(Date.now() + 60_000) }
  await db.assignment.createMany({
    data: [
      { ...slot, id: ids.assignmentId, projectId: project.id, caseId },
      { ...slot, ...held, id: newId(), projectId: project.id, caseId: inHand },
    ],
  })
  await setFinalLabel(project, inHand, project.categories.Billing)
  const review = { ...ids, purpose: 'ordinary', answeredAt: new Date() } as const
  const first = { ...review, id: newId(), labelId: project.categories.Billing }
  await db.review.create({ data: first })
  const hidden = async () => {
    const { rows } = await listSuggestions(reader, devRun, NO_STATUS)
    return [caseId, inHand].map((id) => rows.find((row) => row.caseId === id)?.hidden)
  }
  expect(await hidden()).toEqual([false, true])
  await db.review.create({
    data: { ...review, id: newId(), supersedesId: first.id, undone: true },
  })
  expect(await hidden()).toEqual([true, true])
})

test('what a page shows counts as seen, what it hides does not', () => {
  const rows = [
    { caseId: 'a', hidden: false },
    { caseId: 'b', hidden: true },
  ]
  expect(listSeen({ rows })).toEqual(['a'])
})

test('of an example case, too, nothing is told before its label: it may be asked blind as a check case', async () => {
  const other = await createProject()
  const member = await createMember(other, 'prompt_engineer')
  const version = await createVersion(other)
  const [open = '', check = ''] = await createCases(other, 'example', 2)
  const { id } = await startRun(member, { versionId: version, pool: 'example' })
  await labelRun(id, new AbortController().signal)
  const { rows } = await listSuggestions(member, id, NO_STATUS)
  expect(rows.map(({ hidden, label }) => [hidden, label])).toEqual([
    [true, null],
    [true, null],
  ])
  await setFinalLabel(other, check, other.categories.Billing)
  await db.checkCase.create({ data: { projectId: other.id, caseId: check } })
  expect(await hasCheckLeft(other.id, member.userId)).toBe(true)
  const page = await listSuggestions(member, id, NO_STATUS)
  expect(page.rows.find(({ caseId }) => caseId === open)?.hidden).toBe(true)
  await recordSights(member, listSeen(page))
  expect(await hasCheckLeft(other.id, member.userId)).toBe(false)
})

test('a case has its calls with the exact request and the raw answer', async () => {
  const [call, ...others] = await listCallsOfCase(engineer, devCases[0] ?? '')
  expect(others).toEqual([])
  expect(call).toMatchObject({
    exact: true,
    status: 'ok',
    versionNumber: 1,
    stopReason: 'end_turn',
  })
  expect(JSON.parse(call?.request ?? '')).toMatchObject({
    modelId: 'closecall.lexical-v1',
    system: [{ text: expect.stringContaining('You sort support cases.') }],
    inferenceConfig: { maxTokens: 512, temperature: 0.2 },
  })
  expect(call?.rawAnswer).toContain('<response>')
  expect(call?.suggestion?.label).not.toBeNull()
})

test('an id that is no case of the project has no calls', async () => {
  expect(await listCallsOfCase(engineer, newId())).toEqual([])
})
