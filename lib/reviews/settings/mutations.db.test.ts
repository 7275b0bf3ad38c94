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
import { getReviewSettings } from './data'
import { changeReviewSettings } from './mutations'
import { DEFAULT_SETTINGS } from './rules'

let project: TestProject
let manager: Member
beforeEach(async () => {
  project = await createProject()
  manager = await createMember(project, 'manager')
})

it('has the defaults until someone sets it, then what was set last', async () => {
  expect(await getReviewSettings(project.id)).toEqual(DEFAULT_SETTINGS)
  const first = { ...DEFAULT_SETTINGS, randomShare: 38, checkShare: 0, checkFeedback: false }
  await changeReviewSettings(manager, first)
  expect(await getReviewSettings(project.id)).toEqual(first)
  const second = { ...first, pairCap: 5 }
  await changeReviewSettings(manager, second)
  expect(await getReviewSettings(project.id)).toEqual(second)
  const neighbour = await createProject()
  expect(await getReviewSettings(neighbour.id)).toEqual(DEFAULT_SETTINGS)
})

it('writes down who set what', async () => {
  await changeReviewSettings(manager, { ...DEFAULT_SETTINGS, trainingPass: 90 })
  const [event] = await db.auditEvent.findMany({ where: { projectId: project.id } })
  expect(event).toMatchObject({
    action: 'review_settings.changed',
    actorId: manager.userId,
    detail: { ...DEFAULT_SETTINGS, trainingPass: 90 },
  })
})

async function review(member: Member, purpose: 'ordinary' | 'check_case'): Promise<void> {
  const caseId = await createCase(project, { pool: 'dev' })
  const assignment = await db.assignment.create({
    data: {
      id: newId(),
      projectId: project.id,
      caseId,
      slot: 1,
      mode: 'blind',
      purpose,
      frame: 'dev',
      rank: 0.5,
      status: 'answered',
    },
  })
  await db.review.create({
    data: {
      id: newId(),
      projectId: project.id,
      assignmentId: assignment.id,
      caseId,
      purpose,
      reviewerId: member.userId,
      labelId: project.categories.Billing,
      answeredAt: new Date(),
    },
  })
}

it('asks newcomers alone for training, also where it is asked for later', async () => {
  const experienced = await createMember(project)
  await review(experienced, 'ordinary')
  const beginner = await createMember(project)
  await review(beginner, 'check_case')
  const newcomer = await createMember(project)
  const trained = async ({ userId }: Member) =>
    (await db.membership.findFirstOrThrow({ where: { projectId: project.id, userId } })).trainedAt
  await changeReviewSettings(manager, { ...DEFAULT_SETTINGS, trainingCases: 5 })
  const since = await trained(experienced)
  const first = await db.review.findFirstOrThrow({ where: { reviewerId: experienced.userId } })
  expect(since).toEqual(first.createdAt)
  expect(await trained(beginner)).toBeNull()
  expect(await trained(newcomer)).toBeNull()

  // Asking for more is no new training for those who are in the middle of it, nor an end of it.
  await review(newcomer, 'ordinary')
  await changeReviewSettings(manager, { ...DEFAULT_SETTINGS, trainingCases: 8 })
  expect(await trained(newcomer)).toBeNull()
  expect(await trained(experienced)).toEqual(since)
})
