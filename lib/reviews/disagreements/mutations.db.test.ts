import { beforeEach, describe, expect, it } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createSuggestion, releaseSetup, type TestSetup } from '@/lib/platform/testing/suggestions'
import { submitReview } from '../answers/mutations'
import { submitInput } from '../answers/schema'
import { openMissingAssignments } from '../queue/jobs'
import { claimNextCases } from '../queue/mutations'
import { undoReview } from '../undo/mutations'
import { openDispute, openDisputes, settleCase } from './mutations'
import { listPrecedents } from './precedents/data'
import { settleInput } from './schema'

let project: TestProject
let setup: TestSetup
let pat: Member
let sam: Member
let engineer: Member
let manager: Member

beforeEach(async () => {
  project = await createProject()
  await db.project.update({ where: { id: project.id }, data: { reviewsWanted: 2 } })
  setup = await releaseSetup(project)
  pat = await createMember(project, 'reviewer', 'Pat')
  sam = await createMember(project, 'reviewer', 'Sam')
  engineer = await createMember(project, 'prompt_engineer', 'Eve')
  manager = await createMember(project, 'manager', 'Max')
})

type Said = { labelId: string | null; note?: string; closeCall?: boolean; secondLabelId?: string }

async function answer(member: Member, said: Said) {
  const [claim] = (await claimNextCases(member, { n: 1 })).claims
  if (!claim) throw new Error('nothing was claimed')
  const input = submitInput.parse({
    ...{ id: newId(), assignmentId: claim.assignmentId, seconds: 12 },
    suggestionId: claim.suggestion?.id ?? null,
    answeredAt: new Date().toISOString(),
    ...said,
  })
  return submitReview(member, input)
}

/** A case on which Pat says Defect and Sam says Billing. */
async function disputedCase(pool: 'example' | 'dev' | 'test' = 'dev', text?: string) {
  const caseId = await createCase(project, { pool, ...(text ? { text } : {}) })
  await createSuggestion(setup.runId, caseId, { labelId: project.categories.Education })
  await openMissingAssignments(project.id)
  await answer(pat, { labelId: project.categories.Defect, note: 'It breaks.' })
  await answer(sam, { labelId: project.categories.Billing })
  return caseId
}
const settle = (member: Member, caseId: string, changes = {}) =>
  settleCase(
    member,
    caseId,
    settleInput.parse({
      labelId: project.categories.Billing,
      precedent: 'A refund is billing.',
      ...changes,
    }),
  )
const finalLabel = (caseId: string) => db.finalLabel.findUnique({ where: { caseId } })

