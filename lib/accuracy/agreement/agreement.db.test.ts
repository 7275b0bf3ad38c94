import { beforeEach, expect, it } from 'vitest'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createReview } from '@/lib/platform/testing/reviews'
import { createSuggestion, releaseSetup, type TestSetup } from '@/lib/platform/testing/suggestions'
import { openMissingAssignments } from '@/lib/reviews/queue/jobs'
import { listAgreement } from './data'

let project: TestProject
let setup: TestSetup
beforeEach(async () => {
  project = await createProject()
  setup = await releaseSetup(project)
})

/** An example case that was suggested as a Defect and waits for its review. */
async function waiting(rank: number): Promise<{ caseId: string; suggestionId: string }> {
  const caseId = await createCase(project, { rank })
  const suggestionId = await createSuggestion(setup.runId, caseId, {
    labelId: project.categories.Defect,
  })
  await openMissingAssignments(project.id)
  return { caseId, suggestionId }
}

/** One that was reviewed, as it was chosen. */
async function reviewed(
  rank: number,
  label: 'Billing' | 'Defect',
  chosen: { selection?: 'targeted'; bulkId?: string } = {},
): Promise<void> {
  const { caseId, suggestionId } = await waiting(rank)
  await db.assignment.deleteMany({ where: { caseId } })
  const labelId = project.categories[label]
  await createReview(await createMember(project), caseId, { labelId, suggestionId, mode: 'shown' })
  await db.assignment.updateMany({ where: { caseId }, data: { rank, ...chosen } })
}

async function bulk(): Promise<string> {
  const id = newId()
  const by = await createMember(project, 'prompt_engineer')
  const labelId = project.categories.Defect
  await db.bulkConfirm.create({
    data: {
      ...{ id, projectId: project.id, setupId: setup.setupId, labelId, byId: by.userId },
      ...{ confirmed: 9, sampled: 1, blind: 99, right: 99, lowerBound: 0.97 },
    },
  })
  return id
}

const agreement = async () => {
  const found = (await listAgreement(project.id)).get(setup.versionId)
  return found?.map(({ right, n }) => ({ right, n }))
}

it.each([
  ['given to someone', { forUserId: newId() }],
  ['in someone’s hands', { holderId: newId(), leaseUntil: new Date(Date.now() + 60_000) }],
  ['free', {}],
])('leaves out a pick whose turn has not come: an earlier case is %s', async (_, held) => {
  const { caseId } = await waiting(0.1)
  await db.assignment.updateMany({ where: { caseId }, data: held })
  await reviewed(0.2, 'Billing', { selection: 'targeted' })
  await reviewed(0.3, 'Defect')
  expect(await agreement()).toEqual([{ right: 1, n: 1 }])
  await db.assignment.updateMany({ where: { caseId }, data: { status: 'withdrawn' } })
  expect(await agreement()).toEqual([{ right: 1, n: 2 }])
})

it('counts what checks a bulk confirmation in its turn, and lets it hold up nothing', async () => {
  const bulkId = await bulk()
  const { caseId: next } = await waiting(0.5)
  const { caseId: sent } = await waiting(0.4)
  await db.assignment.updateMany({ where: { caseId: sent }, data: { bulkId, place: 0 } })
  await reviewed(0.2, 'Billing', { selection: 'targeted' })
  await reviewed(0.9, 'Defect', { bulkId })
  expect(await agreement()).toEqual([{ right: 0, n: 1 }])
  await db.assignment.updateMany({ where: { caseId: next }, data: { status: 'withdrawn' } })
  expect(await agreement()).toEqual([{ right: 1, n: 2 }])
})
