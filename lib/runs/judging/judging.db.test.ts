import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createFinishedRun, setFinalLabel } from '@/lib/platform/testing/versions'
import { promptContent } from '@/lib/versions/rendering/schema'
import { readSystem, rebuildRequest } from '../calls/rules'
import { pauseRun, resumeRun, stopRun } from '../control/mutations'
import { listRuns } from '../data'
import { labelRun } from '../labelling/jobs'
import { findOrMakeSetup } from '../pinning/mutations'
import { createVersion } from '../testing/fixtures'
import { startBedrock, startLabeller, type TestBedrock } from '../testing/processes'
import { listJudgedWrong } from './cases/data'
import { getSecondOpinion } from './data'
import { estimateJudging } from './estimates/data'
import { startJudging } from './mutations'

const MODEL = 'closecall.lexical-v1'

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
  engineer = await createMember(project, 'prompt_engineer')
  versionId = await createVersion(project)
  setupId = await findOrMakeSetup(project.id, versionId)
})

const judge = (runId: string) => labelRun(runId, new AbortController().signal, 4_000)

const TEXTS = [
  'My invoice shows a charge twice, please credit it',
  'The export crashes with an error since the update',
]

/** A finished run that says "Billing" of cases which are of Billing and Defect in turn. */
async function makeRun(count: number, pool: 'dev' | 'example' | 'test' = 'dev') {
  const caseIds: string[] = []
  for (let i = 0; i < count; i++) {
    const text = `${TEXTS[i % TEXTS.length]} (${i})`
    caseIds.push(await createCase(project, { pool, text, rank: i / count }))
  }
  const answers = Object.fromEntries(caseIds.map((id) => [id, project.categories.Billing]))
  const runId = await createFinishedRun(project, setupId, {
    ...{ pool, content: {}, contentHash: 'judged', answers },
  })
  await db.runItem.createMany({
    data: caseIds.map((caseId, position) => ({ runId, caseId, position, status: 'done' })),
  })
  return { runId, caseIds }
}

const start = (runId: string, more: { callLimit?: number; modelId?: string } = {}) =>
  startJudging(engineer, runId, { modelId: MODEL, versionId, ...more })

/** All that counts answers of people or the worth of a version. */
async function countAll() {
  const [reviews, finals, assignments, suggestions, tallies, deltas, sights] = await Promise.all([
    db.review.count(),
    db.finalLabel.count(),
    db.assignment.count(),
    db.suggestion.count(),
    db.tally.count(),
    db.tallyDelta.count(),
    db.caseSight.count(),
  ])
  return { reviews, finals, assignments, suggestions, tallies, deltas, sights }
}

test('a second model judges every suggestion once, and counts as nobody', async () => {
  const { runId, caseIds } = await makeRun(8)
  await db.assignment.create({
    data: {
      ...{ id: newId(), projectId: project.id, caseId: caseIds[0] ?? '', slot: 1, mode: 'shown' },
      ...{ frame: 'dev', rank: 0 },
    },
  })
  for (const caseId of caseIds) await setFinalLabel(project, caseId, project.categories.Billing)
  const before = await countAll()
  const { id } = await start(runId)
  await judge(id)
  const judgements = await db.judgement.findMany({ where: { runId: id } })
  expect(judgements).toHaveLength(8)
  expect(new Set(judgements.map(({ caseId }) => caseId)).size).toBe(8)
  expect(judgements.filter(({ verdict }) => verdict === 'right')).toHaveLength(4)
  const wrong = judgements.filter(({ verdict }) => verdict === 'wrong')
  expect(wrong).toHaveLength(4)
  for (const one of wrong) {
    expect(one.labelId).toBe(project.categories.Defect)
    expect(one.reason).not.toBe('')
    expect(one.callId).not.toBeNull()
  }
  expect(await countAll()).toEqual(before)
  expect(await db.run.findUnique({ where: { id } })).toMatchObject({
    ...{ purpose: 'judge', status: 'done', items: 8, done: 8, calls: 8, standIn: true },
  })
  expect((await listRuns(engineer)).map((run) => run.id)).toEqual([runId])
  expect(await db.assignment.findFirst()).toMatchObject({ suggestionId: null })
})

test('it sees the categories, the case and the suggestion, and no example', async () => {
  const { runId } = await makeRun(1)
  const { id } = await start(runId)
  await judge(id)
  const call = await db.call.findFirstOrThrow({ where: { runId: id } })
  const asked = JSON.stringify(call.request)
  expect(asked).toContain('<suggestion>')
  expect(asked).toContain('<classification>Billing</classification>')
  expect(asked).toContain('My invoice shows a charge twice')
  const run = await db.run.findUniqueOrThrow({ where: { id } })
  const { request, exact } = rebuildRequest(promptContent.parse(run.content), call)
  expect(exact).toBe(true)
  expect(readSystem(request)).toContain('You check the work of another model')
  expect(run.content).toMatchObject({ examples: [], persona: '', packSize: 1 })
})