describe('the list', () => {
  it('shows what waits, longest first, by kind and page, test cases to managers only', async () => {
    const first = await disputedCase()
    const locked = await disputedCase('test')
    const { rows, counts, next } = await openDisputes(manager, {})
    expect(rows.map(({ caseId }) => caseId)).toEqual([first, locked])
    expect(rows[0]).toMatchObject({ kind: 'labels', labels: ['Defect', 'Billing'], answers: 2 })
    expect([counts, next]).toEqual([{ labels: 2, unsure: 0, skipped: 0 }, null])
    expect((await openDisputes(engineer, {})).rows.map(({ caseId }) => caseId)).toEqual([first])
    expect((await openDisputes(engineer, { kind: 'unsure' })).rows).toEqual([])
    await expect(openDisputes(engineer, { cursor: 'x' })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('goes on where a page has ended', async () => {
    const caseIds = await Promise.all(Array.from({ length: 51 }, () => createCase(project)))
    await db.dispute.createMany({
      data: caseIds.map((caseId) => ({ caseId, projectId: project.id, kind: 'skipped' as const })),
    })
    const page = await openDisputes(manager, {})
    const rest = await openDisputes(manager, { cursor: page.next ?? '' })
    expect(rest.next).toBeNull()
    const listed = [...page.rows, ...rest.rows].map(({ caseId }) => caseId)
    expect(new Set(listed)).toEqual(new Set(caseIds))
    expect(listed).toHaveLength(51)
  })

  it('keeps what others said from someone whose answer it would make final', async () => {
    const caseId = await createCase(project, { pool: 'dev' })
    await openMissingAssignments(project.id)
    await answer(engineer, { labelId: project.categories.Defect })
    await answer(sam, { labelId: project.categories.Billing })
    const { rows } = await openDisputes(engineer, {})
    expect(rows).toMatchObject([{ caseId, labels: [], maySettle: false }])
    await undoReview(engineer, { id: newId(), reviewId: null })
    expect((await openDisputes(engineer, {})).rows).toEqual([])
  })
})

describe('one case', () => {
  it('shows everybody’s answers with their history, and remembers who looked', async () => {
    const caseId = await createCase(project, { pool: 'dev' })
    await openMissingAssignments(project.id)
    await answer(pat, { labelId: project.categories.Defect })
    await undoReview(pat, { id: newId(), reviewId: null })
    await answer(pat, { labelId: project.categories.Education, note: 'On second thoughts.' })
    await answer(sam, { labelId: project.categories.Billing })
    const view = await openDispute(engineer, caseId)
    expect(view.answers.map(({ reviewer }) => reviewer)).toEqual(['Pat', 'Sam'])
    expect(view.answers[0]?.history).toMatchObject([
      { label: 'Defect', undone: false, seconds: 12 },
      { label: null, undone: true },
      { label: 'Education', note: 'On second thoughts.' },
    ])
    expect(view).toMatchObject({ kind: 'labels', maySettle: true, suggestion: null })
    expect(await db.caseSight.count({ where: { caseId, userId: engineer.userId } })).toBe(1)
  })

  it('shows the suggestion in the example pool only', async () => {
    const shown = await openDispute(engineer, await disputedCase('example'))
    expect(shown.suggestion?.labelId).toBe(project.categories.Education)
    expect((await openDispute(manager, await disputedCase('test'))).suggestion).toBeNull()
  })

  it('is not there for strangers, for whom it is locked, and where nobody disagrees', async () => {
    const stranger = await createMember(await createProject(), 'manager')
    const caseId = await disputedCase()
    for (const [member, id] of [
      [stranger, caseId],
      [engineer, await disputedCase('test')],
      [engineer, await createCase(project)],
    ] as const) {
      await expect(openDispute(member, id)).rejects.toMatchObject({ code: 'not_found' })
      await expect(settle(member, id)).rejects.toMatchObject({ code: 'not_found' })
    }
  })
})

describe('settling', () => {
  it('gives the label, with what it was among, and ends the disagreement', async () => {
    const caseId = await disputedCase()
    const view = await settle(engineer, caseId)
    expect(view).toMatchObject({ kind: null, settled: { label: 'Billing', by: 'Eve', own: true } })
    const { Defect, Billing } = project.categories
    expect(await finalLabel(caseId)).toMatchObject({
      ...{ labelId: Billing, source: 'settled', settledById: engineer.userId, mode: 'blind' },
      ...{ precedent: 'A refund is billing.', among: [Defect, Billing] },
    })
    expect(await db.dispute.count({ where: { caseId } })).toBe(0)
    const audit = { action: 'label.settled', subjectId: caseId }
    expect(await db.auditEvent.count({ where: audit })).toBe(1)
    await settle(engineer, caseId)
    expect(await db.auditEvent.count({ where: audit })).toBe(1)
  })

  it('may be changed by who settled it, and stands against everyone else', async () => {
    const caseId = await disputedCase()
    await settle(engineer, caseId)
    await settle(engineer, caseId, { labelId: project.categories.Defect })
    expect((await finalLabel(caseId))?.labelId).toBe(project.categories.Defect)
    await expect(settle(manager, caseId)).rejects.toThrow('Someone else has settled')
    await undoReview(sam, { id: newId(), reviewId: null })
    expect(await finalLabel(caseId)).toMatchObject({ source: 'settled' })
  })

  it('is for who has never reviewed the case, also if they took it back', async () => {
    const caseId = await createCase(project, { pool: 'dev' })
    await openMissingAssignments(project.id)
    await answer(engineer, { labelId: project.categories.Defect })
    await answer(sam, { labelId: project.categories.Billing })
    await expect(settle(engineer, caseId)).rejects.toThrow('You have reviewed')
    expect(await finalLabel(caseId)).toBeNull()
  })

  it('lets one of two win who settle at the same moment', async () => {
    const caseId = await disputedCase()
    const both = await Promise.allSettled([settle(engineer, caseId), settle(manager, caseId)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('is not shown to who is asked about the case, though they let the lease run out', async () => {
    const caseId = await createCase(project)
    const base = { caseId, projectId: project.id }
    const labelId = project.categories.Defect
    await db.finalLabel.create({ data: { ...base, labelId, source: 'imported' } })
    await db.assignment.create({
      data: {
        ...{ ...base, id: newId(), slot: 1, mode: 'shown', purpose: 'check_case' },
        ...{ frame: 'example', rank: 0, forUserId: engineer.userId, holderId: engineer.userId },
        leaseUntil: new Date(Date.now() - 60_000),
      },
    })
    await expect(openDispute(engineer, caseId)).rejects.toThrow('asked about')
    expect((await openDispute(manager, caseId)).maySettle).toBe(true)
  })

  it('refuses labels of elsewhere and a missing sentence', async () => {
    const caseId = await disputedCase()
    const other = await createProject()
    for (const changes of [
      { labelId: other.categories.Billing },
      { secondLabelId: newId() },
      { secondLabelId: project.categories.Billing },
    ]) {
      await expect(settle(engineer, caseId, changes)).rejects.toMatchObject({ code: 'invalid' })
    }
    const labelId = project.categories.Billing
    for (const precedent of [' \n ', 'x'.repeat(301)]) {
      expect(settleInput.safeParse({ labelId, precedent }).success).toBe(false)
    }
    expect(await finalLabel(caseId)).toBeNull()
  })

  it('replaces an imported label, and asks nobody about the case any more', async () => {
    const caseId = await createCase(project, { pool: 'dev' })
    await openMissingAssignments(project.id)
    const data = { caseId, projectId: project.id, labelId: project.categories.Defect }
    await db.finalLabel.create({ data: { ...data, source: 'imported' } })
    await settle(engineer, caseId)
    expect(await finalLabel(caseId)).toMatchObject({ source: 'settled', mode: 'blind' })
    expect((await claimNextCases(pat)).claims).toEqual([])
  })
})

describe('precedents', () => {
  it('come after a like close call, the likest first, never from the test pool', async () => {
    for (const [pool, text, precedent] of [
      ['dev', 'the printer is on fire', 'Far.'],
      ['dev', 'the invoice shows a charge twice after an error', 'Near.'],
      ['test', 'the invoice shows a charge twice after an error, again', 'Locked.'],
    ] as const) {
      const caseId = await disputedCase(pool, text)
      await settle(manager, caseId, { precedent })
    }
    await createCase(project, { pool: 'dev', text: 'the invoice shows this charge twice' })
    await openMissingAssignments(project.id)
    const { Billing, Defect, Education } = project.categories
    const saved = await answer(pat, { labelId: Defect, closeCall: true, secondLabelId: Billing })
    expect(saved.precedents).toEqual([
      { sentence: 'Near.', label: 'Billing', others: ['Defect'] },
      { sentence: 'Far.', label: 'Billing', others: ['Defect'] },
    ])
    const other = await answer(sam, { labelId: Education, closeCall: true })
    expect(other.precedents).toEqual([])
  })

  it('are offered to prompt engineers with the labels they were among', async () => {
    const caseId = await disputedCase()
    await settle(engineer, caseId)
    await settle(manager, await disputedCase('test'))
    expect(await listPrecedents(engineer)).toMatchObject([
      { caseId, sentence: 'A refund is billing.', label: 'Billing', others: ['Defect'], by: 'Eve' },
    ])
  })
})
