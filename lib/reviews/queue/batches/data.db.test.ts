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
import { fillQueue } from '@/lib/platform/testing/queue'
import { seeded } from '@/lib/platform/testing/random'
import { submitReview } from '../../answers/mutations'
import { submitInput } from '../../answers/schema'
import { DEFAULT_SETTINGS } from '../../settings/rules'
import { openMissingAssignments } from '../jobs'
import { claimNextCases, releaseClaims } from '../mutations'
import type { Claim, Claims } from '../schema'

let project: TestProject
let pat: Member
beforeEach(async () => {
  project = await createProject()
  pat = await createMember(project)
})

const caseIds = ({ claims }: Claims) => claims.map((claim) => claim.case.id)
const openDev = async (ranks: number[]) => {
  const ids = []
  for (const rank of ranks) ids.push(await createCase(project, { pool: 'dev', rank }))
  await openMissingAssignments(project.id)
  return ids
}
const answer = (member: Member, claim: Claim | undefined, labelId = project.categories.Defect) =>
  submitReview(
    member,
    submitInput.parse({
      id: newId(),
      assignmentId: claim?.assignmentId,
      suggestionId: null,
      labelId,
      answeredAt: new Date().toISOString(),
    }),
  )
const leave = async (member: Member, { claims }: Claims) =>
  releaseClaims(member, { leaseUntil: claims[0]?.leaseUntil ?? '' })
const createCheckCase = async () => {
  const caseId = await createCase(project, { pool: 'dev' })
  const labelId = project.categories.Defect
  await db.finalLabel.create({
    data: { caseId, projectId: project.id, labelId, source: 'imported' },
  })
  await db.checkCase.create({ data: { caseId, projectId: project.id } })
  return caseId
}

describe('what is drawn', () => {
  it('keeps to the shares over many claims', async () => {
    const CLAIMS = 40
    const N = 25
    await fillQueue(project, { cases: 2_000 })
    await db.$executeRaw`
      UPDATE "Assignment" SET lane = (CASE WHEN rank < 0.4 THEN 'targeted'
        WHEN rank < 0.6 THEN 'second_opinion' ELSE 'random' END)::"Lane"
      WHERE "projectId" = ${project.id}::uuid`
    const random = seeded(11)
    for (let i = 0; i < CLAIMS; i++) {
      const claims = await claimNextCases(pat, { n: N }, random)
      expect(claims.claims).toHaveLength(N)
      await db.assignment.updateMany({
        where: { id: { in: claims.claims.map(({ assignmentId }) => assignmentId) } },
        data: { status: 'answered', leaseUntil: null },
      })
    }
    const rows = await db.assignment.groupBy({
      by: ['lane'],
      where: { projectId: project.id, status: 'answered' },
      _count: true,
    })
    const got = Object.fromEntries(rows.map(({ lane, _count }) => [lane, _count]))
    // There are no check cases and nothing to repeat: their places go to ordinary work.
    for (const [lane, share] of [
      ['random', 0.41],
      ['targeted', 0.5],
      ['second_opinion', 0.09],
    ] as const) {
      const n = CLAIMS * N
      const tolerance = 4 * Math.sqrt((share * (1 - share)) / n)
      expect(Math.abs((got[lane] ?? 0) / n - share), JSON.stringify(got)).toBeLessThan(tolerance)
    }
  })

  it.each(['targeted', 'second_opinion', 'random'] as const)(
    'comes from the %s lane alone where the others are empty',
    async (lane) => {
      const ids = await openDev([0.3, 0.1, 0.2])
      await db.assignment.updateMany({ where: { projectId: project.id }, data: { lane } })
      expect(caseIds(await claimNextCases(pat, { n: 3 }, seeded(1)))).toEqual([
        ids[1],
        ids[2],
        ids[0],
      ])
    },
  )

  it('takes check cases and repeats for the person, mixed in, and the same after a reload', async () => {
    const checks = [await createCheckCase(), await createCheckCase()]
    await openDev([0.1, 0.2, 0.3])
    await db.reviewSettings.create({
      data: {
        ...DEFAULT_SETTINGS,
        projectId: project.id,
        randomShare: 0,
        targetedShare: 0,
        secondShare: 0,
        checkShare: 100,
        repeatShare: 0,
      },
    })
    const first = await claimNextCases(pat, { n: 4 })
    expect(first.claims).toHaveLength(4)
    expect(caseIds(first)).toEqual(expect.arrayContaining(checks))
    expect(await claimNextCases(pat, { n: 4 }).then(caseIds)).toEqual(caseIds(first))
    const made = await db.assignment.findMany({
      where: { projectId: project.id, purpose: 'check_case' },
    })
    expect(made.map(({ forUserId, holderId }) => [forUserId, holderId])).toEqual([
      [pat.userId, pat.userId],
      [pat.userId, pat.userId],
    ])
  })

  it('asks again, blind, what the person answered long ago', async () => {
    await openDev([0.1, 0.2])
    const { claims } = await claimNextCases(pat, { n: 1 })
    await answer(pat, claims[0])
    await db.$executeRaw`ALTER TABLE "Review" DISABLE TRIGGER review_append_only`
    await db.$executeRaw`UPDATE "Review" SET "createdAt" = now() - interval '15 days'`
    await db.$executeRaw`ALTER TABLE "Review" ENABLE TRIGGER review_append_only`
    // 0.99 is drawn as a repeat.
    const again = await claimNextCases(pat, { n: 1 }, () => 0.99)
    expect(caseIds(again)).toEqual([claims[0]?.case.id])
    expect(again.claims[0]?.assignmentId).not.toBe(claims[0]?.assignmentId)
    const row = await db.assignment.findUnique({ where: { id: again.claims[0]?.assignmentId } })
    expect(row).toMatchObject({ purpose: 'repeat', mode: 'blind', forUserId: pat.userId })
  })
})

