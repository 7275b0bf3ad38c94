import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { createFinishedRun, setFinalLabel } from '@/lib/platform/testing/versions'
import { getPromptContent } from '@/lib/versions/data'
import { createDraft, saveDraft } from '@/lib/versions/drafts/mutations'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { promptContent } from '@/lib/versions/rendering/schema'
import { listRuns } from '../data'
import { labelRun } from '../labelling/jobs'
import { createCases, createExample, createVersion } from '../testing/fixtures'
import { startBedrock, startStudyWorker, type TestBedrock } from '../testing/processes'
import { listEffectCases } from './cases/data'
import { continueEffects } from './continuing/mutations'
import { getEffects } from './data'
import { estimateEffects } from './estimates/data'
import { goThroughStudy, resumeQuietEffects } from './jobs'
import { startEffects, stopEffects } from './mutations'

let bedrock: TestBedrock
let project: TestProject
let engineer: Member
let versionId: string
let examples: string[]

beforeAll(async () => {
  bedrock = await startBedrock()
})
afterAll(() => bedrock.close())
beforeEach(async () => {
  await bedrock.setFaults({})
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer', 'Eva')
  versionId = await createVersion(project)
  const sources = await createCases(project, 'example', 3)
  examples = []
  for (const [position, caseId] of sources.entries()) {
    const id = await createExample(project, versionId, caseId)
    const labelId = Object.values(project.categories)[position]
    await db.example.update({ where: { id }, data: { position, labelId } })
    examples.push(id)
  }
})

const LEASE_MS = 4_000
const go = (studyId: string) => goThroughStudy(studyId, new AbortController().signal, LEASE_MS)

/** Dev cases, all but the last with a final label. */
async function createLabelledCases(count: number): Promise<string[]> {
  const ids = await createCases(project, 'dev', count)
  for (const id of ids.slice(0, -1)) await setFinalLabel(project, id, project.categories.Billing)
  return ids
}

/** The version's own run, as if it had been tried on dev. */
async function tryOnDev(
  answers: Record<string, string | null>,
  similarExamples = 0,
): Promise<string> {
  const content = await getPromptContent(project.id, versionId)
  const { id: setupId } = await db.setup.upsert({
    where: {
      identity: { versionId, packSize: 1, similarExamples, mode: 'on_demand', variant: '' },
    },
    create: { id: crypto.randomUUID(), projectId: project.id, versionId, similarExamples },
    update: {},
  })
  const runId = await createFinishedRun(project, setupId, {
    ...{ pool: 'dev', content, contentHash: contentHash(content), answers },
  })
  await db.run.update({ where: { id: runId }, data: { modelId: 'closecall.lexical-v1' } })
  await db.runItem.createMany({
    data: Object.keys(answers).map((caseId, position) => ({
      ...{ runId, caseId, position, status: 'done' as const },
    })),
  })
  return runId
}

/** Ids of the cases of one side, page by page. */
async function listAll(part: string, side: 'fixes' | 'breaks'): Promise<string[][]> {
  const pages: string[][] = []
  for (let after: string | undefined; ; ) {
    const page = await listEffectCases(engineer, { version: versionId, part }, { side, after })
    pages.push(page.cases.map(({ caseId }) => caseId))
    if (page.next === null) return pages
    after = page.next
  }
}

test('each example is left out once, over the labelled cases of the version’s own run', async () => {
  const cases = await createLabelledCases(6)
  const { Billing, Defect } = project.categories
  // Right on the first three, wrong on the others.
  const base = await tryOnDev(
    Object.fromEntries(cases.map((id, at) => [id, at < 3 ? Billing : Defect])),
  )
  const { id } = await startEffects(engineer, versionId, { unit: 'example', limit: null })
  await go(id)
  const { study } = await getEffects(engineer, versionId)
  expect(study).toMatchObject({
    ...{ id, status: 'done', current: true, standIn: true, cases: 5, done: 15, items: 15 },
    ...{ failed: 0, waitsFor: null, whole: { right: 3, n: 5 } },
  })
  expect(study?.parts.map((part) => part.examples.map((one) => one.id))).toEqual(
    examples.map((one) => [one]),
  )
  for (const part of study?.parts ?? []) {
    expect(part.result?.n).toBe(5)
    expect(part.tokens).toBeGreaterThan(10)
    // What the run without it really said, counted by hand.
    const { runId } = await db.leftOut.findUniqueOrThrow({ where: { id: part.id } })
    const said = await db.suggestion.findMany({ where: { runId: runId ?? '' } })
    const right = (caseId: string) => said.find((one) => one.caseId === caseId)?.labelId === Billing
    const [own, others] = [cases.slice(0, 3), cases.slice(3, 5)]
    expect(part.result).toMatchObject({
      fixes: own.filter((caseId) => !right(caseId)).length,
      breaks: others.filter((caseId) => right(caseId)).length,
    })
    expect(await listAll(part.id, 'fixes')).toEqual([own.filter((one) => !right(one))])
    expect(await listAll(part.id, 'breaks')).toEqual([others.filter(right)])
  }
  const runs = await db.run.findMany({ where: { leftOut: { studyId: id } } })
  for (const run of runs) {
    expect(run).toMatchObject({ purpose: 'leave_out', status: 'done', pool: 'dev' })
    const pinned = promptContent.parse(run.content)
    expect(pinned.examples.filter(({ enabled }) => enabled)).toHaveLength(2)
  }
  expect((await listRuns(engineer)).map((run) => run.id)).toEqual([base])
})