test('its figures stand against people’s labels, and unlabelled cases are in none of them', async () => {
  const { Billing, Defect } = project.categories
  const { runId, caseIds } = await makeRun(6)
  const [right = '', wrong = '', , calledWrong = ''] = caseIds
  await setFinalLabel(project, right, Billing)
  await setFinalLabel(project, wrong, Defect)
  // People say that the suggestion is right after all, the judge that it is wrong.
  await setFinalLabel(project, calledWrong, Billing)
  await judge((await start(runId)).id)
  const { judgeable, judges } = await getSecondOpinion(engineer, runId)
  expect(judgeable).toBe(6)
  expect(judges).toHaveLength(1)
  expect(judges[0]).toMatchObject({
    ...{ modelId: MODEL, status: 'done', counts: { right: 3, wrong: 3, unsure: 0, none: 0 } },
    people: {
      n: 3,
      table: { rightCalledRight: 1, rightCalledWrong: 1, wrongCalledRight: 0, wrongCalledWrong: 1 },
      wrongFound: { right: 1, n: 1 },
      rightCalledWrong: { right: 1, n: 2 },
    },
  })
})

test('whoever may still be asked is only told how many there are', async () => {
  const { runId, caseIds } = await makeRun(6)
  const [, labelled = ''] = caseIds
  await setFinalLabel(project, labelled, project.categories.Defect)
  const { id } = await start(runId)
  await judge(id)
  const list = (member: Member) => listJudgedWrong(member, { run: runId, judge: id }, {})
  const page = await list(engineer)
  expect(page).toMatchObject({ hidden: 2, next: null })
  expect(page.cases).toHaveLength(1)
  expect(page.cases[0]).toMatchObject({
    ...{ caseId: labelled, suggested: 'Billing', better: 'Defect', label: 'Defect' },
  })
  await db.assignment.create({
    data: {
      ...{ id: newId(), projectId: project.id, caseId: labelled, slot: 1, mode: 'blind' },
      ...{ frame: 'dev', rank: 0, holderId: engineer.userId, leaseUntil: new Date() },
    },
  })
  expect(await list(engineer)).toMatchObject({ cases: [], hidden: 3 })
  const stranger = await createMember(await createProject(), 'prompt_engineer')
  await expect(list(stranger)).rejects.toMatchObject({ code: 'not_found' })
})

test('a worker that is killed leaves the rest to another, and no case is judged twice', async () => {
  const { runId } = await makeRun(60)
  await bedrock.setFaults({ latencyMs: { min: 20, max: 60 } })
  const { id } = await start(runId)
  const worker = startLabeller(id, 4_000)
  await expect
    .poll(() => db.judgement.count({ where: { runId: id } }), { timeout: 20_000, interval: 20 })
    .toBeGreaterThan(0)
  await worker.kill()
  await judge(id)
  const judgements = await db.judgement.findMany({ where: { runId: id } })
  expect(judgements).toHaveLength(60)
  expect(new Set(judgements.map(({ caseId }) => caseId)).size).toBe(60)
})

test('what can’t be read is counted as no verdict', async () => {
  const { runId } = await makeRun(4)
  await bedrock.setFaults({ malformedRate: 1, malformedKinds: ['empty'] })
  // A model without a schema may break the form.
  const { id } = await start(runId, { modelId: 'closecall.lexical-small-v1' })
  await judge(id)
  const { judges } = await getSecondOpinion(engineer, runId)
  expect(judges[0]).toMatchObject({ counts: { right: 0, wrong: 0, unsure: 0, none: 4 } })
  const statuses = await db.judgement.groupBy({ by: ['status'], where: { runId: id } })
  expect(statuses.map(({ status }) => status)).toEqual(['missing'])
})

test('a judgement whose form is broken gets one call that mends it', async () => {
  const { runId } = await makeRun(24)
  await bedrock.setFaults({ malformedRate: 0.5, malformedKinds: ['prose'] })
  const { id } = await start(runId, { modelId: 'closecall.lexical-small-v1' })
  await judge(id)
  const mends = await db.call.findMany({
    where: { runId: id, kind: 'mend' },
    include: { cases: true },
  })
  const mended = await db.judgement.count({ where: { runId: id, status: 'repaired' } })
  expect(mended).toBeGreaterThan(0)
  expect(mends.filter(({ cases }) => cases[0]?.reading === 'repaired')).toHaveLength(mended)
  // One for each that could not be read, and no second one.
  const unread = await db.judgement.count({ where: { runId: id, status: 'missing' } })
  expect(mends).toHaveLength(mended + unread)
  expect(new Set(mends.map(({ cases }) => cases[0]?.caseId)).size).toBe(mends.length)
  const run = await db.run.findUniqueOrThrow({ where: { id } })
  expect(run).toMatchObject({ status: 'done', done: 24, calls: 24 + mends.length })
  // What was mended says what was said: the judge, unspoiled, says the same.
  await bedrock.setFaults({})
  const again = await start(runId, { modelId: 'closecall.lexical-small-v1' })
  await judge(again.id)
  const verdicts = async (judgeId: string, status: 'repaired' | 'parsed') =>
    new Map(
      (await db.judgement.findMany({ where: { runId: judgeId, status } })).map((one) => [
        one.caseId,
        one.verdict,
      ]),
    )
  const whole = await verdicts(again.id, 'parsed')
  for (const [caseId, verdict] of await verdicts(id, 'repaired')) {
    expect(whole.get(caseId)).toBe(verdict)
  }
})

