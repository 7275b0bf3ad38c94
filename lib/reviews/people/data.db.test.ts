import { beforeEach, expect, it } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createReview } from '@/lib/platform/testing/reviews'
import { setFinalLabel } from '@/lib/platform/testing/versions'
import { listReviewers } from './data'

let project: TestProject
let manager: Member
let pat: Member
beforeEach(async () => {
  project = await createProject()
  manager = await createMember(project, 'manager', 'Mia')
  pat = await createMember(project, 'reviewer', 'Pat')
})

const DAY = 86_400_000
const ago = (days: number) => new Date(Date.now() - days * DAY)
const viewOf = async (member: Member) => {
  const view = (await listReviewers(manager)).find(({ userId }) => userId === member.userId)
  if (!view) throw new Error('not listed')
  return view
}

/** An answer to a check case whose known answer is Defect. */
async function answerCheck(right: boolean, at: Date, member = pat): Promise<string> {
  const { Defect, Education } = project.categories
  const caseId = await createCase(project, { pool: 'dev' })
  await setFinalLabel(project, caseId, Defect)
  await db.checkCase.create({ data: { caseId, projectId: project.id } })
  const labelId = right ? Defect : Education
  await createReview(member, caseId, { labelId, purpose: 'check_case', seconds: 100, at })
  return caseId
}

it('lists who labels cases, with nothing known of newcomers', async () => {
  const sam = await createMember(project, 'prompt_engineer', 'Sam')
  const gone = await createMember(project, 'reviewer', 'Gus')
  await db.user.update({ where: { id: gone.userId }, data: { disabledAt: new Date() } })
  const list = await listReviewers(manager)
  expect(list.map(({ userId }) => userId)).toEqual([pat.userId, sam.userId])
  expect(list[0]).toEqual({
    ...{ userId: pat.userId, name: 'Pat', role: 'reviewer', training: null },
    checks: { right: 0, n: 0, rate: null, low: 0, high: 1 },
    drift: { sum: 0, alarm: null },
    consistency: { right: 0, n: 0, rate: null, low: 0, high: 1 },
    ...{ seconds: null, timed: 0 },
  })
})

it('counts right answers to check cases with their interval, and sounds the alarm of METHODS §4', async () => {
  const series = [...'1101001000'].map((letter) => letter === '1')
  for (const [i, right] of series.entries()) await answerCheck(right, ago(20 - i))
  const { checks, drift } = await viewOf(pat)
  expect(checks).toMatchObject({ right: 4, n: 10, rate: 0.4 })
  expect(checks.low).toBeCloseTo(0.16818, 4)
  expect(checks.high).toBeCloseTo(0.68733, 4)
  expect(drift.alarm).toEqual({ at: expect.any(String), since: 1 })
  expect(Math.abs(Date.parse(drift.alarm?.at ?? '') - ago(12).getTime())).toBeLessThan(DAY / 2)
})

it('leaves out what was answered in training, once it is over', async () => {
  await answerCheck(false, ago(9))
  await answerCheck(true, ago(2))
  expect((await viewOf(pat)).checks).toMatchObject({ right: 1, n: 2 })
  await db.membership.updateMany({ where: { userId: pat.userId }, data: { trainedAt: ago(5) } })
  expect((await viewOf(pat)).checks).toMatchObject({ right: 1, n: 1 })
})

it('compares a repeat with the own answer that stands', async () => {
  const { Defect, Billing } = project.categories
  const pairs = [
    [Defect, Defect],
    [Defect, Billing],
    [Billing, Billing],
  ] as const
  for (const [first, again] of pairs) {
    const caseId = await createCase(project)
    await createReview(pat, caseId, { labelId: first, at: ago(20) })
    await createReview(pat, caseId, { labelId: again, purpose: 'repeat', at: ago(1) })
    await createReview(await createMember(project), caseId, {
      labelId: Billing,
      purpose: 'second_opinion',
      slot: 2,
    })
  }
  const undone = await createCase(project)
  await createReview(pat, undone, { labelId: Defect, at: ago(20), undone: true })
  await createReview(pat, undone, { labelId: Defect, purpose: 'repeat', at: ago(1) })
  expect((await viewOf(pat)).consistency).toMatchObject({ right: 2, n: 3 })
})

it('takes the median time of ordinary answers alone', async () => {
  const { Defect } = project.categories
  for (const seconds of [10, 40, 12]) {
    await createReview(pat, await createCase(project), { labelId: Defect, seconds })
  }
  await createReview(pat, await createCase(project), { labelId: Defect })
  await createReview(pat, await createCase(project), {
    labelId: Defect,
    seconds: 900,
    undone: true,
  })
  const repeated = await createCase(project)
  await createReview(pat, repeated, { labelId: Defect, seconds: 14, purpose: 'second_opinion' })
  await createReview(pat, repeated, { labelId: Defect, seconds: 900, purpose: 'repeat' })
  await answerCheck(true, ago(1))
  expect(await viewOf(pat)).toMatchObject({ seconds: 13, timed: 4 })
})

it('says how far newcomers are, and who has nothing left to be asked', async () => {
  await db.reviewSettings.create({
    data: { projectId: project.id, trainingCases: 3, trainingPass: 60 },
  })
  const goal = { wanted: 3, pass: 60 }
  await answerCheck(true, ago(3))
  expect((await viewOf(pat)).training).toEqual({ answered: 1, right: 1, ...goal, stuck: true })
  const eve = await createMember(project, 'reviewer', 'Eve')
  expect((await viewOf(eve)).training).toEqual({ answered: 0, right: 0, ...goal, stuck: false })
  const old = await createMember(project, 'reviewer', 'Old')
  await createReview(old, await createCase(project), { labelId: project.categories.Defect })
  expect((await viewOf(old)).training).toBeNull()
})
