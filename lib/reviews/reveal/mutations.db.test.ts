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
import { createSuggestion, releaseSetup, type TestSetup } from '@/lib/platform/testing/suggestions'
import { submitReview } from '../answers/mutations'
import { submitInput } from '../answers/schema'
import { openMissingAssignments } from '../queue/jobs'
import { claimNextCases } from '../queue/mutations'
import { undoReview } from '../undo/mutations'
import { revealSuggestion } from './mutations'

let project: TestProject
let setup: TestSetup
let pat: Member

beforeEach(async () => {
  project = await createProject()
  setup = await releaseSetup(project)
  pat = await createMember(project)
})

/** Pat's answer to a case of the pool; the model has said Billing. */
async function answered(pool: 'example' | 'dev' | 'test'): Promise<string> {
  const caseId = await createCase(project, { pool })
  await createSuggestion(setup.runId, caseId, { labelId: project.categories.Billing })
  await openMissingAssignments(project.id)
  const [claim] = (await claimNextCases(pat, { n: 1 })).claims
  const answer = submitInput.parse({
    id: newId(),
    assignmentId: claim?.assignmentId,
    suggestionId: claim?.suggestion?.id ?? null,
    labelId: project.categories.Defect,
    answeredAt: new Date().toISOString(),
  })
  return (await submitReview(pat, answer)).id
}

it('shows what the model said after a blind answer, which then stands', async () => {
  const reviewId = await answered('dev')
  const { suggestion } = await revealSuggestion(pat, { reviewId })
  expect(suggestion).toMatchObject({ labelId: project.categories.Billing, explanation: 'Because.' })
  expect(await revealSuggestion(pat, { reviewId })).toEqual({ suggestion })
  await expect(undoReview(pat, { id: newId(), reviewId })).rejects.toThrow('seen more')
})

it('shows nothing of others’ answers, of test cases, and where a suggestion was in view', async () => {
  const sam = await createMember(project)
  const reviewId = await answered('dev')
  await expect(revealSuggestion(sam, { reviewId })).rejects.toMatchObject({ code: 'not_found' })
  for (const pool of ['test', 'example'] as const) {
    const other = { reviewId: await answered(pool) }
    await expect(revealSuggestion(pat, other)).rejects.toMatchObject({ code: 'not_found' })
  }
  expect(await db.caseSight.count({ where: { userId: pat.userId } })).toBe(0)
})

it('shows nothing while the case is to be answered again', async () => {
  const reviewId = await answered('dev')
  await undoReview(pat, { id: newId(), reviewId })
  await expect(revealSuggestion(pat, { reviewId })).rejects.toMatchObject({ code: 'conflict' })
})

it('lets either the look or the undo happen first', async () => {
  const reviewId = await answered('dev')
  const both = await Promise.allSettled([
    revealSuggestion(pat, { reviewId }),
    undoReview(pat, { id: newId(), reviewId }),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})
