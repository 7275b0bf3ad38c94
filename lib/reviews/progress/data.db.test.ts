import { expect, it } from 'vitest'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { createCase, createMember, createProject } from '@/lib/platform/testing/fixtures'
import { createSuggestion, releaseSetup } from '@/lib/platform/testing/suggestions'
import { submitReview } from '../answers/mutations'
import { submitInput, undoInput } from '../answers/schema'
import { moveSuggestions, openMissingAssignments } from '../queue/jobs'
import { claimNextCases } from '../queue/mutations'
import { skipAssignment } from '../skips/mutations'
import { undoReview } from '../undo/mutations'
import { getReviewProgress } from './data'
import { foldReviewCounts } from './jobs'

it('says what a recount says, whatever happened, folded or not', async () => {
  const project = await createProject()
  await db.project.update({ where: { id: project.id }, data: { reviewsWanted: 2 } })
  const pat = await createMember(project)
  const recount = async () => {
    const rows = await db.assignment.findMany({
      where: {
        projectId: project.id,
        status: { not: 'withdrawn' },
        purpose: { in: ['ordinary', 'second_opinion'] },
      },
    })
    const open = rows.filter(({ status }) => status === 'open')
    const waits = open.filter(({ mode, suggestionId }) => mode === 'shown' && !suggestionId)
    return {
      done: rows.length - open.length,
      left: open.length - waits.length,
      withoutSuggestion: waits.length,
    }
  }
  const check = async (expected: { done: number; left: number; withoutSuggestion: number }) => {
    expect(await recount()).toEqual(expected)
    expect(await getReviewProgress(pat)).toMatchObject(expected)
  }
  const ids = [await createCase(project, { rank: 0.1 }), await createCase(project, { rank: 0.2 })]
  await createCase(project, { pool: 'dev', rank: 0.3 })
  await openMissingAssignments(project.id)
  await check({ done: 0, left: 2, withoutSuggestion: 4 })

  const { runId, setupId } = await releaseSetup(project)
  for (const id of ids) await createSuggestion(runId, id, { labelId: project.categories.Billing })
  await check({ done: 0, left: 6, withoutSuggestion: 0 })
  await foldReviewCounts(2)
  await check({ done: 0, left: 6, withoutSuggestion: 0 })
  expect(await db.reviewCountDelta.count({ where: { projectId: project.id } })).toBe(0)

  const { claims } = await claimNextCases(pat, { n: 2 })
  const reviewId = newId()
  await submitReview(
    pat,
    submitInput.parse({
      id: reviewId,
      assignmentId: claims[0]?.assignmentId,
      suggestionId: claims[0]?.suggestion?.id ?? null,
      labelId: project.categories.Billing,
      answeredAt: new Date().toISOString(),
    }),
  )
  await check({ done: 1, left: 5, withoutSuggestion: 0 })
  expect((await getReviewProgress(pat)).ownToday).toBe(1)
  await skipAssignment(pat, {
    ...{ id: newId(), assignmentId: claims[1]?.assignmentId ?? '' },
    ...{ reason: 'other', note: '' },
  })
  expect(await getReviewProgress(pat)).toMatchObject(await recount())

  await undoReview(pat, undoInput.parse({ id: newId(), reviewId }))
  expect(await getReviewProgress(pat)).toMatchObject({ ...(await recount()), done: 0, ownToday: 0 })

  await db.release.updateMany({ where: { setupId }, data: { endedAt: new Date() } })
  await moveSuggestions(project.id)
  const released = { ...(await recount()), released: false }
  expect(released.withoutSuggestion).toBeGreaterThan(0)
  expect(await getReviewProgress(pat)).toMatchObject(released)
  await Promise.all([foldReviewCounts(), foldReviewCounts()])
  expect(await getReviewProgress(pat)).toMatchObject(released)
})
