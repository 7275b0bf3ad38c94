import { expect, it } from 'vitest'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { createCase, createMember, createProject } from '@/lib/platform/testing/fixtures'
import { createReview } from '@/lib/platform/testing/reviews'
import { openMissingAssignments } from '../jobs'
import { withdrawSurplus } from './jobs'

it('takes back what is no longer wanted, and gives labels to what has its answers now', async () => {
  const project = await createProject()
  const want = (reviewsWanted: number) =>
    db.project.update({ where: { id: project.id }, data: { reviewsWanted } })
  const { Billing, Defect } = project.categories
  const [pat, sam] = [await createMember(project), await createMember(project)]
  const create = () => createCase(project, { pool: 'dev' })
  const [fresh, answered, close, held, given, split] = [
    await create(),
    await create(),
    await create(),
    await create(),
    await create(),
    await create(),
  ]
  await want(2)
  await createReview(pat, answered, { labelId: Defect })
  await createReview(pat, close, { labelId: Defect, closeCall: true })
  await createReview(pat, split, { labelId: Defect })
  await createReview(sam, split, { labelId: Billing, slot: 2 })
  await openMissingAssignments(project.id)
  const second = (caseId: string) => ({ where: { caseId, slot: 2 } })
  const leaseUntil = new Date(Date.now() + 60_000)
  await db.assignment.updateMany({ ...second(held), data: { holderId: sam.userId, leaseUntil } })
  await db.assignment.updateMany({ ...second(given), data: { forUserId: newId() } })

  await want(1)
  await withdrawSurplus(project.id)
  await withdrawSurplus(project.id)
  const status = async (caseId: string) =>
    (await db.assignment.findMany({ where: { caseId }, orderBy: { slot: 'asc' } })).map(
      (row) => row.status,
    )
  expect(await status(fresh)).toEqual(['open', 'withdrawn'])
  expect(await status(held)).toEqual(['open', 'open'])
  expect(await status(given)).toEqual(['open', 'open'])
  expect(await status(answered)).toEqual(['answered', 'withdrawn'])
  const labels = await db.finalLabel.findMany({ where: { projectId: project.id } })
  expect(labels).toMatchObject([{ caseId: answered, labelId: Defect, source: 'review' }])
  expect(await status(close)).toEqual(['answered', 'open'])
  expect(await db.dispute.count({ where: { projectId: project.id } })).toBe(0)
  expect(await status(split)).toEqual(['answered', 'answered'])

  await want(2)
  await openMissingAssignments(project.id)
  expect(await status(fresh)).toEqual(['open', 'withdrawn', 'open'])
})
