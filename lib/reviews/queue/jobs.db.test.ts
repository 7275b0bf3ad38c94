import { beforeEach, describe, expect, it } from 'vitest'
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
import { undoReview } from '../undo/mutations'
import { moveSuggestions, openMissingAssignments } from './jobs'
import { claimNextCases } from './mutations'

let project: TestProject
beforeEach(async () => {
  project = await createProject()
})

const openCases = async (n: number) => {
  const ids = []
  for (let i = 0; i < n; i++) ids.push(await createCase(project, { rank: (i + 1) / 10 }))
  await openMissingAssignments(project.id)
  return ids
}
/** What each case of the line would show now. */
const shown = async () =>
  (
    await db.assignment.findMany({ where: { projectId: project.id }, orderBy: { place: 'asc' } })
  ).map(({ suggestionId }) => suggestionId)
const suggest = (runId: string, ids: string[]) =>
  Promise.all(ids.map((id) => createSuggestion(runId, id, { labelId: project.categories.Billing })))

describe('openMissingAssignments', () => {
  it('opens with the suggestion of the set-up in force, where there is one', async () => {
    const { runId } = await releaseSetup(project)
    const ids = [
      await createCase(project, { rank: 0.1 }),
      await createCase(project, { rank: 0.2 }),
      await createCase(project, { rank: 0.3, pool: 'dev' }),
    ]
    const [suggestion] = await suggest(runId, [ids[0] ?? '', ids[2] ?? ''])
    await openMissingAssignments(project.id)
    expect(await shown()).toEqual([suggestion, null, null])
  })

  it('lets everyone see what was opened before the place they had come to', async () => {
    await createCase(project, { pool: 'dev', rank: 0.5 })
    await openMissingAssignments(project.id)
    const pat = await createMember(project)
    await claimNextCases(pat)
    const earlier = await createCase(project, { pool: 'dev', rank: 0.1 })
    await openMissingAssignments(project.id)
    const { claims } = await claimNextCases(pat)
    expect(claims.map((claim) => claim.case.id)).toContain(earlier)
  })

  it('asks for a review of a case that only check cases or repeats were asked about', async () => {
    const caseId = await createCase(project, { pool: 'dev' })
    const pat = await createMember(project)
    const labelId = project.categories.Billing
    await createReview(pat, caseId, { labelId, purpose: 'check_case' })
    await openMissingAssignments(project.id)
    expect(await db.assignment.count({ where: { caseId, purpose: 'ordinary' } })).toBe(1)
  })

  it('asks nobody else about a settled case that someone took their answer back on', async () => {
    const caseId = await createCase(project, { pool: 'dev' })
    const pat = await createMember(project)
    const labelId = project.categories.Billing
    await createReview(pat, caseId, { labelId })
    await db.finalLabel.create({
      data: { caseId, projectId: project.id, labelId, source: 'settled' },
    })
    await undoReview(pat, { id: newId(), reviewId: null })
    await db.$executeRaw`UPDATE "Assignment" SET "leaseUntil" = now() - interval '2 days'`
    await openMissingAssignments(project.id)
    const rows = await db.assignment.findMany({ where: { caseId } })
    expect(rows.map(({ status }) => status)).toEqual(['withdrawn'])
  })

  it('never asks anyone else what one person was to be asked again', async () => {
    const caseId = await createCase(project, { pool: 'dev' })
    const pat = await createMember(project)
    await openMissingAssignments(project.id)
    await db.assignment.updateMany({
      where: { caseId },
      data: {
        ...{ purpose: 'repeat', forUserId: pat.userId, holderId: pat.userId },
        leaseUntil: new Date(Date.now() - 3 * 86_400_000),
      },
    })
    await openMissingAssignments(project.id)
    const rows = await db.assignment.findMany({ where: { caseId, purpose: 'repeat' } })
    expect(rows.map(({ status }) => status)).toEqual(['open'])
  })
})

describe('moveSuggestions', () => {
  it('moves what nobody has claimed to the set-up in force, and back with it', async () => {
    const ids = await openCases(5)
    const first = await releaseSetup(project, 1)
    const old = await suggest(first.runId, ids)
    expect(await shown()).toEqual(old)
    const pat = await createMember(project)
    await claimNextCases(pat, { n: 1 })
    const second = await releaseSetup(project, 2)
    expect(await shown()).toEqual(old)
    await moveSuggestions(project.id, { chunk: 2 })
    expect(await shown()).toEqual([old[0], null, null, null, null])
    const fresh = await suggest(second.runId, ids.slice(1))
    expect(await shown()).toEqual([old[0], ...fresh])
    await db.release.updateMany({
      where: { setupId: second.setupId },
      data: { endedAt: new Date() },
    })
    await moveSuggestions(project.id, { chunk: 2 })
    expect(await shown()).toEqual([old[0], null, null, null, null])
  })

  it('waits for nobody who is claiming', async () => {
    const ids = await openCases(3)
    const { runId } = await releaseSetup(project, 1)
    const old = await suggest(runId, ids)
    await releaseSetup(project, 2)
    const taken = await db.assignment.findFirstOrThrow({ where: { caseId: ids[1] } })
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT 1 FROM "Assignment" WHERE id = ${taken.id}::uuid FOR UPDATE`
      await moveSuggestions(project.id, { chunk: 1 })
    })
    expect(await shown()).toEqual([null, old[1], null])
  })
})