describe('what comes before', () => {
  it('is what came back, the longest waiting first', async () => {
    const ids = await openDev([0.1, 0.2, 0.3])
    const sam = await createMember(project)
    await leave(sam, await claimNextCases(sam, { n: 1 }))
    await db.assignment.updateMany({ where: { caseId: ids[0] }, data: { holderId: null } })
    const held = await claimNextCases(sam, { n: 2 })
    expect(caseIds(held)).toEqual([ids[0], ids[1]])
    await leave(sam, held)
    await db.assignment.updateMany({
      where: { caseId: ids[1] },
      data: { leaseUntil: new Date(Date.now() - 60_000) },
    })
    expect(caseIds(await claimNextCases(pat, { n: 3 }))).toEqual([ids[1], ids[0], ids[2]])
    const row = await db.assignment.findFirstOrThrow({ where: { caseId: ids[0] } })
    expect(row).toMatchObject({ holderId: pat.userId, heldBefore: [sam.userId] })
  })

  it('is what was given to the person, by the day it is due, and nobody else gets it', async () => {
    const ids = await openDev([0.1, 0.2, 0.3, 0.4])
    const give = async (caseId: string | undefined, dueOn: string | null) => {
      const id = newId()
      await db.handout.create({
        data: {
          ...{ id, projectId: project.id, userId: pat.userId, pool: 'dev', cases: 1 },
          ...{ createdById: pat.userId, note: `due ${dueOn}`, dueOn: dueOn && new Date(dueOn) },
        },
      })
      await db.assignment.updateMany({
        where: { caseId },
        data: { handoutId: id, forUserId: pat.userId },
      })
    }
    await give(ids[0], null)
    await give(ids[1], '2026-12-02')
    await give(ids[3], '2026-12-01')
    const sam = await createMember(project)
    expect(caseIds(await claimNextCases(sam))).toEqual([ids[2]])
    const mine = await claimNextCases(pat)
    expect(caseIds(mine)).toEqual([ids[3], ids[1], ids[0]])
    expect(mine.handout).toEqual({ note: 'due 2026-12-01', dueOn: '2026-12-01', done: 0, cases: 1 })
    expect((await claimNextCases(sam)).handout).toBeNull()
  })

  it('is what several passed on, for prompt engineers alone', async () => {
    const ids = await openDev([0.1, 0.2])
    await db.assignment.updateMany({ where: { caseId: ids[1] }, data: { lane: 'escalated' } })
    const eva = await createMember(project, 'prompt_engineer')
    expect(caseIds(await claimNextCases(pat))).toEqual([ids[0]])
    await leave(pat, await claimNextCases(pat))
    const hers = await claimNextCases(eva, { n: 1 })
    expect(caseIds(hers)).toEqual([ids[0]])
    expect(caseIds(await claimNextCases(eva, { n: 2 }))).toEqual(ids)
    // Given back by her it is still for prompt engineers.
    await leave(eva, await claimNextCases(eva))
    expect(caseIds(await claimNextCases(pat))).toEqual([ids[0]])
  })
})

describe('training', () => {
  beforeEach(() =>
    db.reviewSettings.create({
      data: { ...DEFAULT_SETTINGS, projectId: project.id, trainingCases: 2 },
    }),
  )

  it('hands out check cases alone until they are passed, and says how far one is', async () => {
    const checks = [await createCheckCase(), await createCheckCase()]
    const [real] = await openDev([0.1])
    const first = await claimNextCases(pat)
    expect(caseIds(first).toSorted()).toEqual(checks.toSorted())
    expect(first.training).toEqual({ answered: 0, right: 0, wanted: 2, pass: 80, wait: false })
    for (const claim of first.claims) await answer(pat, claim)
    const after = await claimNextCases(pat)
    expect(after.training).toBeNull()
    expect(caseIds(after)).toEqual([real])
  })

  it('keeps a check case for its person when they leave', async () => {
    const check = await createCheckCase()
    const first = await claimNextCases(pat)
    await leave(pat, first)
    const eva = await createMember(project, 'prompt_engineer')
    // 0 is drawn as ordinary work.
    expect(caseIds(await claimNextCases(eva, {}, () => 0))).toEqual([])
    const again = await claimNextCases(pat)
    expect(again.claims.map(({ assignmentId }) => assignmentId)).toEqual(
      first.claims.map(({ assignmentId }) => assignmentId),
    )
    expect(caseIds(again)).toEqual([check])
  })

  it('says so where there is nothing to train on, and asks prompt engineers for none', async () => {
    const [real] = await openDev([0.1])
    const waiting = await claimNextCases(pat)
    expect(waiting).toMatchObject({ claims: [], training: { wait: true } })
    const eva = await createMember(project, 'prompt_engineer')
    expect(await claimNextCases(eva)).toMatchObject({
      training: null,
      claims: [{ case: { id: real } }],
    })
  })
})
