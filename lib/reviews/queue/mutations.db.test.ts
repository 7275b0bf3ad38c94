import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createSuggestion, releaseSetup } from '@/lib/platform/testing/suggestions'
import { submitReview } from '../answers/mutations'
import { submitInput } from '../answers/schema'
import { getReviewProgress } from '../progress/data'
import { skipAssignment } from '../skips/mutations'
import { openMissingAssignments } from './jobs'
import { claimNextCases, releaseClaims, renewClaims } from './mutations'
import type { Claim } from './schema'

let project: TestProject
beforeEach(async () => {
  project = await createProject()
})

const answerTo = (claim: Claim, labelId: string) =>
  submitInput.parse({
    id: newId(),
    assignmentId: claim.assignmentId,
    suggestionId: claim.suggestion?.id ?? null,
    labelId,
    answeredAt: new Date().toISOString(),
  })
const expire = () =>
  db.$executeRaw`UPDATE "Assignment" SET "leaseUntil" = now() - interval '1 second'
    WHERE "projectId" = ${project.id}::uuid AND "leaseUntil" IS NOT NULL`
const caseIds = ({ claims }: { claims: Claim[] }) => claims.map((claim) => claim.case.id)

describe('openMissingAssignments', () => {
  it('opens what is wanted, shown for examples and blind for the rest, and nothing twice', async () => {
    await db.project.update({ where: { id: project.id }, data: { reviewsWanted: 2 } })
    const example = await createCase(project, { pool: 'example', rank: 0.25 })
    await createCase(project, { pool: 'dev' })
    await createCase(project, { pool: 'test' })
    await createCase(project, { pool: null })
    const labelled = await createCase(project, { pool: 'dev' })
    await db.finalLabel.create({
      data: {
        caseId: labelled,
        projectId: project.id,
        labelId: project.categories.Defect,
        source: 'imported',
      },
    })
    await Promise.all([openMissingAssignments(project.id), openMissingAssignments(project.id)])
    await openMissingAssignments(project.id)
    const rows = await db.assignment.findMany({ where: { projectId: project.id } })
    expect(rows.map((row) => `${row.frame} ${row.mode} ${row.slot}`).sort()).toEqual([
      'dev blind 1',
      'dev blind 2',
      'example shown 1',
      'example shown 2',
      'test blind 1',
      'test blind 2',
    ])
    expect(rows.find((row) => row.caseId === example)?.rank).toBe(0.25)
    expect(rows.every((row) => row.id[14] === '7')).toBe(true)
  })

  it('withdraws what waits for a case that was replaced', async () => {
    const caseId = await createCase(project, { pool: 'dev' })
    await openMissingAssignments(project.id)
    await db.case.update({ where: { id: caseId }, data: { archivedAt: new Date() } })
    await openMissingAssignments(project.id)
    const rows = await db.assignment.findMany({ where: { caseId } })
    expect(rows.map((row) => row.status)).toEqual(['withdrawn'])
  })
})

