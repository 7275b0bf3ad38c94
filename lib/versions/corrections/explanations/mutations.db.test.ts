import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createReview } from '@/lib/platform/testing/reviews'
import { createSuggestion, releaseSetup } from '@/lib/platform/testing/suggestions'
import { createVersion } from '@/lib/platform/testing/versions'
import { startBedrock, type TestBedrock } from '@/lib/runs/testing/processes'
import { draftExplanationByModel } from './mutations'

// The local Bedrock over the wire, taken for a model: only then is anything asked.
vi.hoisted(() => {
  process.env.CLOSECALL_BEDROCK = 'aws'
})

let bedrock: TestBedrock
let project: TestProject
let engineer: Member
let versionId: string
let reviewId: string
let caseId: string

beforeAll(async () => {
  bedrock = await startBedrock()
})
afterAll(() => bedrock.close())
beforeEach(async () => {
  await bedrock.setFaults({})
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer', 'Eva')
  const { runId } = await releaseSetup(project)
  versionId = (await createVersion(project)).id
  await useModel('closecall.lexical-v1')
  const { Defect, Education } = project.categories
  caseId = await createCase(project)
  const suggestionId = await createSuggestion(runId, caseId, { labelId: Defect })
  reviewId = await createReview(await createMember(project, 'reviewer', 'Rob'), caseId, {
    ...{
      labelId: Education,
      thumb: 'down',
      suggestionId,
      note: 'In the docs, says ann@example.com.',
    },
  })
})

const useModel = (modelId: string) =>
  db.version.update({
    where: { id: versionId },
    data: { model: { modelId, maxTokens: 200, temperature: null } },
  })
const draft = (more = {}) =>
  draftExplanationByModel(engineer, reviewId, {
    ...{ versionId, kind: 'bad', text: 'How do I export [EMAIL_1]?' },
    ...more,
  })
const calls = () => db.asideCall.findMany({ where: { projectId: project.id } })

test('the model is asked once, for what is in the form, and the call is kept', async () => {
  const { explanation, model } = await draft()
  expect(explanation).not.toBe('')
  const [call, ...others] = await calls()
  expect(others).toEqual([])
  expect(call).toMatchObject({ purpose: 'explanation', versionId, caseId, status: 'ok' })
  expect(JSON.stringify(call?.request)).toContain('How do I export [EMAIL_1]?')
  expect(JSON.stringify(call?.request)).toContain('In the docs, says [EMAIL_2].')
  expect(model).toMatchObject({
    modelId: 'closecall.lexical-v1',
    inputTokens: call?.inputTokens,
    outputTokens: call?.outputTokens,
  })
  expect(await db.example.count({ where: { versionId } })).toBe(0)
})

test('an answer that is cut off is kept as a call and refused in words', async () => {
  await bedrock.setFaults({ cutOffRate: 1 })
  await expect(draft()).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringMatching(/cut off .* Your text was left as it is/),
  })
  expect(await calls()).toMatchObject([{ stopReason: 'max_tokens' }])
})

test('a model that is not there is said so', async () => {
  await useModel('no-such-model')
  await expect(draft()).rejects.toMatchObject({ code: 'unavailable' })
})

test('nobody is asked about a correction that was taken back, nor for a frozen version', async () => {
  await db.version.update({ where: { id: versionId }, data: { number: 9, frozenAt: new Date() } })
  await expect(draft()).rejects.toMatchObject({ code: 'invalid' })
  const { assignmentId } = await db.review.findUniqueOrThrow({ where: { id: reviewId } })
  const review = await db.review.findUniqueOrThrow({ where: { id: reviewId } })
  await db.review.create({
    data: {
      ...{ id: crypto.randomUUID(), projectId: project.id, assignmentId, caseId },
      ...{ purpose: 'ordinary', reviewerId: review.reviewerId, supersedesId: reviewId },
      ...{ undone: true, answeredAt: new Date() },
    },
  })
  await expect(draft()).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('taken back'),
  })
  expect(await calls()).toEqual([])
})
