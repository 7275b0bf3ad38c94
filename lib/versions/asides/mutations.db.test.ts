import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import type { ModelRequest } from '@/lib/runs/calls/rules'
import { startBedrock, type TestBedrock } from '@/lib/runs/testing/processes'
import { askAside } from './mutations'
import { MOST_CALLS_A_MINUTE } from './rules'

let bedrock: TestBedrock
let project: TestProject
let engineer: Member

beforeAll(async () => {
  bedrock = await startBedrock()
})
afterAll(() => bedrock.close())
beforeEach(async () => {
  await bedrock.setFaults({})
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer', 'Eva')
})

const request = (modelId = 'closecall.lexical-v1'): ModelRequest => ({
  modelId,
  system: [{ text: '<categories><category><name>Billing</name></category></categories>' }],
  messages: [{ role: 'user', content: [{ text: '<case>My invoice is wrong.</case>' }] }],
  inferenceConfig: { maxTokens: 200 },
})
const aside = (asked: ModelRequest) =>
  ({ purpose: 'playground', versionId: null, caseId: null, request: asked }) as const

test('an answer is given and kept with its whole request', async () => {
  const answer = await askAside(engineer, aside(request()))
  expect(answer.text).toContain('Billing')
  expect(answer).toMatchObject({ standIn: true, stopReason: 'end_turn', cost: 0 })
  expect(answer.inputTokens).toBeGreaterThan(0)
  const stored = await db.asideCall.findUniqueOrThrow({ where: { id: answer.callId } })
  expect(stored).toMatchObject({
    projectId: project.id,
    askedById: engineer.userId,
    purpose: 'playground',
    status: 'ok',
    request: request(),
    rawAnswer: answer.text,
  })
  await expect(db.asideCall.delete({ where: { id: stored.id } })).rejects.toThrow('append-only')
})

test('a failure says what to do and is kept too', async () => {
  await expect(askAside(engineer, aside(request('no-such-model')))).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('There is no model no-such-model here'),
  })
  const stored = await db.asideCall.findFirstOrThrow({ where: { projectId: project.id } })
  expect(stored).toMatchObject({ status: 'failed', errorName: 'ResourceNotFoundException' })
})

test('nobody floods the model, whatever it is asked for', async () => {
  const call = {
    ...{ projectId: project.id, askedById: engineer.userId, purpose: 'rule' as const },
    ...{ status: 'ok' as const, request: {}, requestHash: '', modelId: 'm', standIn: true },
  }
  await db.asideCall.createMany({
    data: Array.from({ length: MOST_CALLS_A_MINUTE }, () => ({ ...call, id: newId() })),
  })
  await expect(
    askAside(engineer, { ...aside(request()), purpose: 'explanation' }),
  ).rejects.toMatchObject({ code: 'too_many' })
  const other = await createMember(project, 'prompt_engineer')
  expect((await askAside(other, aside(request()))).text).toContain('Billing')
})

test('an answer that is cut off is an answer', async () => {
  await bedrock.setFaults({ cutOffRate: 1 })
  expect((await askAside(engineer, aside(request()))).stopReason).toBe('max_tokens')
})
