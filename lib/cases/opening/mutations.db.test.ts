import { beforeEach, describe, expect, it } from 'vitest'
import { countCases } from '@/lib/cases/listing/data'
import { openCaseList } from '@/lib/cases/listing/mutations'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createFinishedRun, createVersion } from '@/lib/platform/testing/versions'
import { renewClaims } from '@/lib/reviews/queue/mutations'
import { openCalls, openCase } from './mutations'

let project: TestProject
let reviewer: Member
let engineer: Member
beforeEach(async () => {
  project = await createProject()
  reviewer = await createMember(project, 'reviewer')
  engineer = await createMember(project, 'prompt_engineer')
})

/** A case with a final label, and with the member's own standing (or taken back) answer if given. */
async function addLabelled(pool: 'example' | 'dev' | 'test', text?: string) {
  const id = await createCase(project, { pool, text })
  const labelId = project.categories.Defect
  const base = { caseId: id, projectId: project.id }
  await db.finalLabel.create({ data: { ...base, labelId, source: 'imported' } })
  return id
}

async function addReview(caseId: string, member: Member, undone = false) {
  const assignmentId = newId()
  const base = { caseId, projectId: project.id }
  await db.assignment.create({
    data: { id: assignmentId, ...base, slot: 1, mode: 'blind', frame: 'dev', rank: 0 },
  })
  await db.review.create({
    data: {
      id: newId(),
      ...base,
      assignmentId,
      purpose: 'ordinary',
      reviewerId: member.userId,
      undone,
      labelId: undone ? null : project.categories.Billing,
      answeredAt: new Date(),
    },
  })
}

/** In the member's hands for so many minutes more; returns the assignment's id. */
async function hold(caseId: string, member: Member, minutes = 5): Promise<string> {
  const id = newId()
  await db.assignment.create({
    data: {
      ...{ id, caseId, projectId: project.id, slot: 1, mode: 'blind', frame: 'dev', rank: 0 },
      ...{ holderId: member.userId, leaseUntil: new Date(Date.now() + minutes * 60_000) },
    },
  })
  return id
}

const PROMPT = {
  ...{ persona: '', rules: '', badExampleForm: 'wrong_with_reason', categories: [], examples: [] },
  answerFormat: { kind: 'xml', sample: 'short' },
  model: { modelId: 'm', maxTokens: 1, temperature: null },
}

const sights = (member: Member) =>
  db.caseSight
    .findMany({ where: { userId: member.userId } })
    .then((rows) => rows.map((row) => row.caseId))