test('all of many cases that an example decides are listed, page by page', async () => {
  const cases = await createLabelledCases(56)
  const { Billing, Defect } = project.categories
  const baseRunId = await tryOnDev(Object.fromEntries(cases.map((id) => [id, Billing])))
  const { setupId } = await db.run.findUniqueOrThrow({ where: { id: baseRunId } })
  const runId = await createFinishedRun(project, setupId, {
    ...{ pool: 'dev', purpose: 'leave_out', content: {}, contentHash: 'without' },
    answers: Object.fromEntries(cases.map((id) => [id, Defect])),
  })
  const part = crypto.randomUUID()
  await db.effectStudy.create({
    data: {
      ...{ id: crypto.randomUUID(), projectId: project.id, versionId, baseRunId },
      ...{ unit: 'example', status: 'done' },
      parts: { create: { id: part, position: 0, exampleIds: examples.slice(0, 1), runId } },
    },
  })
  const pages = await listAll(part, 'fixes')
  expect(pages.map((page) => page.length)).toEqual([10, 10, 10, 10, 10, 5])
  expect(pages.flat()).toEqual(cases.slice(0, -1))
  expect(await listAll(part, 'breaks')).toEqual([[]])
  // A label that is revised counts at once, though nothing of the runs has changed.
  const effect = async () => (await getEffects(engineer, versionId)).study?.parts[0]?.result
  expect(await effect()).toMatchObject({ n: 55, fixes: 55, breaks: 0 })
  await setFinalLabel(project, cases[0] ?? '', Defect)
  expect(await effect()).toMatchObject({ n: 55, fixes: 54, breaks: 1 })
  await setFinalLabel(project, cases[1] ?? '', project.categories.Education)
  expect(await effect()).toMatchObject({ n: 55, fixes: 53, breaks: 1 })
  expect(await listAll(part, 'breaks')).toEqual([cases.slice(0, 1)])
})

test('the similar examples are those of the run it is compared with, whatever was labelled since', async () => {
  await db.version.update({ where: { id: versionId }, data: { similarExamples: 2 } })
  const cases = await createLabelledCases(3)
  const { Billing, Defect } = project.categories
  const [early = '', late = ''] = await createCases(project, 'example', 2)
  await setFinalLabel(project, early, Billing)
  const base = await tryOnDev(Object.fromEntries(cases.map((id) => [id, Billing])), 2)
  const { createdAt } = await db.run.findUniqueOrThrow({ where: { id: base } })
  const minute = 60_000
  await setFinalLabel(project, late, Defect)
  await db.finalLabel.update({
    where: { caseId: early },
    data: { at: new Date(createdAt.getTime() - minute) },
  })
  await db.finalLabel.update({
    where: { caseId: late },
    data: { at: new Date(createdAt.getTime() + 1) },
  })
  const { id } = await startEffects(engineer, versionId, { unit: 'example', limit: null })
  await go(id)
  const calls = await db.call.findMany({ where: { run: { leftOut: { studyId: id } } } })
  expect(calls).toHaveLength(6)
  for (const { similarIds } of calls) expect(similarIds).toEqual([early])
  // That run was not kept with what stood beside its cases: said, as labels may have been revised since.
  expect((await getEffects(engineer, versionId)).study?.similarMayDiffer).toBe(true)
})