describe('claimNextCases', () => {
  it('gives the same cases again, in the same order, to who let go of them by a reload', async () => {
    for (let n = 0; n < 12; n++) await createCase(project, { pool: 'dev' })
    await openMissingAssignments(project.id)
    const pat = await createMember(project)
    const before = await claimNextCases(pat, { n: 5 })
    const newest =
      before.claims
        .map(({ leaseUntil }) => leaseUntil)
        .sort()
        .at(-1) ?? ''
    await releaseClaims(pat, { leaseUntil: newest })
    expect(caseIds(await claimNextCases(pat, { n: 5 }))).toEqual(caseIds(before))
  })

  it('gives ids that do not tell when, and so why, a review was asked for', async () => {
    const [first] = [
      await createCase(project, { pool: 'dev' }),
      await createCase(project, { pool: 'dev' }),
    ]
    const known = await createCase(project, { pool: 'dev' })
    const labelId = project.categories.Defect
    await db.finalLabel.create({
      data: { caseId: known, projectId: project.id, labelId, source: 'imported' },
    })
    await db.checkCase.create({ data: { caseId: known, projectId: project.id } })
    await openMissingAssignments(project.id)
    const [pat, sam] = [await createMember(project), await createMember(project)]
    // The draw that asks for check cases, as long as there are any.
    const { claims } = await claimNextCases(pat, { n: 3 }, () => 0.95)
    expect(caseIds({ claims })).toContain(known)
    const own = claims.find((claim) => claim.case.id === first)
    if (!own) throw new Error('the case was not handed out')
    await submitReview(pat, { ...answerTo(own, labelId), closeCall: true })
    const second = await claimNextCases(sam, { n: 3 }, () => 0)
    expect(caseIds(second)).toEqual([first])
    for (const claim of [...claims, ...second.claims]) {
      expect(claim.assignmentId.slice(0, 13)).toBe(claim.case.id.slice(0, 13))
    }
  })

  it('hands out in the order of the lane, and the same again after a reload', async () => {
    const ids = []
    for (const rank of [0.4, 0.1, 0.3, 0.2])
      ids.push(await createCase(project, { pool: 'dev', rank }))
    await openMissingAssignments(project.id)
    await db.assignment.updateMany({ where: { caseId: ids[0] }, data: { place: 0.05 } })
    const pat = await createMember(project)
    const first = await claimNextCases(pat, { n: 3 })
    expect(caseIds(first)).toEqual([ids[0], ids[1], ids[3]])
    expect(caseIds(await claimNextCases(pat, { n: 3 }))).toEqual([ids[0], ids[1], ids[3]])
    expect(caseIds(await claimNextCases(pat, { n: 4 }))).toEqual([ids[0], ids[1], ids[3], ids[2]])
  })

  it('gives two windows of one person the same cases', async () => {
    await db.project.update({ where: { id: project.id }, data: { reviewsWanted: 2 } })
    for (let i = 0; i < 6; i++) await createCase(project, { pool: 'dev' })
    await openMissingAssignments(project.id)
    const pat = await createMember(project)
    const [a, b] = await Promise.all([claimNextCases(pat, { n: 3 }), claimNextCases(pat, { n: 3 })])
    expect(caseIds(a)).toEqual(caseIds(b))
    expect(new Set(caseIds(a)).size).toBe(3)
  })

  it('shows the newest suggestion of the released set-up, and where its evidence stands', async () => {
    const old = await releaseSetup(project, 1)
    const setup = await releaseSetup(project, 2)
    const caseId = await createCase(project, { text: 'The export stops at 45 %.' })
    const { Billing, Defect } = project.categories
    await createSuggestion(old.runId, caseId, { labelId: Billing })
    const said = { labelId: Defect, evidence: 'stops at 45 %' }
    const suggestionId = await createSuggestion(setup.runId, caseId, said)
    await openMissingAssignments(project.id)
    const { claims } = await claimNextCases(await createMember(project))
    expect(claims[0]?.suggestion).toEqual({
      id: suggestionId,
      versionNumber: 2,
      labelId: Defect,
      explanation: 'Because.',
      evidence: 'stops at 45 %',
      evidencePlace: { messageIndex: 0, start: 11, end: 24 },
      standIn: true,
    })
    const pinned = await db.assignment.findFirst({ where: { caseId } })
    expect(pinned?.suggestionId).toBe(suggestionId)
  })

  it('keeps the suggestion in hand at a release, and moves the ones not claimed', async () => {
    const v1 = await releaseSetup(project, 1)
    const cases = [
      await createCase(project, { rank: 0.1 }),
      await createCase(project, { rank: 0.2 }),
    ]
    await openMissingAssignments(project.id)
    for (const id of cases)
      await createSuggestion(v1.runId, id, { labelId: project.categories.Billing })
    const pat = await createMember(project)
    await claimNextCases(pat, { n: 1 })
    const v2 = await releaseSetup(project, 2)
    for (const id of cases)
      await createSuggestion(v2.runId, id, { labelId: project.categories.Defect })
    const { claims } = await claimNextCases(pat, { n: 2 })
    expect(claims.map((claim) => claim.suggestion?.versionNumber)).toEqual([1, 2])
  })

  it('hands out an example case only once there is something to show', async () => {
    const caseId = await createCase(project)
    await openMissingAssignments(project.id)
    const pat = await createMember(project)
    expect((await claimNextCases(pat)).claims).toEqual([])
    const { runId } = await releaseSetup(project)
    await createSuggestion(runId, caseId, { labelId: null, status: 'failed' })
    expect((await claimNextCases(pat)).claims).toEqual([])
  })

  it.each(['dev', 'test'] as const)(
    'says nothing of a blind %s case but the case',
    async (pool) => {
      const { runId } = await releaseSetup(project)
      const caseId = await createCase(project, { pool })
      const suggestionId = await createSuggestion(runId, caseId, {
        labelId: project.categories.Defect,
        explanation: 'A regression.',
      })
      await openMissingAssignments(project.id)
      const answer = await claimNextCases(await createMember(project))
      expect(Object.keys(answer.claims[0] ?? {}).sort()).toEqual([
        'assignmentId',
        'case',
        'leaseUntil',
        'suggestion',
      ])
      expect(answer.claims[0]?.suggestion).toBeNull()
      const said = JSON.stringify({ ...answer, claims: answer.claims.map(hideNames) })
      for (const secret of [suggestionId, runId, project.categories.Defect, 'regression']) {
        expect(said).not.toContain(secret)
      }
      expect(said).not.toMatch(
        /\b(dev|test|example|pool|blind|random|ordinary|purpose|selection|rank)\b/,
      )
      const row = await db.assignment.findFirst({ where: { caseId } })
      expect(row?.suggestionId).toBeNull()
    },
  )

  it('never hands out what the person has skipped or seen the labels of', async () => {
    const [skipped, seen] = [
      await createCase(project, { pool: 'dev', rank: 0.1 }),
      await createCase(project, { pool: 'dev', rank: 0.2 }),
    ]
    await openMissingAssignments(project.id)
    const pat = await createMember(project, 'prompt_engineer')
    await db.caseSight.create({ data: { caseId: seen, userId: pat.userId } })
    const { claims } = await claimNextCases(pat)
    expect(claims.map((claim) => claim.case.id)).toEqual([skipped])
    const assignmentId = claims[0]?.assignmentId ?? ''
    const skip = { id: newId(), assignmentId, reason: 'other' as const, note: '' }
    await skipAssignment(pat, skip)
    await skipAssignment(pat, skip)
    expect((await claimNextCases(pat)).claims).toEqual([])
    expect(caseIds(await claimNextCases(await createMember(project)))).toEqual([skipped, seen])
    expect(await db.assignmentSkip.count({ where: { caseId: skipped } })).toBe(1)
  })

  it('gives a case to someone else when its lease has run out', async () => {
    await createCase(project, { pool: 'dev' })
    await openMissingAssignments(project.id)
    const [pat, sam] = [await createMember(project), await createMember(project)]
    const { claims } = await claimNextCases(pat)
    const mine = claims[0]
    if (!mine) throw new Error('nothing was claimed')
    expect((await claimNextCases(sam)).claims).toEqual([])
    await expire()
    expect(caseIds(await claimNextCases(sam))).toEqual([mine.case.id])
    await expect(
      submitReview(pat, answerTo(mine, project.categories.Defect)),
    ).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Someone else'),
    })
    expect(await renewClaims(pat, { assignmentIds: [mine.assignmentId] })).toEqual({
      leaseUntil: null,
      lost: [mine.assignmentId],
    })
  })

  it('still takes an answer whose lease has run out while nobody else took the case', async () => {
    await createCase(project, { pool: 'dev' })
    await openMissingAssignments(project.id)
    const pat = await createMember(project)
    const [mine] = (await claimNextCases(pat)).claims
    if (!mine) throw new Error('nothing was claimed')
    await expire()
    const saved = await submitReview(pat, answerTo(mine, project.categories.Defect))
    expect(saved.labelId).toBe(project.categories.Defect)
  })
})