describe('openCase', () => {
  it('shows a reviewer only the text before their answer, and all of it after', async () => {
    const id = await addLabelled('dev')
    const before = await openCase(reviewer, id)
    expect(before.labels).toBeNull()
    expect(JSON.stringify(before)).not.toMatch(/Defect|dev|imported/)
    await expect(openCalls(reviewer, id)).rejects.toThrow('not found')
    await addReview(id, reviewer)
    const after = await openCase(reviewer, id)
    expect(after.labels?.finalLabel?.label).toBe('Defect')
    expect(after.labels?.reviews).toHaveLength(1)
  })

  it('remembers what was seen after the answer, but not that one saw one’s own', async () => {
    const imported = await addLabelled('dev')
    const own = await createCase(project, { pool: 'dev' })
    for (const id of [imported, own]) await addReview(id, reviewer)
    expect((await openCase(reviewer, imported)).sight).toBe('after_answer')
    expect((await openCase(reviewer, own)).sight).toBe('none')
    expect(await sights(reviewer)).toEqual([imported])
  })

  it('shows nothing to a prompt engineer who has the case in hand', async () => {
    const id = await addLabelled('dev')
    await hold(id, engineer)
    expect((await openCase(engineer, id)).labels).toBeNull()
    await expect(openCalls(engineer, id)).rejects.toThrow('not found')
    expect(await sights(engineer)).toEqual([])
  })

  it('shows nothing while the case is set aside for them, to be asked or asked again', async () => {
    const id = await addLabelled('dev')
    await hold(id, engineer, -1)
    await db.assignment.updateMany({
      where: { caseId: id },
      data: { purpose: 'check_case', forUserId: engineer.userId },
    })
    expect((await openCase(engineer, id)).labels).toBeNull()
    expect(await sights(engineer)).toEqual([])
  })

  it('takes a case whose lease has run out from whoever sees its labels', async () => {
    const id = await addLabelled('dev')
    const assignmentId = await hold(id, engineer, -1)
    expect((await openCase(engineer, id)).sight).toBe('before_answer')
    expect(await renewClaims(engineer, { assignmentIds: [assignmentId] })).toMatchObject({
      lost: [assignmentId],
    })
  })

  it('counts the calls about a case as a sight', async () => {
    const id = await createCase(project, { pool: 'dev' })
    const { setupId } = await createVersion(project, { number: 1 })
    const run = { pool: 'dev', content: PROMPT, contentHash: '' } as const
    const runId = await createFinishedRun(project, setupId, { ...run, answers: { [id]: null } })
    await db.call.create({
      data: {
        ...{ id: newId(), runId, status: 'ok', requestHash: '' },
        request: { modelId: 'm', messages: [], inferenceConfig: { maxTokens: 1 } },
        cases: { create: { caseId: id } },
      },
    })
    expect(await openCalls(engineer, id)).toHaveLength(1)
    expect(await sights(engineer)).toEqual([id])
  })

  it('withholds a call about cases that they may still be asked about, until that is past', async () => {
    const [id, other] = [await addLabelled('dev'), await createCase(project, { pool: 'dev' })]
    await addReview(id, reviewer)
    const { setupId } = await createVersion(project, { number: 1 })
    const run = { pool: 'dev', content: PROMPT, contentHash: '' } as const
    const answers = { [id]: null, [other]: project.categories.Defect }
    const runId = await createFinishedRun(project, setupId, { ...run, answers })
    await db.call.create({
      data: {
        ...{ id: newId(), runId, status: 'ok', requestHash: '', rawAnswer: 'Both are Defect.' },
        request: { modelId: 'm', messages: [], inferenceConfig: { maxTokens: 1 } },
        cases: { create: [id, other].map((caseId, position) => ({ caseId, position })) },
      },
    })
    const withheld = { request: null, rawAnswer: null, tellsOfIds: [] }
    expect(await openCalls(reviewer, id)).toMatchObject([withheld])
    // A final label alone is not enough while they have the case in hand.
    const label = { labelId: project.categories.Defect, source: 'imported' } as const
    await db.finalLabel.create({ data: { caseId: other, projectId: project.id, ...label } })
    await hold(other, reviewer)
    expect(await openCalls(reviewer, id)).toMatchObject([withheld])
    expect(await sights(reviewer)).toEqual([id])
    await db.assignment.updateMany({ where: { caseId: other }, data: { holderId: null } })
    expect(await openCalls(reviewer, id)).toMatchObject([
      { request: expect.stringContaining('messages'), rawAnswer: 'Both are Defect.' },
    ])
    expect(new Set(await sights(reviewer))).toEqual(new Set([id, other]))
  })

  it('tells who settled it among what, who passed on it, and that it was confirmed in bulk', async () => {
    const id = await addLabelled('dev')
    const { Billing, Education } = project.categories
    await db.finalLabel.update({
      where: { caseId: id },
      data: {
        ...{ source: 'settled', settledById: engineer.userId, bulk: true },
        ...{ precedent: 'A refund is billing.', among: [Billing, Education] },
      },
    })
    const assignmentId = await hold(id, reviewer, -1)
    const skip = { id: newId(), assignmentId, caseId: id, userId: reviewer.userId }
    await db.assignmentSkip.create({ data: { ...skip, reason: 'sensitive', note: 'Names.' } })
    const { labels } = await openCase(engineer, id)
    expect(labels?.finalLabel).toMatchObject({
      ...{ settledBy: 'Pat', precedent: 'A refund is billing.', bulk: true },
      among: ['Billing', 'Education'],
    })
    expect(labels?.skips).toMatchObject([{ by: 'Pat', reason: 'sensitive', note: 'Names.' }])
  })

  it('says of what waits to be settled so, to whom it concerns only', async () => {
    const id = await createCase(project, { pool: 'dev' })
    await db.dispute.create({ data: { caseId: id, projectId: project.id, kind: 'labels' } })
    await addReview(id, reviewer)
    expect((await openCase(engineer, id)).labels?.dispute).toBe('labels')
    expect((await openCase(reviewer, id)).labels?.dispute).toBeNull()
  })

  it('hides it again when the answer is taken back', async () => {
    const id = await addLabelled('dev')
    await addReview(id, reviewer, true)
    expect((await openCase(reviewer, id)).labels).toBeNull()
  })

  it('remembers what a prompt engineer saw before answering', async () => {
    const id = await addLabelled('dev')
    const nothingKnown = await createCase(project, { pool: 'dev' })
    expect((await openCase(engineer, id)).sight).toBe('before_answer')
    expect((await openCase(engineer, nothingKnown)).sight).toBe('none')
    expect(await sights(engineer)).toEqual([id])
  })

  it('opens no test case to anyone, and none of another project', async () => {
    const locked = await addLabelled('test')
    await addReview(locked, engineer)
    await expect(openCase(engineer, locked)).rejects.toThrow('not found')
    await expect(openCalls(engineer, locked)).rejects.toThrow('not found')
    const stranger = await createMember(await createProject(), 'manager')
    const id = await addLabelled('dev')
    await expect(openCase(stranger, id)).rejects.toThrow('not found')
  })
})

