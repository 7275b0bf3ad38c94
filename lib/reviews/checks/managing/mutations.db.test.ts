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
import { getCheckState, listChecks } from './data'
import { addChecks, changeCheck, removeCheck } from './mutations'
import { listSeenChecks } from './rules'
import { MOST_CHECK_CASES, newChecks } from './schema'

let project: TestProject
let manager: Member
beforeEach(async () => {
  project = await createProject()
  manager = await createMember(project, 'manager', 'Mia')
})

async function createLabelled(
  input: { pool?: 'example' | 'dev' | 'test'; rank?: number; source?: LabelSource } = {},
): Promise<string> {
  const { source = 'imported', ...rest } = input
  const caseId = await createCase(project, { pool: 'dev', ...rest })
  const labelId = project.categories.Defect
  await db.finalLabel.create({ data: { caseId, projectId: project.id, labelId, source } })
  return caseId
}

const checkIds = async () =>
  (await db.checkCase.findMany({ where: { projectId: project.id } })).map(({ caseId }) => caseId)
const add = (input: unknown) => addChecks(manager, newChecks.parse(input))

describe('addChecks', () => {
  it('adds one with its reason', async () => {
    const caseId = await createLabelled()
    expect(await add({ caseId, reason: ' It broke. ' })).toEqual({ added: 1 })
    expect(await db.checkCase.findUnique({ where: { caseId } })).toMatchObject({
      reason: 'It broke.',
      addedById: manager.userId,
    })
    await expect(add({ caseId })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('refuses a case of the test pool, of another project, or without a known answer', async () => {
    const test = await createLabelled({ pool: 'test' })
    await expect(add({ caseId: test })).rejects.toMatchObject({ code: 'not_found' })
    const elsewhere = await createCase(await createProject(), { pool: 'dev' })
    await expect(add({ caseId: elsewhere })).rejects.toMatchObject({ code: 'not_found' })
    const bare = await createCase(project, { pool: 'dev' })
    await expect(add({ caseId: bare })).rejects.toThrow('no final label')
    const single = await createLabelled({ source: 'review' })
    await expect(add({ caseId: single })).rejects.toThrow('one review alone')
    const replaced = await createLabelled()
    await db.case.update({ where: { id: replaced }, data: { archivedAt: new Date() } })
    await expect(add({ caseId: replaced })).rejects.toThrow('newer revision')
    expect(await checkIds()).toEqual([])
  })

  it('adds the next eligible ones by rank, and no more than there are', async () => {
    const last = await createLabelled({ rank: 0.9, source: 'settled' })
    const first = await createLabelled({ rank: 0.1, source: 'agreement' })
    const second = await createLabelled({ rank: 0.2, pool: 'example' })
    await createLabelled({ rank: 0.01, pool: 'test' })
    await createLabelled({ rank: 0.02, source: 'review' })
    expect(await add({ count: 2 })).toEqual({ added: 2 })
    expect((await checkIds()).sort()).toEqual([first, second].sort())
    expect(await add({ count: 10 })).toEqual({ added: 1 })
    expect(await checkIds()).toContain(last)
    await expect(add({ count: 1 })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('stops at the most a project can have', async () => {
    const ids = Array.from({ length: MOST_CHECK_CASES - 1 }, () => newId())
    await db.case.createMany({
      data: ids.map((id) => ({
        ...{ id, projectId: project.id, externalId: id, subject: '', messages: [], pool: 'dev' },
        ...{ textHash: new Uint8Array(), characters: 0, rank: 0 },
      })),
    })
    await db.checkCase.createMany({
      data: ids.map((caseId) => ({ caseId, projectId: project.id })),
    })
    for (let i = 0; i < 2; i++) await createLabelled()
    expect(await add({ count: 100 })).toEqual({ added: 1 })
    await expect(add({ caseId: await createLabelled() })).rejects.toThrow('at most 500')
  })

  it.each([
    [{}],
    [{ count: 0 }],
    [{ count: 101 }],
    [{ count: 1.5 }],
    [{ caseId: 'x' }],
    [{ caseId: newId(), count: 1 }],
    [{ caseId: newId(), reason: 'x'.repeat(1_001) }],
  ])('takes no %j', (input) => {
    expect(newChecks.safeParse(input).success).toBe(false)
  })
})

describe('a check case', () => {
  it('gets another reason', async () => {
    const caseId = await createLabelled()
    await add({ caseId, reason: 'Old.' })
    await changeCheck(manager, caseId, { reason: 'New.' })
    expect((await getCheckState(manager, caseId)).reason).toBe('New.')
    const stranger = await createMember(await createProject(), 'manager')
    await expect(changeCheck(stranger, caseId, { reason: '' })).rejects.toThrow('not found')
    await expect(removeCheck(stranger, caseId)).rejects.toThrow('not found')
  })

  it('is asked of nobody any more once removed, but may be finished, and counts', async () => {
    const caseId = await createLabelled()
    await add({ caseId })
    const [ann, ben, cat] = [
      await createMember(project),
      await createMember(project),
      await createMember(project),
    ]
    const hand = async (member: Member, minutes: number) => {
      const base = {
        projectId: project.id,
        caseId,
        slot: 1,
        mode: 'blind',
        frame: 'dev',
        rank: 0,
      } as const
      const leaseUntil = new Date(Date.now() + minutes * 60_000)
      const whose = { holderId: member.userId, forUserId: member.userId, leaseUntil }
      const id = newId()
      await db.assignment.create({ data: { ...base, ...whose, id, purpose: 'check_case' } })
      return id
    }
    const [left, atIt] = [await hand(ann, -1), await hand(ben, 5)]
    const labelId = project.categories.Defect
    const reviewId = await createReview(cat, caseId, { labelId, purpose: 'check_case' })
    await removeCheck(manager, caseId)
    const status = async (id: string) =>
      (await db.assignment.findUniqueOrThrow({ where: { id } })).status
    expect([await status(left), await status(atIt)]).toEqual(['withdrawn', 'open'])
    expect(await db.review.findUnique({ where: { id: reviewId } })).not.toBeNull()
    expect(await getCheckState(manager, caseId)).toEqual({
      isCheck: false,
      reason: '',
      unusable: null,
    })
    await expect(removeCheck(manager, caseId)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('leaves who did what behind', async () => {
    const caseId = await createLabelled()
    await add({ caseId })
    await changeCheck(manager, caseId, { reason: 'Why.' })
    await removeCheck(manager, caseId)
    await add({ count: 1 })
    const events = await db.auditEvent.findMany({
      where: { projectId: project.id },
      orderBy: { id: 'asc' },
    })
    expect(events.map(({ action }) => action)).toEqual([
      'check.added',
      'check.changed',
      'check.removed',
      'checks.added',
    ])
  })
})

describe('listChecks', () => {
  it('says how often each was answered and right, by first answers and second choices', async () => {
    const { Billing, Defect, Education } = project.categories
    const caseId = await createLabelled()
    await db.finalLabel.update({ where: { caseId }, data: { secondLabelId: Billing } })
    await add({ caseId, reason: 'It broke.' })
    await createLabelled()
    for (const labelId of [Defect, Billing, Education, null]) {
      await createReview(await createMember(project), caseId, { labelId, purpose: 'check_case' })
    }
    await createReview(await createMember(project), caseId, {
      labelId: Defect,
      purpose: 'check_case',
      undone: true,
    })
    await createReview(await createMember(project), caseId, { labelId: Education })
    const { checks, eligible } = await listChecks(manager)
    expect(eligible).toBe(1)
    expect(checks).toMatchObject([
      {
        ...{ caseId, label: 'Defect', secondLabel: 'Billing', source: 'imported' },
        ...{ unusable: null, reason: 'It broke.', addedBy: 'Mia', answered: 5, right: 3 },
      },
    ])
    expect(listSeenChecks({ checks, eligible })).toEqual([caseId])
  })

  it('says why one is not handed out', async () => {
    const [lost, single] = [await createLabelled(), await createLabelled()]
    for (const caseId of [lost, single]) await add({ caseId })
    await db.finalLabel.delete({ where: { caseId: lost } })
    await db.finalLabel.update({ where: { caseId: single }, data: { source: 'review' } })
    const { checks } = await listChecks(manager)
    const why = new Map(checks.map((check) => [check.caseId, check.unusable]))
    expect([why.get(lost), why.get(single)]).toEqual(['no_known_answer', 'one_review'])
  })

  it('hides the answer from a prompt engineer who is asked for theirs', async () => {
    const caseId = await createLabelled()
    await add({ caseId, reason: 'Told.' })
    const sam = await createMember(project, 'prompt_engineer')
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
        ...{ holderId: sam.userId, leaseUntil: new Date(Date.now() + 60_000) },
      },
    })
    const list = await listChecks(sam)
    expect(list.checks[0]).toMatchObject({ label: null, secondLabel: null, reason: '' })
    expect(listSeenChecks(list)).toEqual([])
    expect((await listChecks(manager)).checks[0]?.label).toBe('Defect')
  })
})
