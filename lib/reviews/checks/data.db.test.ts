import { beforeEach, describe, expect, it } from 'vitest'
import type { LabelSource } from '@/generated/prisma/enums'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createReview } from '@/lib/platform/testing/reviews'
import { createSuggestion, releaseSetup } from '@/lib/platform/testing/suggestions'
import { openMissingAssignments } from '../queue/jobs'
import { findCheckResult, hasCheckLeft, pickCheckCases, pickRepeats, trainingOf } from './data'
import { letIn, noteTraining } from './mutations'

let project: TestProject
let pat: Member
beforeEach(async () => {
  project = await createProject()
  pat = await createMember(project)
})

const pick = (member: Member, n = 10) => db.$transaction((tx) => pickCheckCases(tx, member, n))
const repeat = (member: Member, n = 1) => db.$transaction((tx) => pickRepeats(tx, member, n))
const idsOf = (picked: { caseId: string }[]) => picked.map(({ caseId }) => caseId).sort()
const set = (settings: {
  trainingCases?: number
  trainingPass?: number
  checkFeedback?: boolean
  repeatAfterDays?: number
}) =>
  db.reviewSettings.upsert({
    where: { projectId: project.id },
    create: { projectId: project.id, ...settings },
    update: settings,
  })

/** A check case whose known answer is Defect, or Billing at a pinch. */
async function addCheck(
  pool: 'example' | 'dev' = 'dev',
  { source = 'imported', by }: { source?: LabelSource; by?: string } = {},
): Promise<string> {
  const caseId = await createCase(project, { pool })
  const { Defect, Billing } = project.categories
  await db.finalLabel.create({
    data: { caseId, projectId: project.id, labelId: Defect, secondLabelId: Billing, source },
  })
  await db.checkCase.create({
    data: { caseId, projectId: project.id, addedById: by ?? null, reason: 'It broke.' },
  })
  return caseId
}

describe('pickCheckCases', () => {
  it('shows an example case its suggestion and asks for the others blind', async () => {
    const { runId } = await releaseSetup(project)
    const [example, bare, dev] = [
      await addCheck('example'),
      await addCheck('example'),
      await addCheck(),
    ]
    await createSuggestion(runId, example, { labelId: project.categories.Billing })
    await createSuggestion(runId, dev, { labelId: project.categories.Billing })
    const picked = await pick(pat)
    const ranks = await db.case.findMany({ where: { projectId: project.id } })
    const rankOf = (id: string) => ranks.find((row) => row.id === id)?.rank
    expect(picked).toHaveLength(3)
    expect(picked).toEqual(
      expect.arrayContaining([
        {
          caseId: example,
          purpose: 'check_case',
          mode: 'shown',
          frame: 'example',
          rank: rankOf(example),
        },
        {
          caseId: bare,
          purpose: 'check_case',
          mode: 'blind',
          frame: 'example',
          rank: rankOf(bare),
        },
        { caseId: dev, purpose: 'check_case', mode: 'blind', frame: 'dev', rank: rankOf(dev) },
      ]),
    )
  })

  it('keeps to an order of each person’s own', async () => {
    for (let i = 0; i < 12; i++) await addCheck()
    const [ann, ben] = [await createMember(project), await createMember(project)]
    const order = async (member: Member) => (await pick(member, 12)).map(({ caseId }) => caseId)
    expect(await order(ann)).toEqual(await order(ann))
    expect(await order(ann)).not.toEqual(await order(ben))
    expect((await pick(ann, 5)).map(({ caseId }) => caseId)).toEqual((await order(ann)).slice(0, 5))
  })

  it('asks nobody what they answered, hold, skipped, saw, settled or chose', async () => {
    const sam = await createMember(project, 'prompt_engineer')
    const [answered, held, skipped, seen, settled, chosen, free] = [
      await addCheck(),
      await addCheck(),
      await addCheck(),
      await addCheck(),
      await addCheck('dev', { source: 'settled' }),
      await addCheck('dev', { by: sam.userId }),
      await addCheck(),
    ]
    await createReview(sam, answered, { labelId: project.categories.Defect })
    const hold = { projectId: project.id, mode: 'blind', frame: 'dev', rank: 0, slot: 1 } as const
    const inHand = newId()
    await db.assignment.create({
      data: { ...hold, id: inHand, caseId: held, holderId: sam.userId, leaseUntil: new Date() },
    })
    const passed = newId()
    await db.assignment.create({ data: { ...hold, id: passed, caseId: skipped } })
    await db.assignmentSkip.create({
      data: {
        ...{ id: newId(), assignmentId: passed, caseId: skipped, userId: sam.userId },
        reason: 'other',
      },
    })
    await db.caseSight.create({ data: { caseId: seen, userId: sam.userId } })
    await db.finalLabel.update({ where: { caseId: settled }, data: { settledById: sam.userId } })
    expect(idsOf(await pick(sam))).toEqual([free])
    expect(idsOf(await pick(pat))).toEqual(
      [answered, held, skipped, seen, settled, chosen, free].sort(),
    )
  })

  it('asks nothing without a known answer of more than one review, or of a case that is gone', async () => {
    const [good, single, lost, archived, quarantined] = [
      await addCheck('dev', { source: 'agreement' }),
      await addCheck('dev', { source: 'review' }),
      await addCheck(),
      await addCheck(),
      await addCheck(),
    ]
    await db.finalLabel.delete({ where: { caseId: lost } })
    await db.case.update({ where: { id: archived }, data: { archivedAt: new Date() } })
    await db.case.update({ where: { id: quarantined }, data: { quarantinedAt: new Date() } })
    expect(single).not.toBe(good)
    expect(idsOf(await pick(pat))).toEqual([good])
  })

  it('keeps to its project', async () => {
    await addCheck()
    expect(await pick(await createMember(await createProject()))).toEqual([])
  })
})

