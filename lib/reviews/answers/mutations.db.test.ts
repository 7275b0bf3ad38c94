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
import { openMissingAssignments } from '../queue/jobs'
import { claimNextCases } from '../queue/mutations'
import type { Claim } from '../queue/schema'
import { undoReview } from '../undo/mutations'
import { submitReview } from './mutations'
import { type SubmitInput, submitInput } from './schema'

let project: TestProject
let setup: TestSetup
let pat: Member
let sam: Member
let caseId: string

beforeEach(async () => {
  project = await createProject()
  setup = await releaseSetup(project)
  ;[pat, sam] = [await createMember(project), await createMember(project)]
  caseId = await createCase(project)
  await createSuggestion(setup.runId, caseId, { labelId: project.categories.Defect })
  await openMissingAssignments(project.id)
})

const claimOne = async (member: Member): Promise<Claim> => {
  const [claim] = (await claimNextCases(member, { n: 1 })).claims
  if (!claim) throw new Error('nothing was claimed')
  return claim
}
const answerTo = (
  claim: Pick<Claim, 'assignmentId'> & { suggestion: { id: string } | null },
  changes: Partial<SubmitInput> = {},
): SubmitInput =>
  submitInput.parse({
    id: newId(),
    assignmentId: claim.assignmentId,
    suggestionId: claim.suggestion?.id ?? null,
    labelId: project.categories.Defect,
    answeredAt: new Date().toISOString(),
    ...changes,
  })
/** A check case or repeat of the case for one person, in their hands. */
const hand = async (person: Member, purpose: 'check_case' | 'repeat'): Promise<string> => {
  const id = newId()
  await db.assignment.create({
    data: {
      ...{ id, projectId: project.id, caseId, slot: 1, mode: 'blind', frame: 'example', rank: 0 },
      ...{ purpose, forUserId: person.userId, holderId: person.userId },
      leaseUntil: new Date(Date.now() + 60_000),
    },
  })
  return id
}
const expire = () =>
  db.$executeRaw`UPDATE "Assignment" SET "leaseUntil" = now() WHERE status = 'open'`
const undoLast = (member: Member) => undoReview(member, { id: newId(), reviewId: null })
const finalLabel = () => db.finalLabel.findUnique({ where: { caseId } })
const dispute = () => db.dispute.findUnique({ where: { caseId } })
const count = () => db.review.count({ where: { projectId: project.id } })