test('it pauses at its limit, goes on with a higher one, and can be paused and stopped', async () => {
  const { runId } = await makeRun(6)
  const { id } = await start(runId, { callLimit: 2 })
  await judge(id)
  expect(await db.run.findUnique({ where: { id } })).toMatchObject({ status: 'paused', calls: 2 })
  await resumeRun(engineer, id, { callLimit: null })
  await judge(id)
  expect(await db.run.findUnique({ where: { id } })).toMatchObject({ status: 'done', calls: 6 })
  const { id: other } = await start(runId)
  await pauseRun(engineer, other)
  expect(await db.run.findUnique({ where: { id: other } })).toMatchObject({ status: 'paused' })
  await expect(start(runId)).rejects.toMatchObject({ code: 'conflict' })
  await stopRun(engineer, other)
  await judge(other)
  expect(await db.run.findUnique({ where: { id: other } })).toMatchObject({ status: 'stopped' })
})

describe('what can’t be judged', () => {
  test('the test pool, in code and in the database', async () => {
    const { runId } = await makeRun(2, 'test')
    await expect(start(runId)).rejects.toMatchObject({ code: 'forbidden' })
    const choice = { modelId: MODEL, versionId }
    await expect(estimateJudging(engineer, runId, choice)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(getSecondOpinion(engineer, runId)).rejects.toMatchObject({ code: 'forbidden' })
    const forged = db.run.create({
      data: {
        ...{ id: newId(), projectId: project.id, setupId, pool: 'test', purpose: 'judge' },
        ...{ judgedRunId: runId, content: {}, contentHash: '', modelId: MODEL, standIn: true },
      },
    })
    await expect(forged).rejects.toThrow('Run_judges_open_pools')
  })

  test('a run at work, a judge, and what has no valid label', async () => {
    const { runId } = await makeRun(2)
    await db.run.update({ where: { id: runId }, data: { status: 'running' } })
    await expect(start(runId)).rejects.toMatchObject({ code: 'conflict' })
    await db.run.update({ where: { id: runId }, data: { status: 'done' } })
    const { id } = await start(runId)
    await expect(start(id)).rejects.toMatchObject({ code: 'not_found' })
    const empty = await createFinishedRun(project, setupId, {
      ...{ pool: 'dev', content: {}, contentHash: '' },
      answers: { [await createCase(project, { pool: 'dev' })]: null },
    })
    await expect(start(empty)).rejects.toMatchObject({ code: 'invalid' })
  })

  test('a model that the stand-in does not have', async () => {
    const { runId } = await makeRun(2)
    const choice = { modelId: 'nonsense', versionId }
    expect(await estimateJudging(engineer, runId, choice)).toMatchObject({
      ...{ cost: null, obstacle: expect.stringContaining('“nonsense” is no model') },
    })
    await expect(start(runId, choice)).rejects.toThrow('“nonsense” is no model')
  })

  test('a judgement is of a suggestion of the judged run, stays as it was said, and suggests nothing', async () => {
    const { runId } = await makeRun(2)
    const { runId: elsewhere, caseIds } = await makeRun(2)
    const { id } = await start(runId)
    const [caseId = ''] = caseIds
    const { id: suggestionId } = await db.suggestion.findFirstOrThrow({
      where: { runId: elsewhere, caseId },
    })
    const row = { id: newId(), runId: id, caseId, suggestionId, status: 'parsed' } as const
    await expect(db.judgement.create({ data: row })).rejects.toThrow('of the judged run')
    await expect(
      db.suggestion.create({ data: { id: newId(), runId: id, caseId, status: 'parsed' } }),
    ).rejects.toThrow('makes no suggestions')
    await judge(id)
    const first = await db.judgement.findFirstOrThrow({ where: { runId: id } })
    await expect(
      db.judgement.update({ where: { id: first.id }, data: { verdict: 'unsure' } }),
    ).rejects.toThrow('append-only')
    await expect(db.judgement.create({ data: { ...first, id: newId() } })).rejects.toMatchObject({
      code: 'P2002',
    })
  })
})

test('the estimate counts a call for each suggestion with a label', async () => {
  const { runId } = await makeRun(5)
  const estimate = await estimateJudging(engineer, runId, { modelId: MODEL, versionId })
  expect(estimate).toMatchObject({ cases: 5, cost: 0, standIn: true, obstacle: null })
  expect(estimate.inputTokens).toBeGreaterThan(500)
  const { id } = await start(runId)
  await judge(id)
  const run = await db.run.findUniqueOrThrow({ where: { id } })
  expect(Math.abs(Number(run.inputTokens) - estimate.inputTokens)).toBeLessThan(
    Number(run.inputTokens) / 2,
  )
})