test('a label that is revised, or the example left out, brings no other similar examples', async () => {
  await db.version.update({ where: { id: versionId }, data: { similarExamples: 2 } })
  await createLabelledCases(3)
  const { Billing, Defect } = project.categories
  const own = await db.example.findMany({ where: { versionId }, select: { caseId: true } })
  const [revised = '', other = ''] = await createCases(project, 'example', 2)
  for (const caseId of [revised, other, ...own.map((one) => one.caseId)]) {
    await setFinalLabel(project, caseId, Billing)
  }
  const { id } = await startEffects(engineer, versionId, { unit: 'example', limit: null })
  const { baseRunId } = await db.effectStudy.findUniqueOrThrow({ where: { id } })
  await labelRun(baseRunId, new AbortController().signal)
  await setFinalLabel(project, revised, Defect)
  await db.finalLabel.update({ where: { caseId: revised }, data: { at: new Date() } })
  await go(id)
  const shown = async (runId: string | { not: string }) => {
    const calls = await db.call.findMany({ where: { runId, run: { projectId: project.id } } })
    expect(calls.length).toBeGreaterThan(0)
    for (const { similarIds } of calls) {
      expect([...similarIds].sort()).toEqual([revised, other].sort())
    }
    // Both said Billing, and none of them says what the label was revised to.
    return calls.map(({ request }) => (JSON.stringify(request).match(/Defect/g) ?? []).length)
  }
  expect(new Set(await shown(baseRunId))).toEqual(new Set([0]))
  expect(new Set(await shown({ not: baseRunId }))).toEqual(new Set([0]))
  expect((await getEffects(engineer, versionId)).study?.similarMayDiffer).toBe(false)
})

test('without a run of its own the version is run first, and the study waits for it', async () => {
  await createLabelledCases(5)
  const estimate = await estimateEffects(engineer, versionId, { unit: 'example', limit: 3 })
  expect(estimate).toMatchObject({
    ...{ parts: 3, cases: 3, baseCases: 5, calls: 14, cost: 0, standIn: true, obstacle: null },
  })
  expect(estimate.inputTokens).toBeGreaterThan(14 * 100)
  const { id } = await startEffects(engineer, versionId, { unit: 'example', limit: 3 })
  const going = go(id)
  await expect
    .poll(async () => (await getEffects(engineer, versionId)).study)
    .toMatchObject({ status: 'running', waitsFor: { done: 0, items: 5 }, done: 0, items: 9 })
  const { baseRunId } = await db.effectStudy.findUniqueOrThrow({ where: { id } })
  await labelRun(baseRunId, new AbortController().signal)
  await going
  const { study } = await getEffects(engineer, versionId)
  expect(study).toMatchObject({ status: 'done', waitsFor: null, cases: 3, done: 9 })
  const again = await estimateEffects(engineer, versionId, { unit: 'category', limit: null })
  expect(again).toMatchObject({ parts: 3, cases: 4, baseCases: 0, calls: 12 })
})

test('a killed worker’s study is gone on with: nothing twice, nothing left out', async () => {
  const cases = await createLabelledCases(25)
  await tryOnDev(Object.fromEntries(cases.map((id) => [id, project.categories.Billing])))
  const { id } = await startEffects(engineer, versionId, { unit: 'example', limit: null })
  await bedrock.setFaults({ latencyMs: { min: 60, max: 90 } })
  const worker = startStudyWorker(id, 1_000)
  const answered = () => db.suggestion.count({ where: { run: { leftOut: { studyId: id } } } })
  // In the middle of the second example.
  await expect.poll(answered, { timeout: 30_000, interval: 20 }).toBeGreaterThan(30)
  await worker.kill()
  expect((await getEffects(engineer, versionId)).study?.status).toBe('running')
  await bedrock.setFaults({})
  await go(id)
  const { study } = await getEffects(engineer, versionId)
  expect(study).toMatchObject({ status: 'done', done: 72, items: 72, failed: 0 })
  expect(await answered()).toBe(72)
  expect(await db.run.count({ where: { leftOut: { studyId: id } } })).toBe(3)
}, 60_000)