describe('releaseClaims', () => {
  it('gives back what a page knew of, not what another page has renewed', async () => {
    await createCase(project, { pool: 'dev' })
    await openMissingAssignments(project.id)
    const [pat, sam] = [await createMember(project), await createMember(project)]
    const first = await claimNextCases(pat)
    const leaseUntil = first.claims[0]?.leaseUntil ?? ''
    await new Promise((resolve) => setTimeout(resolve, 5))
    const again = await claimNextCases(pat)
    await releaseClaims(pat, { leaseUntil })
    expect((await claimNextCases(sam)).claims).toEqual([])
    await releaseClaims(pat, { leaseUntil: again.claims[0]?.leaseUntil ?? '' })
    expect((await claimNextCases(sam)).claims).toHaveLength(1)
  })
})

it('gives racing people exactly the reviews wanted, none twice to one person', async () => {
  const CASES = 40
  await db.project.update({ where: { id: project.id }, data: { reviewsWanted: 2 } })
  for (let i = 0; i < CASES; i++) await createCase(project, { pool: 'dev' })
  await openMissingAssignments(project.id)
  const people = await Promise.all([1, 2, 3, 4].map(() => createMember(project)))
  await Promise.all(
    people.map(async (person) => {
      for (;;) {
        const { claims } = await claimNextCases(person, { n: 3 })
        // Nothing now may mean that someone else holds the rest.
        if (claims.length === 0 && (await getReviewProgress(person)).left === 0) return
        for (const claim of claims) {
          await submitReview(person, answerTo(claim, project.categories.Defect))
        }
      }
    }),
  )
  const reviews = await db.review.groupBy({
    by: ['caseId'],
    where: { projectId: project.id },
    _count: true,
  })
  expect(reviews.map((row) => row._count)).toEqual(Array(CASES).fill(2))
  const pairs = await db.review.groupBy({
    by: ['caseId', 'reviewerId'],
    where: { projectId: project.id },
  })
  expect(pairs).toHaveLength(2 * CASES)
  const labels = await db.finalLabel.findMany({ where: { projectId: project.id } })
  expect(labels.map((row) => row.source)).toEqual(Array(CASES).fill('agreement'))
})

/** Names of this test's own cases hold ids of its own; the shape is what counts. */
const hideNames = (claim: Claim) => ({
  ...claim,
  case: { ...claim.case, subject: '', externalId: '', messages: [] },
})