describe('submitReview', () => {
  it('derives the thumb, makes the final label, remembers the version seen', async () => {
    const saved = await submitReview(pat, answerTo(await claimOne(pat)))
    expect(saved.thumb).toBe('up')
    expect(await finalLabel()).toMatchObject({
      labelId: project.categories.Defect,
      source: 'review',
      mode: 'shown',
    })
    const review = await db.review.findUnique({ where: { id: saved.id } })
    expect(review?.versionId).toBe(setup.versionId)
    expect(review?.purpose).toBe('ordinary')
  })

  it('saves one answer for one id, sent one after the other and at once', async () => {
    const answer = answerTo(await claimOne(pat))
    const both = await Promise.all([submitReview(pat, answer), submitReview(pat, answer)])
    expect(both[0]).toEqual(both[1])
    expect(await submitReview(pat, answer)).toEqual(both[0])
    expect(await count()).toBe(1)
  })

  it('refuses another content under the same id', async () => {
    const answer = answerTo(await claimOne(pat))
    await submitReview(pat, answer)
    const other = { ...answer, labelId: project.categories.Billing }
    await expect(submitReview(pat, other)).rejects.toMatchObject({ code: 'conflict' })
    await expect(submitReview(sam, answer)).rejects.toMatchObject({ code: 'conflict' })
    expect(await count()).toBe(1)
  })

  it('saves one of two answers that race under different ids', async () => {
    const claim = await claimOne(pat)
    const results = await Promise.allSettled([
      submitReview(pat, answerTo(claim)),
      submitReview(pat, answerTo(claim, { labelId: project.categories.Billing })),
    ])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('already'),
    })
    expect(await count()).toBe(1)
  })

  it('refuses a label, a suggestion, an assignment of elsewhere', async () => {
    const claim = await claimOne(pat)
    const other = await createProject()
    const stranger = await createMember(other)
    await expect(
      submitReview(pat, answerTo(claim, { labelId: other.categories.Defect })),
    ).rejects.toMatchObject({ code: 'invalid', fields: { labelId: expect.any(String) } })
    await expect(submitReview(pat, answerTo(claim, { labelId: newId() }))).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(
      submitReview(pat, answerTo(claim, { suggestionId: newId() })),
    ).rejects.toMatchObject({ code: 'conflict' })
    await expect(submitReview(stranger, answerTo(claim))).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(
      submitReview(pat, answerTo({ ...claim, assignmentId: newId() })),
    ).rejects.toMatchObject({ code: 'not_found' })
    await expect(submitReview(sam, answerTo(claim))).rejects.toMatchObject({ code: 'conflict' })
    expect(await count()).toBe(0)
    expect(await finalLabel()).toBeNull()
  })

  it('refuses an answer to a case that nobody handed out', async () => {
    const row = await db.assignment.findFirstOrThrow({ where: { caseId } })
    const forged = submitInput.parse({
      id: newId(),
      assignmentId: row.id,
      suggestionId: null,
      labelId: project.categories.Defect,
      answeredAt: new Date().toISOString(),
    })
    await expect(submitReview(pat, forged)).rejects.toMatchObject({ code: 'conflict' })
    expect(await count()).toBe(0)
  })

  it('leaves imported and settled labels as they are', async () => {
    const claim = await claimOne(pat)
    const labelId = project.categories.Billing
    await db.finalLabel.create({
      data: { caseId, projectId: project.id, labelId, source: 'settled' },
    })
    await submitReview(pat, answerTo(claim))
    expect((await finalLabel())?.labelId).toBe(labelId)
    await undoLast(pat)
    expect((await finalLabel())?.labelId).toBe(labelId)
  })

  it('agrees where two answer at the same moment', async () => {
    await db.project.update({ where: { id: project.id }, data: { reviewsWanted: 2 } })
    await openMissingAssignments(project.id)
    const claims = [await claimOne(pat), await claimOne(sam)] as const
    await Promise.all([
      submitReview(pat, answerTo(claims[0])),
      submitReview(sam, answerTo(claims[1])),
    ])
    expect((await finalLabel())?.source).toBe('agreement')
  })

  it('asks someone else where a person is unsure which', async () => {
    const saved = await submitReview(pat, answerTo(await claimOne(pat), { labelId: null }))
    expect(saved).toMatchObject({ labelId: null, thumb: 'down' })
    expect(await finalLabel()).toBeNull()
    expect((await claimNextCases(pat)).claims).toEqual([])
    const second = await claimOne(sam)
    expect(second.case.id).toBe(caseId)
    await submitReview(sam, answerTo(second, { labelId: project.categories.Billing }))
    expect(await finalLabel()).toMatchObject({
      labelId: project.categories.Billing,
      source: 'review',
    })
  })

  it('asks someone else on a close call, and keeps the second choice once they agree', async () => {
    const closeCall = { closeCall: true, secondLabelId: project.categories.Billing }
    await submitReview(pat, answerTo(await claimOne(pat), closeCall))
    expect(await finalLabel()).toBeNull()
    const opinion = await db.assignment.findFirstOrThrow({
      where: { purpose: 'second_opinion', caseId },
    })
    expect(opinion).toMatchObject({ status: 'open', lane: 'second_opinion', slot: 2 })
    expect(opinion.suggestionId).not.toBeNull()
    expect((await claimNextCases(pat)).claims).toEqual([])
    await submitReview(sam, answerTo(await claimOne(sam)))
    expect(await finalLabel()).toMatchObject({
      source: 'agreement',
      secondLabelId: project.categories.Billing,
    })
    expect(await dispute()).toBeNull()
  })

  it('asks nobody more on a close call where a second review is wanted anyway', async () => {
    await db.project.update({ where: { id: project.id }, data: { reviewsWanted: 2 } })
    await openMissingAssignments(project.id)
    await submitReview(pat, answerTo(await claimOne(pat), { closeCall: true }))
    expect(await db.assignment.count({ where: { caseId } })).toBe(2)
  })

  it('leaves it to be settled where the second opinion differs', async () => {
    await submitReview(pat, answerTo(await claimOne(pat), { closeCall: true }))
    const labelId = project.categories.Billing
    await submitReview(sam, answerTo(await claimOne(sam), { labelId }))
    expect(await finalLabel()).toBeNull()
    expect(await dispute()).toMatchObject({ kind: 'labels' })
    expect(await db.assignment.count({ where: { caseId, status: 'open' } })).toBe(0)
  })

  it('asks two more people where nobody can tell, then leaves it to be settled', async () => {
    const people = [pat, sam, await createMember(project)]
    for (const person of people) {
      expect(await dispute()).toBeNull()
      await submitReview(person, answerTo(await claimOne(person), { labelId: null }))
    }
    expect(await dispute()).toMatchObject({ kind: 'unsure' })
    expect(await db.assignment.count({ where: { caseId } })).toBe(3)
  })

  it('saves a check case and a repeat beside the label that their case has', async () => {
    await submitReview(pat, answerTo(await claimOne(pat)))
    const before = await finalLabel()
    const labelId = project.categories.Billing
    for (const [purpose, person] of [
      ['check_case', sam],
      ['repeat', pat],
    ] as const) {
      const assignmentId = await hand(person, purpose)
      const answer = answerTo({ assignmentId, suggestion: null }, { labelId, closeCall: true })
      const saved = await submitReview(person, answer)
      expect(saved.thumb).toBeNull()
    }
    expect(await finalLabel()).toEqual(before)
    expect(await db.assignment.count({ where: { caseId, purpose: 'second_opinion' } })).toBe(0)
    expect(await dispute()).toBeNull()
  })

  it('tells the known answer of a check case, again for a repeated request', async () => {
    const data = { labelId: project.categories.Billing, source: 'imported' as const }
    await db.finalLabel.create({ data: { caseId, projectId: project.id, ...data } })
    await db.checkCase.create({
      data: { caseId, projectId: project.id, reason: 'They ask for money.' },
    })
    const answer = answerTo({ assignmentId: await hand(sam, 'check_case'), suggestion: null })
    const { check } = await submitReview(sam, answer)
    expect(check).toEqual({
      right: false,
      label: 'Billing',
      secondLabel: null,
      reason: 'They ask for money.',
    })
    expect((await submitReview(sam, answer)).check).toEqual(check)
    await expect(undoLast(sam)).rejects.toThrow('check case')
  })

  it('takes a late answer while nobody else is at it, even after others had the case', async () => {
    const claim = await claimOne(pat)
    await expire()
    await claimOne(sam)
    await expect(submitReview(pat, answerTo(claim))).rejects.toMatchObject({ code: 'conflict' })
    await expire()
    await submitReview(pat, answerTo(claim))
    expect((await finalLabel())?.labelId).toBe(project.categories.Defect)
    await expect(submitReview(sam, answerTo(claim))).rejects.toThrow('meanwhile')
  })

  it('takes no late answer from someone who has seen more since', async () => {
    const claim = await claimOne(pat)
    await expire()
    await claimOne(sam)
    await expire()
    await db.caseSight.create({ data: { caseId, userId: pat.userId } })
    await expect(submitReview(pat, answerTo(claim))).rejects.toThrow('not yours')
  })

  it('puts the time of an answer right by the clock of the device', async () => {
    const wrong = 3 * 24 * 3_600_000
    const at = (shift: number) => new Date(Date.now() + wrong + shift).toISOString()
    const answer = answerTo(await claimOne(pat), { answeredAt: at(-1), sentAt: at(0) })
    const { id } = await submitReview(pat, answer)
    const { answeredAt, createdAt } = await db.review.findUniqueOrThrow({ where: { id } })
    expect(Math.abs(answeredAt.getTime() - createdAt.getTime())).toBeLessThan(60_000)
    expect(await submitReview(pat, { ...answer, sentAt: at(5_000) })).toMatchObject({ id })
  })

  it('says after a blind answer whether the model’s can be seen', async () => {
    const said = async (pool: 'dev' | 'test') => {
      const blind = await createCase(project, { pool })
      await createSuggestion(setup.runId, blind, { labelId: project.categories.Defect })
      await openMissingAssignments(project.id)
      const assignment = await db.assignment.findFirstOrThrow({ where: { caseId: blind } })
      const held = { holderId: pat.userId, leaseUntil: new Date(Date.now() + 60_000) }
      await db.assignment.update({ where: { id: assignment.id }, data: held })
      return submitReview(pat, answerTo({ assignmentId: assignment.id, suggestion: null }))
    }
    expect((await said('dev')).revealable).toBe(true)
    expect((await said('test')).revealable).toBe(false)
    expect((await submitReview(pat, answerTo(await claimOne(pat)))).revealable).toBe(false)
  })
})