it('asks nobody else when an answer to a check case is taken back and not given again', async () => {
  const checked = await addCheck()
  const ordinary = await createCase(project, { pool: 'dev' })
  const { Defect } = project.categories
  await createReview(pat, checked, { labelId: Defect, purpose: 'check_case', undone: true })
  await createReview(pat, ordinary, { labelId: Defect, undone: true })
  await db.assignment.updateMany({
    where: { projectId: project.id },
    data: { status: 'open', leaseUntil: new Date(Date.now() - 2 * 86_400_000) },
  })
  await openMissingAssignments(project.id)
  const open = await db.assignment.findMany({ where: { projectId: project.id, status: 'open' } })
  const whose = new Map(open.map(({ caseId, forUserId }) => [caseId, forUserId]))
  expect([whose.get(checked), whose.get(ordinary)]).toEqual([pat.userId, null])
  expect(open).toHaveLength(2)
})

const DAY = 86_400_000
const ago = (days: number) => new Date(Date.now() - days * DAY)

describe('pickRepeats', () => {
  it('asks again, blind, what was answered long enough ago', async () => {
    const [old, young] = [await createCase(project), await createCase(project, { pool: 'test' })]
    const { Defect } = project.categories
    await createReview(pat, old, { labelId: Defect, mode: 'shown', at: ago(15) })
    await createReview(pat, young, { labelId: Defect, at: ago(13) })
    const found = await repeat(pat)
    expect(found).toMatchObject([
      { caseId: old, purpose: 'repeat', mode: 'blind', frame: 'example' },
    ])
    await set({ repeatAfterDays: 12 })
    expect(idsOf(await repeat(pat, 2))).toEqual([old, young].sort())
  })

  it('asks also who has seen the labels since', async () => {
    const caseId = await createCase(project)
    await createReview(pat, caseId, { labelId: project.categories.Defect, at: ago(20) })
    await db.caseSight.create({ data: { caseId, userId: pat.userId } })
    expect(idsOf(await repeat(pat))).toEqual([caseId])
  })

  it('never asks the same twice', async () => {
    const caseId = await createCase(project)
    const { Defect } = project.categories
    await createReview(pat, caseId, { labelId: Defect, at: ago(40) })
    await createReview(pat, caseId, { labelId: Defect, purpose: 'repeat', at: ago(20) })
    expect(await repeat(pat)).toEqual([])
  })

  it.each([
    [
      'a check case',
      async (caseId: string) => {
        await createReview(pat, caseId, {
          labelId: project.categories.Defect,
          purpose: 'check_case',
          at: ago(20),
        })
      },
    ],
    [
      'what has become one',
      async (caseId: string) => {
        await createReview(pat, caseId, { labelId: project.categories.Defect, at: ago(20) })
        await db.checkCase.create({ data: { caseId, projectId: project.id } })
      },
    ],
    [
      'what was taken back',
      async (caseId: string) => {
        await createReview(pat, caseId, {
          labelId: project.categories.Defect,
          at: ago(20),
          undone: true,
        })
      },
    ],
    [
      '“wrong, unsure which”',
      async (caseId: string) => {
        await createReview(pat, caseId, { labelId: null, mode: 'shown', at: ago(20) })
      },
    ],
    [
      'a replaced case',
      async (caseId: string) => {
        await createReview(pat, caseId, { labelId: project.categories.Defect, at: ago(20) })
        await db.case.update({ where: { id: caseId }, data: { archivedAt: new Date() } })
      },
    ],
    [
      'what someone else answered',
      async (caseId: string) => {
        await createReview(await createMember(project), caseId, {
          labelId: project.categories.Defect,
          at: ago(20),
        })
      },
    ],
  ])('never repeats %s', async (_what, arrange) => {
    await arrange(await createCase(project))
    expect(await repeat(pat)).toEqual([])
  })

  it('finds the first and the last among many that can’t be repeated', async () => {
    const { Defect } = project.categories
    const [first, last] = [await createCase(project), await createCase(project)]
    await createReview(pat, first, { labelId: Defect, at: ago(60) })
    for (let day = 59; day > 50; day--) {
      const at = ago(day)
      await createReview(pat, await createCase(project), { labelId: Defect, at, undone: true })
    }
    await createReview(pat, last, { labelId: Defect, at: ago(50) })
    expect(idsOf(await repeat(pat, 2))).toEqual([first, last].sort())
    expect(await repeat(pat, 3)).toHaveLength(2)
  })

  it('asks for different cases at different times', async () => {
    for (let day = 30; day > 20; day--) {
      const at = ago(day)
      await createReview(pat, await createCase(project), { labelId: project.categories.Defect, at })
    }
    const picked = new Set<string>()
    for (let i = 0; i < 40; i++) for (const { caseId } of await repeat(pat)) picked.add(caseId)
    expect(picked.size).toBeGreaterThan(3)
  })
})

