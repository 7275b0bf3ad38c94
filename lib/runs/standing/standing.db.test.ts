import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findDevRuns } from '@/lib/accuracy/runs/data'
import { receiveCase } from '@/lib/cases/arriving/mutations'
import { readArriving } from '@/lib/cases/arriving/rules'
import { arrivingCase } from '@/lib/cases/arriving/schema'
import { changeRedaction } from '@/lib/cases/redaction/mutations'
import { recordSights } from '@/lib/cases/sights/mutations'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { setFinalLabel } from '@/lib/platform/testing/versions'
import { openMissingAssignments } from '@/lib/reviews/queue/jobs'
import { getPromptContent } from '@/lib/versions/data'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { changeGateRule } from '@/lib/versions/gate/mutations'
import { DEFAULT_RULE } from '@/lib/versions/gate/rules'
import { enqueueUnscoredTests, scoreTestRun } from '@/lib/versions/releases/jobs'
import { askForTestScore } from '@/lib/versions/releases/mutations'
import { countTested } from '@/lib/versions/releases/tests/data'
import { findDevRun } from '@/lib/versions/trials/runs/data'
import { listCallsOfCase } from '../calls/data'
import { listRuns } from '../data'
import { resumeQuietRuns, resumeRuns } from '../jobs'
import { findOwnRun } from '../own/data'
import { findOrMakeSetup } from '../pinning/mutations'
import { mayRun } from '../policy'
import { startTestRun } from '../test-runs/mutations'
import { createVersion } from '../testing/fixtures'
import { startBedrock, type TestBedrock } from '../testing/processes'
import { getLabelDesk, getReleased } from './data'
import { labelCase } from './mutations'
import { MOST_A_MINUTE } from './rules'

const TEXT = 'My invoice shows a charge twice, please credit it.'

let bedrock: TestBedrock
let project: TestProject
let engineer: Member
let versionId: string
let setupId: string

beforeAll(async () => {
  bedrock = await startBedrock()
})
afterAll(() => bedrock.close())
beforeEach(async () => {
  await bedrock.setFaults({})
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer', 'Eva')
  await poolAll('example')
  versionId = await createVersion(project, { number: 1 })
  setupId = await findOrMakeSetup(project.id, versionId)
  await db.release.create({ data: { id: newId(), projectId: project.id, setupId } })
})

/** Newcomers all come into this pool. */
const poolAll = (pool: 'example' | 'dev' | 'test') =>
  db.project.update({
    where: { id: project.id },
    data: {
      exampleShare: pool === 'example' ? 100 : 0,
      devShare: pool === 'dev' ? 100 : 0,
    },
  })

const given = (text = TEXT, more: object = {}) => ({ messages: [{ text }], ...more })

async function label(input: object = given(), member = engineer, patienceMs?: number) {
  const released = await getReleased(member)
  const arrived = await receiveCase(member, arrivingCase.parse(input))
  const record = (ids: readonly string[]) => recordSights(member, ids)
  return labelCase(member, released, arrived, record, patienceMs)
}

const answersOf = async () => (await bedrock.countOutcomes()).ok ?? 0