test('a stop ends it between calls, keeps what was measured, and lets another begin', async () => {
  const cases = await createLabelledCases(21)
  await tryOnDev(Object.fromEntries(cases.map((id) => [id, project.categories.Billing])))
  const begin = { unit: 'example', limit: null } as const
  const { id } = await startEffects(engineer, versionId, begin)
  await expect(startEffects(engineer, versionId, begin)).rejects.toMatchObject({ code: 'conflict' })
  await bedrock.setFaults({ latencyMs: { min: 30, max: 50 } })
  const going = go(id)
  const measured = async () =>
    (await getEffects(engineer, versionId)).study?.parts.filter(({ result }) => result).length
  await expect.poll(measured, { timeout: 20_000, interval: 20 }).toBe(1)
  await stopEffects(engineer, id)
  await going
  const { study } = await getEffects(engineer, versionId)
  expect(study).toMatchObject({ status: 'stopped', message: 'Stopped by Eva.' })
  expect(study?.parts.at(-1)?.result).toBeNull()
  expect(await measured()).toBeGreaterThanOrEqual(1)
  const unended = { in: ['queued', 'running', 'stopping'] as const satisfies string[] }
  expect(
    await db.run.count({
      where: { leftOut: { studyId: id }, status: { in: [...unended.in] } },
    }),
  ).toBe(0)
  const answers = () => db.suggestion.count({ where: { run: { leftOut: { studyId: id } } } })
  const [kept, asked] = [await measured(), await answers()]
  expect(study?.toGoOn).toEqual({ kept, calls: 60 - asked, cost: 0 })
  const [first] = await db.leftOut.findMany({
    where: { studyId: id },
    orderBy: { position: 'asc' },
  })
  await bedrock.setFaults({})
  await continueEffects(engineer, id)
  await expect(continueEffects(engineer, id)).rejects.toMatchObject({ code: 'conflict' })
  await go(id)
  const after = (await getEffects(engineer, versionId)).study
  expect(after).toMatchObject({ id, status: 'done', message: null, done: 60, failed: 0 })
  expect(after?.toGoOn).toBeNull()
  // Nothing was asked twice: what had been answered is what it was.
  expect(await answers()).toBe(60)
  expect(await db.call.count({ where: { run: { leftOut: { studyId: id } } } })).toBe(60)
  expect(await db.leftOut.findFirst({ where: { studyId: id, position: 0 } })).toEqual(first)
  await startEffects(engineer, versionId, begin)
  await expect(continueEffects(engineer, id)).rejects.toThrow('nothing is left')
})

test('a part in which answers failed begins anew when its study goes on, over the same cases', async () => {
  const cases = await createLabelledCases(13)
  await tryOnDev(Object.fromEntries(cases.map((id) => [id, project.categories.Billing])))
  const { id } = await startEffects(engineer, versionId, { unit: 'example', limit: null })
  const former = await db.leftOut.findFirstOrThrow({ where: { studyId: id, position: 0 } })
  await db.run.update({ where: { id: former.runId ?? '' }, data: { failed: 1, status: 'failed' } })
  await db.effectStudy.update({ where: { id }, data: { status: 'failed', message: 'It failed.' } })
  // A label that comes later changes none of its cases.
  await setFinalLabel(project, cases.at(-1) ?? '', project.categories.Billing)
  await continueEffects(engineer, id)
  await go(id)
  const { study } = await getEffects(engineer, versionId)
  expect(study).toMatchObject({ status: 'done', cases: 12, done: 36, items: 36, failed: 0 })
  const now = await db.leftOut.findFirstOrThrow({ where: { studyId: id, position: 0 } })
  expect(now.runId).not.toBe(former.runId)
})

test('a study leaves a base that is paused or in batch jobs, and goes on when it is done', async () => {
  await createLabelledCases(4)
  const begin = { unit: 'example', limit: null } as const
  const { id } = await startEffects(engineer, versionId, begin)
  const { baseRunId } = await db.effectStudy.findUniqueOrThrow({ where: { id } })
  const base = { where: { id: baseRunId } }
  await db.run.update({ ...base, data: { batchStage: 'jobs' } })
  await go(id)
  await db.run.update({ ...base, data: { batchStage: null, status: 'paused' } })
  await go(id)
  expect((await getEffects(engineer, versionId)).study?.status).toBe('running')
  await stopEffects(engineer, id)
  await go(id)
  // Another one does not wait for a run that may stay paused.
  expect((await estimateEffects(engineer, versionId, begin)).baseCases).toBe(4)
  const other = await startEffects(engineer, versionId, begin)
  const found = await db.effectStudy.findUniqueOrThrow({ where: { id: other.id } })
  expect(found.baseRunId).not.toBe(baseRunId)
  await labelRun(found.baseRunId, new AbortController().signal)
  await go(other.id)
  expect((await getEffects(engineer, versionId)).study?.status).toBe('done')
})