describe('training', () => {
  const answer = async (labelId: string) => {
    const caseId = await addCheck()
    await createReview(pat, caseId, { labelId, purpose: 'check_case' })
    return db.$transaction((tx) => noteTraining(tx, pat))
  }

  it('asks nothing where no check cases are wanted', async () => {
    expect((await trainingOf(pat)).needed).toBe(false)
    expect(await answer(project.categories.Defect)).toBe(false)
  })

  it('ends with the answer that makes enough of the last ones right', async () => {
    const { Billing, Defect, Education } = project.categories
    await set({ trainingCases: 3, trainingPass: 66 })
    expect(await trainingOf(pat)).toEqual({
      needed: true,
      answered: 0,
      right: 0,
      wanted: 3,
      pass: 66,
    })
    expect(await answer(Education)).toBe(false)
    expect(await answer(Education)).toBe(false)
    expect(await answer(Billing)).toBe(false)
    expect(await trainingOf(pat)).toMatchObject({ needed: true, answered: 3, right: 1 })
    expect(await answer(Defect)).toBe(true)
    expect((await trainingOf(pat)).needed).toBe(false)
    expect(await answer(Education)).toBe(false)
    const events = await db.auditEvent.findMany({ where: { projectId: project.id } })
    expect(events.map(({ action, subjectId }) => [action, subjectId])).toEqual([
      ['training.passed', pat.userId],
    ])
  })

  it('counts the first answer, whatever was said once the right one was known', async () => {
    await set({ trainingCases: 1, trainingPass: 100 })
    const caseId = await addCheck()
    const reviewId = await createReview(pat, caseId, {
      labelId: project.categories.Education,
      purpose: 'check_case',
    })
    const first = await db.review.findUniqueOrThrow({ where: { id: reviewId } })
    await db.review.create({
      data: {
        ...first,
        ...{ id: newId(), supersedesId: reviewId, labelId: project.categories.Defect },
      },
    })
    expect(await db.$transaction((tx) => noteTraining(tx, pat))).toBe(false)
    expect(await trainingOf(pat)).toMatchObject({ answered: 1, right: 0 })
  })

  it('is for newcomers: not for other roles, nor for who has worked here', async () => {
    await set({ trainingCases: 3 })
    expect((await trainingOf(await createMember(project, 'prompt_engineer'))).needed).toBe(false)
    await createReview(pat, await createCase(project), { labelId: project.categories.Defect })
    expect((await trainingOf(pat)).needed).toBe(false)
  })

  it('ends when a manager lets someone in, once', async () => {
    await set({ trainingCases: 3 })
    const manager = await createMember(project, 'manager')
    await letIn(manager, pat.userId)
    expect((await trainingOf(pat)).needed).toBe(false)
    await expect(letIn(manager, pat.userId)).rejects.toMatchObject({ code: 'conflict' })
    const stranger = await createMember(await createProject())
    await expect(letIn(manager, stranger.userId)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('knows whether anything is left to ask', async () => {
    expect(await hasCheckLeft(project.id, pat.userId)).toBe(false)
    const caseId = await addCheck()
    expect(await hasCheckLeft(project.id, pat.userId)).toBe(true)
    await db.assignment.create({
      data: {
        ...{
          id: newId(),
          projectId: project.id,
          caseId,
          slot: 1,
          mode: 'blind',
          frame: 'dev',
          rank: 0,
        },
        ...{ purpose: 'check_case', holderId: pat.userId, forUserId: pat.userId },
      },
    })
    expect(await pick(pat)).toEqual([])
    expect(await hasCheckLeft(project.id, pat.userId)).toBe(true)
  })
})

describe('findCheckResult', () => {
  const result = (caseId: string, labelId: string | null) =>
    db.$transaction((tx) => findCheckResult(tx, { member: pat, caseId, labelId }))

  it('tells the known answer by name, its second choice and the reason', async () => {
    const caseId = await addCheck()
    const known = { label: 'Defect', secondLabel: 'Billing', reason: 'It broke.' }
    const { Billing, Defect, Education } = project.categories
    expect(await result(caseId, Defect)).toEqual({ right: true, ...known })
    expect(await result(caseId, Billing)).toEqual({ right: true, ...known })
    expect(await result(caseId, Education)).toEqual({ right: false, ...known })
    expect(await result(caseId, null)).toEqual({ right: false, ...known })
  })

  it('tells nothing where feedback is off, but to who is in training', async () => {
    const caseId = await addCheck()
    await set({ checkFeedback: false })
    expect(await result(caseId, project.categories.Defect)).toBeNull()
    await set({ trainingCases: 2 })
    expect(await result(caseId, project.categories.Defect)).toMatchObject({ right: true })
  })

  it('tells nothing where the answer is not known any more', async () => {
    const caseId = await addCheck()
    await db.finalLabel.delete({ where: { caseId } })
    expect(await result(caseId, project.categories.Defect)).toBeNull()
  })
})