describe('openCaseList', () => {
  it('never lists test cases, and says how many there are', async () => {
    const dev = await addLabelled('dev')
    await addLabelled('test')
    const { rows } = await openCaseList(engineer, {})
    expect(rows.map(({ id }) => id)).toEqual([dev])
    expect(await countCases(engineer)).toMatchObject({ dev: 1, test: 1, example: 0 })
    expect(await sights(engineer)).toEqual([dev])
  })

  it('gives a reviewer no facts, and does not let filters ask for them', async () => {
    const labelled = await addLabelled('dev')
    const open = await createCase(project, { pool: 'example' })
    const filter = { category: project.categories.Defect, status: 'reviewed' as const }
    const { rows } = await openCaseList(reviewer, filter)
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set([labelled, open]))
    expect(rows.every(({ facts }) => facts === null)).toBe(true)
  })

  it('keeps the label of a case from who is being asked about it, whatever they filter by', async () => {
    const id = await addLabelled('dev')
    const category = project.categories.Defect
    const assignmentId = await hold(id, engineer)
    expect((await openCaseList(engineer, { category })).rows).toEqual([])
    const [row] = (await openCaseList(engineer, {})).rows
    expect(row?.facts).toMatchObject({ label: null, status: 'waiting_for_review' })
    expect(await sights(engineer)).toEqual([])
    expect((await renewClaims(engineer, { assignmentIds: [assignmentId] })).lost).toEqual([])
    const manager = await createMember(project, 'manager')
    expect((await openCaseList(manager, { category })).rows).toHaveLength(1)
  })

  it('finds by text, with no wildcard in it, and by category and status', async () => {
    const percent = await addLabelled('dev', 'stops at 45% of "all"')
    await addLabelled('dev', 'stops at 45 of all')
    const waiting = await createCase(project, { pool: 'example', text: 'something else' })
    const ids = async (filter: Parameters<typeof openCaseList>[1]) =>
      (await openCaseList(engineer, filter)).rows.map(({ id }) => id)
    expect(await ids({ q: '45% of "ALL"' })).toEqual([percent])
    expect(await ids({ status: 'waiting_for_review' })).toEqual([waiting])
    expect(await ids({ category: project.categories.Billing })).toEqual([])
    expect(await ids({ category: project.categories.Defect, pool: 'dev' })).toHaveLength(2)
    expect(await ids({ verdict: 'wrong' })).toEqual([])
    expect(await ids({ close: 'yes' })).toEqual([])
  })

  it('goes on where a page ended', async () => {
    for (let i = 0; i < 53; i++) await createCase(project, { pool: 'dev' })
    const first = await openCaseList(engineer, {})
    expect(first.rows).toHaveLength(50)
    const second = await openCaseList(engineer, { after: first.next ?? undefined })
    expect(second.rows).toHaveLength(3)
    expect(second.next).toBeNull()
    const all = [...first.rows, ...second.rows].map(({ id }) => id)
    expect(new Set(all).size).toBe(53)
  })
})