describe('one case', () => {
  test('is kept, pooled, answered and stored like any other', async () => {
    const said = await label(given(TEXT, { externalId: 'A-1', metadata: { plan: 'Pro' } }))
    expect(said).toMatchObject({
      ...{ externalId: 'A-1', isNew: true, isStored: false, status: 'parsed', isLocked: false },
      ...{ label: { key: 'billing', name: 'Billing' }, labelText: 'Billing' },
      ...{ versionNumber: 1, setupId, standIn: true, cost: 0, modelId: 'closecall.lexical-v1' },
    })
    expect(said.latencyMs).toBeGreaterThan(0)
    expect(TEXT).toContain(said.evidence)
    const kept = await db.case.findUniqueOrThrow({ where: { id: said.caseId } })
    expect(kept).toMatchObject({ pool: 'example', revision: 1, metadata: { plan: 'Pro' } })
    const run = await db.run.findUniqueOrThrow({ where: { id: said.runId } })
    expect(run).toMatchObject({ standing: true, status: 'done', items: 1, done: 1, calls: 1 })
    const [call] = await listCallsOfCase(engineer, said.caseId)
    expect(call).toMatchObject({ exact: true, suggestion: { label: 'Billing' } })
    const sight = { caseId: said.caseId, userId: engineer.userId }
    expect(await db.caseSight.count({ where: sight })).toBe(1)
  })

  test('asked again is answered from what is stored', async () => {
    const first = await label()
    const again = await label(given(TEXT, { externalId: 'other-id' }))
    expect(again).toMatchObject({ caseId: first.caseId, isNew: false, isStored: true })
    expect({ ...again, isStored: false, isNew: true }).toEqual(first)
    expect(await db.call.count({ where: { runId: first.runId } })).toBe(1)
  })

  test('with another text under its external id is a new revision, and the former waits for nobody', async () => {
    const first = await label(given(TEXT, { externalId: 'A-1' }))
    await openMissingAssignments(project.id)
    const second = await label(given('The export crashes with an error.', { externalId: 'A-1' }))
    expect(second).toMatchObject({ isNew: true, label: { name: 'Defect' }, runId: first.runId })
    const former = await db.case.findUniqueOrThrow({ where: { id: first.caseId } })
    expect(former.archivedAt).not.toBeNull()
    expect((await db.case.findUniqueOrThrow({ where: { id: second.caseId } })).revision).toBe(2)
    const open = await db.assignment.count({ where: { caseId: first.caseId, status: 'open' } })
    expect(open).toBe(0)
    // The text that came first is a revision again, with a case of its own.
    const third = await label(given(TEXT, { externalId: 'A-1' }))
    expect(third.isNew).toBe(true)
    expect((await db.case.findUniqueOrThrow({ where: { id: third.caseId } })).revision).toBe(3)
  })

  test('twenty at once make one case, one suggestion and one call', async () => {
    const before = await answersOf()
    const others = await Promise.all([1, 2, 3].map(() => createMember(project, 'prompt_engineer')))
    const people = [engineer, ...others]
    const said = await Promise.all(
      Array.from({ length: 20 }, (_, n) => label(given(), people[n % people.length])),
    )
    expect(new Set(said.map(({ caseId, runId }) => `${caseId} ${runId}`)).size).toBe(1)
    expect(said.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(await db.case.count({ where: { projectId: project.id } })).toBe(1)
    expect(await db.run.findMany({ where: { projectId: project.id } })).toMatchObject([
      { items: 1, done: 1, calls: 1, doubtful: 0 },
    ])
    expect(await db.suggestion.count({ where: { caseId: said[0]?.caseId } })).toBe(1)
    expect((await answersOf()) - before).toBe(1)
  })

  test('is shown to reviewers as what the set-up in force says', async () => {
    const said = await label()
    await openMissingAssignments(project.id)
    const waiting = await db.assignment.findMany({ where: { caseId: said.caseId } })
    const { id } = await db.suggestion.findFirstOrThrow({ where: { caseId: said.caseId } })
    expect(waiting).toMatchObject([{ status: 'open', mode: 'shown', suggestionId: id }])
  })

  test('in hand to be reviewed tells nothing', async () => {
    const { caseId } = await label()
    await openMissingAssignments(project.id)
    const other = await createMember(project, 'prompt_engineer')
    await db.assignment.updateMany({
      where: { caseId },
      data: { holderId: other.userId, leaseUntil: new Date(Date.now() + 60_000) },
    })
    await expect(label(given(), other)).rejects.toMatchObject({ code: 'conflict' })
    expect(await db.caseSight.count({ where: { caseId, userId: other.userId } })).toBe(0)
  })

  test('is asked with what is recognised of personal data replaced, and quoted whole', async () => {
    const text =
      'Write to ann@example.com: my invoice shows a charge twice at Brackwater, credit it.'
    const input = given(text, { metadata: { customer: 'Brackwater' } })
    await changeRedaction(engineer, { on: true, fields: ['customer'], authors: true })
    const said = await label(input)
    const [call] = await listCallsOfCase(engineer, said.caseId)
    expect(call?.request).toContain('[EMAIL_1]')
    expect(call?.request).not.toMatch(/ann@example|Brackwater/)
    expect(text).toContain(said.evidence)
    // Another setting sends something else, so it is another run; the former answer stays.
    await changeRedaction(engineer, { on: false, fields: [], authors: true })
    const open = await label(input)
    expect(open.runId).not.toBe(said.runId)
    const [second] = await listCallsOfCase(engineer, said.caseId)
    expect(second?.request).toContain('ann@example.com')
  })

  test('that is an example of the version, or nearly one, never counts', async () => {
    const caseId = await createCase(project, { text: TEXT })
    const draft = await createVersion(project)
    await db.example.create({
      data: {
        ...{ id: newId(), versionId: draft, caseId, kind: 'good', text: TEXT, position: 0 },
        ...{ labelId: project.categories.Billing, explanation: 'The invoice.', enabled: true },
      },
    })
    await db.version.update({ where: { id: draft }, data: { number: 2, frozenAt: new Date() } })
    await release(draft)
    const counts = async (id: string) =>
      (await db.suggestion.findFirstOrThrow({ where: { caseId: id } })).counts
    const near = await label(given(`${TEXT}!`))
    expect(near.caseId).not.toBe(caseId)
    expect(await counts(near.caseId)).toBe(false)
    expect(await counts((await label(given('The export crashes.'))).caseId)).toBe(true)
  })
})

async function release(id: string): Promise<string> {
  const setup = await findOrMakeSetup(project.id, id)
  await db.release.updateMany({ where: { projectId: project.id }, data: { endedAt: new Date() } })
  await db.release.create({ data: { id: newId(), projectId: project.id, setupId: setup } })
  return setup
}

describe('no answer', () => {
  test('while nothing is released nothing is kept', async () => {
    await db.release.updateMany({ where: { projectId: project.id }, data: { endedAt: new Date() } })
    await expect(label()).rejects.toMatchObject({
      ...{ code: 'conflict', message: expect.stringContaining('Release a version first') },
    })
    expect(await db.case.count({ where: { projectId: project.id } })).toBe(0)
  })

  test('of a model that hangs ends in time; the case is kept, counted as doubtful and asked again', async () => {
    await bedrock.setFaults({ latencyMs: 10_000 })
    await expect(label(given(), engineer, 2_000)).rejects.toMatchObject({
      ...{ code: 'unavailable', message: expect.stringContaining('The case is kept') },
    })
    const run = await db.run.findFirstOrThrow({ where: { projectId: project.id } })
    expect(run).toMatchObject({ status: 'done', done: 0, failed: 0, doubtful: 1 })
    await bedrock.setFaults({})
    expect(await label()).toMatchObject({ isNew: false, isStored: false, status: 'parsed' })
    const after = await db.run.findUniqueOrThrow({ where: { id: run.id } })
    expect(after).toMatchObject({ items: 1, done: 1, failed: 0, doubtful: 1 })
  })

  test('of a model that is not there says what is missing, and is stored as no answer', async () => {
    await release(await createVersion(project, { number: 2, modelId: 'no-such-model' }))
    await expect(label()).rejects.toMatchObject({
      ...{ code: 'unavailable', message: expect.stringMatching(/no-such-model.*The case is kept/) },
    })
    expect(await db.suggestion.count({ where: { case: { projectId: project.id } } })).toBe(0)
    expect(await db.call.count({ where: { run: { projectId: project.id } } })).toBe(1)
  })

  test('for whoever asks without end', async () => {
    await db.auditEvent.createMany({
      data: Array.from({ length: MOST_A_MINUTE }, () => ({
        ...{ id: newId(), projectId: project.id, actorId: engineer.userId },
        action: 'case.labelled',
      })),
    })
    await expect(label()).rejects.toMatchObject({ code: 'too_many' })
    const other = await createMember(project, 'prompt_engineer')
    expect(await label(given(), other)).toMatchObject({ isStored: false, status: 'parsed' })
    // What is stored costs nothing.
    expect(await label()).toMatchObject({ isStored: true })
  })

  test('for a case between two pools, which belongs to none', async () => {
    const text = 'This one bridges pools.'
    await db.case.create({
      data: {
        ...readArriving(arrivingCase.parse(given(text))),
        ...{ id: newId(), projectId: project.id, rank: 0.5, quarantinedAt: new Date() },
      },
    })
    await expect(label(given(text))).rejects.toMatchObject({
      ...{ code: 'conflict', message: expect.stringContaining('in quarantine') },
    })
  })
})

describe('what is made of answers that came one by one', () => {
  test('a test case is answered, and nothing is published, listed or begun for it', async () => {
    await poolAll('test')
    const said = await label()
    expect(said).toMatchObject({ isLocked: true, label: { name: 'Billing' } })
    await setFinalLabel(project, said.caseId, project.categories.Billing)
    await changeGateRule(engineer, { ...DEFAULT_RULE, minCases: 1, twoRuns: false })
    expect(await listCallsOfCase(engineer, said.caseId)).toEqual([])
    await scoreTestRun(said.runId, true)
    await enqueueUnscoredTests()
    await expect(askForTestScore(engineer, '1')).rejects.toMatchObject({ code: 'conflict' })
    expect(await db.testScore.count({ where: { projectId: project.id } })).toBe(0)
    expect(await countTested(project.id)).toBe(0)
    // The set-up's own test is still to be made.
    const { id } = await startTestRun(engineer, { setupId })
    expect(id).not.toBe(said.runId)
  })

  test('they speak for no version on dev, and are in no list of runs', async () => {
    await poolAll('dev')
    const said = await label()
    await setFinalLabel(project, said.caseId, project.categories.Billing)
    const hash = contentHash(await getPromptContent(project.id, versionId))
    expect((await findDevRuns(project.id)).size).toBe(0)
    expect(await findOwnRun(project.id, versionId, hash)).toBeNull()
    expect(await findDevRun(project.id, versionId)).toBeNull()
    expect(await listRuns(engineer)).toEqual([])
    expect(await getLabelDesk(engineer)).toMatchObject({
      released: { versionNumber: 1, standIn: true },
      standing: [{ versionNumber: 1, cases: 1, cost: 0, lastAt: expect.any(String) }],
    })
  })

  test('no worker takes their run for unfinished', async () => {
    const { runId } = await label()
    await resumeRuns()
    await resumeQuietRuns()
    await expect(
      db.run.update({ where: { id: runId }, data: { status: 'queued' } }),
    ).rejects.toThrow('Run_standing_is_done')
  })
})

test('only prompt engineers ask', () => {
  const roles = (['reviewer', 'prompt_engineer', 'manager'] as const).filter((role) =>
    mayRun({ role, isAdmin: false }),
  )
  expect(roles).toEqual(['prompt_engineer'])
})
