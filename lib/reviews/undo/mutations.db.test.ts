import { beforeEach, expect, it } from 'vitest'
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
import { createSuggestion, releaseSetup } from '@/lib/platform/testing/suggestions'
import { createVersion } from '@/lib/platform/testing/versions'
import { makeCategoryChange } from '@/lib/projects/categories/mutations'
import { categoryChangeInput } from '@/lib/projects/categories/schema'
import { listOwnAnswers } from '../answers/data'
import { submitReview } from '../answers/mutations'
import { type SubmitInput, submitInput } from '../answers/schema'
import { openMissingAssignments } from '../queue/jobs'
import { claimNextCases } from '../queue/mutations'
import type { Claim } from '../queue/schema'
import { skipAssignment } from '../skips/mutations'
import { undoReview } from './mutations'

let project: TestProject
let pat: Member
let sam: Member
let caseId: string

beforeEach(async () => {
  project = await createProject()
  const setup = await releaseSetup(project)
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
/** In their hands as a repeat; returns the assignment's id. */
const askAgain = async ({ userId }: Member): Promise<string> => {
  const id = newId()
  await db.assignment.create({
    data: {
      ...{ id, projectId: project.id, caseId, slot: 1, mode: 'blind', purpose: 'repeat' },
      ...{ frame: 'example', rank: 0, forUserId: userId, holderId: userId },
      leaseUntil: new Date(Date.now() + 60_000),
    },
  })
  return id
}
const undoLast = (member: Member) => undoReview(member, { id: newId(), reviewId: null })
const finalLabel = () => db.finalLabel.findUnique({ where: { caseId } })
const count = () => db.review.count({ where: { projectId: project.id } })

it('puts the case back into the same hands, to be answered again', async () => {
  const first = await submitReview(pat, answerTo(await claimOne(pat)))
  const { reviewId, claim } = await undoLast(pat)
  expect(reviewId).toBe(first.id)
  expect(claim.case.id).toBe(caseId)
  expect(await finalLabel()).toBeNull()
  expect((await claimNextCases(sam)).claims).toEqual([])
  const labelId = project.categories.Billing
  const saved = await submitReview(pat, answerTo(claim, { labelId }))
  expect((await finalLabel())?.labelId).toBe(labelId)
  const again = await undoLast(pat)
  expect(again.reviewId).toBe(saved.id)
  await submitReview(pat, answerTo(again.claim))
  expect((await finalLabel())?.labelId).toBe(project.categories.Defect)
  expect(await count()).toBe(5)
  expect((await listOwnAnswers(pat)).answers.map((answer) => answer.label)).toEqual(['Defect'])
})

it('takes back one answer for one id', async () => {
  await submitReview(pat, answerTo(await claimOne(pat)))
  const undo = { id: newId(), reviewId: null }
  const first = await undoReview(pat, undo)
  expect(await undoReview(pat, undo)).toEqual(first)
  await expect(undoLast(pat)).rejects.toMatchObject({ code: 'conflict' })
  expect(await count()).toBe(2)
})

it('takes back only one’s own answers', async () => {
  const { id } = await submitReview(pat, answerTo(await claimOne(pat)))
  await expect(undoReview(sam, { id: newId(), reviewId: id })).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await finalLabel()).not.toBeNull()
})

it('leaves a blind answer to someone who has seen more since, and one on a replaced case', async () => {
  const blind = await createCase(project, { pool: 'dev', rank: 0 })
  await openMissingAssignments(project.id)
  const { id } = await submitReview(pat, answerTo(await claimOne(pat)))
  await db.caseSight.create({ data: { caseId: blind, userId: pat.userId } })
  await expect(undoLast(pat)).rejects.toThrow('seen more')
  expect(await db.finalLabel.count({ where: { caseId: blind } })).toBe(1)
  await db.caseSight.deleteMany()
  await db.case.update({ where: { id: blind }, data: { archivedAt: new Date() } })
  await expect(undoReview(pat, { id: newId(), reviewId: id })).rejects.toThrow('replaced')
})

it('flags the examples that came from the answer, also in a frozen version', async () => {
  const { id } = await submitReview(pat, answerTo(await claimOne(pat)))
  const versionId = newId()
  await db.version.create({
    data: {
      ...{ id: versionId, projectId: project.id, persona: '', rules: '' },
      ...{ answerFormat: {}, model: {} },
      examples: {
        create: {
          ...{ id: newId(), kind: 'good', caseId, reviewId: id, text: 'x', explanation: '' },
          ...{ labelId: project.categories.Defect, position: 0 },
        },
      },
    },
  })
  await db.version.update({ where: { id: versionId }, data: { number: 9 } })
  await undoLast(pat)
  const example = await db.example.findFirstOrThrow({ where: { versionId } })
  expect(example.flaggedAt).not.toBeNull()
})

it.each([
  ['an unsure answer', { labelId: null }],
  ['a close call', { closeCall: true }],
])('asks nobody else any more after %s is gone', async (_, changes) => {
  await submitReview(pat, answerTo(await claimOne(pat), changes))
  await undoLast(pat)
  expect((await claimNextCases(sam)).claims).toEqual([])
  expect((await claimNextCases(pat)).claims).toHaveLength(1)
})

it('ends a disagreement, to be answered again', async () => {
  await submitReview(pat, answerTo(await claimOne(pat), { closeCall: true }))
  const labelId = project.categories.Billing
  await submitReview(sam, answerTo(await claimOne(sam), { labelId }))
  const { claim } = await undoLast(sam)
  expect(await db.dispute.count({ where: { caseId } })).toBe(0)
  await submitReview(sam, answerTo(claim))
  expect((await finalLabel())?.source).toBe('agreement')
})

it('gives back nothing of a project that the person does not ask about', async () => {
  await submitReview(pat, answerTo(await claimOne(pat)))
  const undo = { id: newId(), reviewId: null }
  await undoReview(pat, undo)
  const elsewhere = await createProject()
  const there = { ...pat, projectId: elsewhere.id, projectSlug: elsewhere.slug } as Member
  await expect(undoReview(there, undo)).rejects.toMatchObject({ code: 'conflict' })
})

it('leaves the label alone when a repeat is taken back or passed on', async () => {
  const { id } = await submitReview(pat, answerTo(await claimOne(pat)))
  // From now on this label would not do.
  await db.project.update({ where: { id: project.id }, data: { reviewsWanted: 2 } })
  const assignmentId = await askAgain(pat)
  const repeat = answerTo({ assignmentId, suggestion: null })
  await submitReview(pat, repeat)
  await undoReview(pat, { id: newId(), reviewId: repeat.id })
  expect(await finalLabel()).not.toBeNull()
  await skipAssignment(pat, { id: newId(), assignmentId, reason: 'other', note: '' })
  expect(await finalLabel()).not.toBeNull()
  expect((await listOwnAnswers(pat)).answers.map(({ reviewId }) => reviewId)).toEqual([id])
})

it('shows nothing of the first answer while the same is asked again, blind', async () => {
  const { id } = await submitReview(pat, answerTo(await claimOne(pat)))
  const assignmentId = await askAgain(pat)
  expect((await listOwnAnswers(pat)).answers).toEqual([])
  await expect(undoReview(pat, { id: newId(), reviewId: id })).rejects.toThrow('again')
  const labelId = project.categories.Billing
  await submitReview(pat, answerTo({ assignmentId, suggestion: null }, { labelId }))
  expect((await listOwnAnswers(pat)).answers).toHaveLength(2)
  expect((await undoReview(pat, { id: newId(), reviewId: id })).reviewId).toBe(id)
})

it('leaves the second opinion to someone who is at it', async () => {
  await submitReview(pat, answerTo(await claimOne(pat), { closeCall: true }))
  const second = await claimOne(sam)
  await undoLast(pat)
  const labelId = project.categories.Billing
  expect((await submitReview(sam, answerTo(second, { labelId }))).labelId).toBe(labelId)
})

it('hands a case on that was taken back and then skipped, or left for a day', async () => {
  await submitReview(pat, answerTo(await claimOne(pat)))
  const { claim } = await undoLast(pat)
  const { assignmentId } = claim
  await skipAssignment(pat, { id: newId(), assignmentId, reason: 'other', note: '' })
  const handed = await claimOne(sam)
  expect(handed.case.id).toBe(caseId)
  await submitReview(sam, answerTo(handed))
  await undoLast(sam)
  await db.$executeRaw`UPDATE "Assignment" SET "leaseUntil" = now() - interval '2 days'
    WHERE id = ${handed.assignmentId}::uuid`
  await openMissingAssignments(project.id)
  const kim = await createMember(project)
  expect((await claimOne(kim)).case.id).toBe(caseId)
  expect((await claimNextCases(sam)).claims).toEqual([])
})

it('neither holds up nor is refused by a change of the categories at the same moment', async () => {
  await db.project.update({ where: { id: project.id }, data: { reviewsWanted: 2 } })
  await openMissingAssignments(project.id)
  const { Billing, Defect } = project.categories
  const manager = await createMember(project, 'manager')
  await submitReview(pat, answerTo(await claimOne(pat), { labelId: Billing }))
  const { id } = await submitReview(sam, answerTo(await claimOne(sam)))
  // One is enough by now, so that the undo gives the case a final label.
  await db.project.update({ where: { id: project.id }, data: { reviewsWanted: 1 } })
  const said = { caseId, reviewId: id, labelId: Billing, text: 'A text', explanation: '' }
  for (const version of [await createVersion(project), await createVersion(project)]) {
    await db.example.create({
      data: { ...said, id: newId(), versionId: version.id, kind: 'good', position: 0 },
    })
  }
  const change = categoryChangeInput.parse({
    ...{ id: newId(), kind: 'merge', categoryIds: [Billing], intoId: Defect },
  })
  // The change has the category and is yet to come to the examples when the undo begins.
  const between = await pool.connect()
  await between.query('BEGIN')
  await between.query('LOCK TABLE "CategoryChange" IN SHARE MODE')
  const changing = makeCategoryChange(manager, change)
  await untilSomeoneWaits()
  const undoing = undoLast(sam)
  await untilSomeoneWaits(2)
  await between.query('COMMIT')
  between.release()
  await Promise.all([changing, undoing])
  const examples = await db.example.findMany({ where: { reviewId: id } })
  expect(examples.map(({ labelId, flaggedAt }) => [labelId, flaggedAt !== null])).toEqual([
    [Defect, true],
    [Defect, true],
  ])
  expect((await finalLabel())?.labelId).toBe(Defect)
})
