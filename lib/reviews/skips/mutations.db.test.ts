import { beforeEach, expect, it } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { submitReview } from '../answers/mutations'
import { submitInput } from '../answers/schema'
import { openMissingAssignments } from '../queue/jobs'
import { claimNextCases } from '../queue/mutations'
import { undoReview } from '../undo/mutations'
import { disputeUnasked } from './jobs'
import { skipAssignment } from './mutations'

let project: TestProject
let caseId: string
let reviewers: [Member, Member, Member]

beforeEach(async () => {
  project = await createProject()
  caseId = await createCase(project, { pool: 'dev' })
  reviewers = [
    await createMember(project),
    await createMember(project),
    await createMember(project),
  ]
  await openMissingAssignments(project.id)
})

const claimOne = async (member: Member): Promise<string> => {
  const [claim] = (await claimNextCases(member, { n: 1 })).claims
  if (!claim) throw new Error('nothing was claimed')
  return claim.assignmentId
}
const pass = (member: Member, assignmentId: string, id = newId()) =>
  skipAssignment(member, { id, assignmentId, reason: 'not_my_language', note: '' })
const assignment = () =>
  db.assignment.findFirstOrThrow({ where: { caseId }, orderBy: { createdAt: 'desc' } })
const claimable = async (member: Member) => (await claimNextCases(member)).claims.length

it('is for someone to settle once no prompt engineer is left to be asked', async () => {
  const engineer = await createMember(project, 'prompt_engineer')
  const [pat, sam] = reviewers
  await pass(pat, await claimOne(pat))
  await pass(sam, await claimOne(sam))
  await disputeUnasked(project.id)
  expect(await assignment()).toMatchObject({ status: 'open', lane: 'escalated' })
  await db.caseSight.create({ data: { caseId, userId: engineer.userId } })
  expect(await claimable(engineer)).toBe(0)
  await disputeUnasked(project.id)
  expect(await assignment()).toMatchObject({ status: 'withdrawn' })
  expect(await db.dispute.findUnique({ where: { caseId } })).toMatchObject({ kind: 'skipped' })
})

it('goes to another reviewer, then to a prompt engineer, then to whoever settles', async () => {
  const engineer = await createMember(project, 'prompt_engineer')
  const [pat, sam, kim] = reviewers
  await pass(pat, await claimOne(pat))
  expect(await claimable(pat)).toBe(0)
  expect(await assignment()).toMatchObject({ status: 'open', lane: 'random', holderId: null })
  await pass(sam, await claimOne(sam))
  expect(await assignment()).toMatchObject({ status: 'open', lane: 'escalated', leaseUntil: null })
  expect(await claimable(kim)).toBe(0)
  expect(await db.dispute.count({ where: { caseId } })).toBe(0)
  await pass(engineer, await claimOne(engineer))
  expect(await assignment()).toMatchObject({ status: 'withdrawn' })
  expect(await db.dispute.findUnique({ where: { caseId } })).toMatchObject({ kind: 'skipped' })
  await openMissingAssignments(project.id)
  expect(await claimable(kim)).toBe(0)
  expect(await db.finalLabel.count({ where: { caseId } })).toBe(0)
})

it('is left to be settled at once where there is no prompt engineer to ask', async () => {
  const [pat, sam] = reviewers
  await pass(pat, await claimOne(pat))
  await pass(sam, await claimOne(sam))
  expect(await db.dispute.findUnique({ where: { caseId } })).toMatchObject({ kind: 'skipped' })
})

it('is withdrawn where it was a check case or a repeat for this person alone', async () => {
  const [pat] = reviewers
  for (const purpose of ['check_case', 'repeat'] as const) {
    const id = newId()
    await db.assignment.create({
      data: {
        ...{ id, projectId: project.id, caseId, slot: 1, mode: 'blind', frame: 'dev', rank: 0 },
        ...{ purpose, forUserId: pat.userId, holderId: pat.userId, leaseUntil: new Date() },
      },
    })
    await pass(pat, id)
    expect(await db.assignment.findUnique({ where: { id } })).toMatchObject({ status: 'withdrawn' })
  }
  expect(await db.dispute.count({ where: { caseId } })).toBe(0)
})

it('passes on once for one id, and only what one holds', async () => {
  const [pat, sam] = reviewers
  const [held, id] = [await claimOne(pat), newId()]
  await expect(pass(sam, held)).rejects.toMatchObject({ code: 'conflict' })
  await Promise.all([pass(pat, held, id), pass(pat, held, id)])
  await expect(pass(pat, held)).rejects.toMatchObject({ code: 'conflict' })
  await expect(pass(sam, await claimOne(sam), id)).rejects.toMatchObject({ code: 'conflict' })
  await expect(pass(pat, newId())).rejects.toMatchObject({ code: 'not_found' })
  expect(await db.assignmentSkip.count({ where: { caseId } })).toBe(1)
})

it('is no disagreement any more once someone takes their answer back', async () => {
  const [pat, sam] = reviewers
  const answer = submitInput.parse({
    ...{ id: newId(), assignmentId: await claimOne(pat), suggestionId: null },
    ...{ labelId: project.categories.Defect, closeCall: true },
    answeredAt: new Date().toISOString(),
  })
  await submitReview(pat, answer)
  await pass(sam, await claimOne(sam))
  const kim = reviewers[2]
  await pass(kim, await claimOne(kim))
  expect(await db.dispute.findUnique({ where: { caseId } })).toMatchObject({ kind: 'skipped' })
  await undoReview(pat, { id: newId(), reviewId: null })
  expect(await db.dispute.count({ where: { caseId } })).toBe(0)
})