test('one that was stopped before it began, or whose first run failed, ends with a sentence', async () => {
  await createLabelledCases(4)
  const begin = { unit: 'example', limit: null } as const
  const stopped = await startEffects(engineer, versionId, begin)
  await stopEffects(engineer, stopped.id)
  await go(stopped.id)
  const before = (await getEffects(engineer, versionId)).study
  // Its base has not begun: with it the study can go on.
  expect(before).toMatchObject({ status: 'stopped', toGoOn: { kept: 0, calls: 9, cost: null } })
  const { id } = await startEffects(engineer, versionId, begin)
  const { baseRunId } = await db.effectStudy.findUniqueOrThrow({ where: { id } })
  await bedrock.setFaults({ errorRate: { AccessDeniedException: 1 } })
  await labelRun(baseRunId, new AbortController().signal)
  await go(id)
  const { study } = await getEffects(engineer, versionId)
  expect(study?.status).toBe('failed')
  expect(study?.message).toMatch(/with all examples.*did not get done/)
  expect(study?.message).not.toContain('new run')
  expect(study?.toGoOn).toBeNull()
  await expect(continueEffects(engineer, id)).rejects.toThrow('did not get done')
  await expect(continueEffects(engineer, stopped.id)).rejects.toMatchObject({ code: 'conflict' })
})

test('a draft that changed since says so, and its results stay', async () => {
  const cases = await createLabelledCases(3)
  await tryOnDev(Object.fromEntries(cases.map((id) => [id, project.categories.Billing])))
  const { id } = await startEffects(engineer, versionId, { unit: 'category', limit: null })
  await saveDraft(engineer, versionId, { edit: 0, rules: 'Other rules.' })
  await go(id)
  const { study } = await getEffects(engineer, versionId)
  expect(study).toMatchObject({ status: 'done', current: false, toGoOn: null })
  const run = await db.run.findFirstOrThrow({ where: { leftOut: { studyId: id } } })
  expect(promptContent.parse(run.content).rules).toBe('Categories are tried in order.')
})

test('the smaller draft has the chosen examples switched off, and its parent keeps them', async () => {
  const [first = '', second = ''] = examples
  const { id } = await createDraft(engineer, { parentId: versionId, switchOff: [first, second] })
  const enabled = async (of: string) =>
    (await getPromptContent(project.id, of)).examples.map((one) => one.enabled)
  expect(await enabled(id)).toEqual([false, false, true])
  expect(await enabled(versionId)).toEqual([true, true, true])
})

test('without examples, or without a labelled case, it is refused with what to do', async () => {
  await createCases(project, 'dev', 2)
  const begin = { unit: 'example', limit: null } as const
  await expect(startEffects(engineer, versionId, begin)).rejects.toThrow('Review cases of dev')
  const estimate = await estimateEffects(engineer, versionId, begin)
  expect(estimate.obstacle).toContain('Review cases of dev')
  // Nothing is left behind by what was refused.
  expect(await db.run.count({ where: { projectId: project.id } })).toBe(0)
  await db.example.updateMany({ where: { versionId }, data: { enabled: false } })
  await expect(startEffects(engineer, versionId, begin)).rejects.toThrow('no example in use')
})

test('another project’s studies are not found', async () => {
  const cases = await createLabelledCases(3)
  await tryOnDev(Object.fromEntries(cases.map((id) => [id, project.categories.Billing])))
  const { id } = await startEffects(engineer, versionId, { unit: 'example', limit: null })
  const stranger = await createMember(await createProject(), 'prompt_engineer')
  const part = await db.leftOut.findFirstOrThrow({ where: { studyId: id } })
  await expect(stopEffects(stranger, id)).rejects.toMatchObject({ code: 'not_found' })
  await expect(continueEffects(stranger, id)).rejects.toMatchObject({ code: 'not_found' })
  await expect(getEffects(stranger, versionId)).rejects.toMatchObject({ code: 'not_found' })
  const cell = { version: versionId, part: part.id }
  await expect(listEffectCases(stranger, cell, { side: 'fixes' })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('a study that nobody has in hand is taken up by the sweep', async () => {
  const cases = await createLabelledCases(3)
  await tryOnDev(Object.fromEntries(cases.map((id) => [id, project.categories.Billing])))
  const { id } = await startEffects(engineer, versionId, { unit: 'example', limit: null })
  const waiting = () => db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM pgboss.job
    WHERE name = 'runs.effects' AND data->>'studyId' = ${id}`
  await db.$executeRaw`DELETE FROM pgboss.job WHERE name = 'runs.effects'`
  await resumeQuietEffects()
  expect(await waiting()).toEqual([{ n: 0 }])
  await db.effectStudy.update({ where: { id }, data: { createdAt: new Date(0) } })
  await resumeQuietEffects()
  expect(await waiting()).toEqual([{ n: 1 }])
})
