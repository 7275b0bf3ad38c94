import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { findDevRuns } from '@/lib/accuracy/runs/data'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { setFinalLabel } from '@/lib/platform/testing/versions'
import { getPromptContent } from '@/lib/versions/data'
import { createDraft, saveDraft } from '@/lib/versions/drafts/mutations'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { findDevRun } from '@/lib/versions/trials/runs/data'
import { tendBatches } from '../batches/jobs'
import { getRun, listRuns } from '../data'
import { resumeRuns } from '../jobs'
import { labelRun } from '../labelling/jobs'
import { findOwnRun } from '../own/data'
import { startRun } from '../starting/mutations'
import { createCases, createExample, createVersion } from '../testing/fixtures'
import { startBedrock, type TestBedrock } from '../testing/processes'
import { getExperiment, listExperiments } from './data'
import { planExperiment } from './estimates/data'
import { goThroughExperiment } from './jobs'
import { continueExperiment, startExperiment, stopExperiment } from './mutations'
import type { Grid, StartExperimentInput } from './schema'
import { writeTable } from './tables/rules'

let bedrock: TestBedrock
let project: TestProject
let engineer: Member
let versionId: string

beforeAll(async () => {
  process.env.CLOSECALL_BATCH_LEAST = '10'
  bedrock = await startBedrock()
})
afterAll(() => bedrock.close())
beforeEach(async () => {
  await bedrock.setFaults({})
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer', 'Eva')
  versionId = await createVersion(project)
  for (const [position, caseId] of (await createCases(project, 'example', 3)).entries()) {
    const id = await createExample(project, versionId, caseId)
    const labelId = Object.values(project.categories)[position]
    await db.example.update({ where: { id }, data: { position, labelId } })
  }
  await db.version.update({
    where: { id: versionId },
    data: { number: 1, frozenAt: new Date(Date.now() - 60_000) },
  })
  const cases = await createCases(project, 'dev', 12)
  const { Billing, Defect, Education } = project.categories
  for (const [at, id] of cases.slice(0, 9).entries()) {
    await setFinalLabel(project, id, [Billing, Defect, Education][at % 3] ?? Billing)
  }
})

const plain: Omit<Grid, 'versionIds'> = {
  ...{ modelId: [null], fixedExamples: [null], similarExamples: [null], packSize: [null] },
  ...{ answers: [null], sample: [null], temperature: [null], mode: [null] },
}
const ask = (
  grid: Partial<Grid>,
  rest: Partial<StartExperimentInput> = {},
): StartExperimentInput => ({
  ...{ name: 'Packs and examples', pool: 'dev', limit: 10, repeats: 1 },
  rule: { kind: 'most_accurate' },
  grid: { ...plain, versionIds: [versionId], ...grid },
  ...rest,
})
const go = (experimentId: string) =>
  goThroughExperiment(experimentId, new AbortController().signal, 4_000)
const readRuns = (experimentId: string) =>
  db.run.findMany({ where: { cell: { experimentId } }, orderBy: { cell: { position: 'asc' } } })

test('an experiment runs every set-up over the same cases, and puts them into one table', async () => {
  const grid = { fixedExamples: [0, null], packSize: [1, 5] } as const
  const { id } = await startExperiment(
    engineer,
    ask({ fixedExamples: [...grid.fixedExamples], packSize: [...grid.packSize] }),
  )
  await go(id)
  const view = await getExperiment(engineer, id)
  expect(view).toMatchObject({ cells: 4, done: 40, items: 40, runs: { done: 4, working: 0 } })
  expect(view.table.map(({ facts }) => [facts.fixedExamples, facts.packSize])).toEqual([
    [0, 1],
    [0, 5],
    [3, 1],
    [3, 5],
  ])
  for (const { figures } of view.table) {
    expect(figures).toMatchObject({ exact: { n: 9 }, unlabelled: 1, parsing: { of: 10 } })
    expect(figures?.latency?.call).toBeGreaterThan(0)
    expect(figures?.casesPerMinute).toBeGreaterThan(0)
  }
  const [single, packed] = view.table
  expect(single?.figures?.calls).toBe(10)
  expect(packed?.figures?.calls).toBe(2)
  expect(packed?.figures?.positions.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4])
  // The prompt is paid for once in a pack.
  expect(packed?.figures?.tokensPerThousand).toBeLessThan(single?.figures?.tokensPerThousand ?? 0)
  const runs = await readRuns(id)
  expect(new Set(runs.map(({ contentHash: hash }) => hash)).size).toBe(4)
  const items = await db.runItem.findMany({ where: { runId: { in: runs.map((run) => run.id) } } })
  const byRun = Map.groupBy(items, ({ runId }) => runId)
  const cases = [...byRun.values()].map((some) =>
    some
      .map(({ caseId }) => caseId)
      .sort()
      .join(),
  )
  expect(new Set(cases).size).toBe(1)
})

test('each is compared with the base, corrected for how many there are', async () => {
  const { id } = await startExperiment(
    engineer,
    ask({ fixedExamples: [0, null], packSize: [1, 5] }),
  )
  await go(id)
  const view = await getExperiment(engineer, id)
  const [first, second] = view.table
  expect(view.baseId).toBe(first?.id)
  expect(first?.comparison).toBeNull()
  expect(second?.comparison).toMatchObject({ n: 9 })
  const other = await getExperiment(engineer, id, second?.id)
  expect(other.table.map(({ comparison }) => comparison === null)).toEqual([
    false,
    true,
    false,
    false,
  ])
})

test('no run of a set-up that departs from its version speaks for the version', async () => {
  const own = await startRun(engineer, { versionId, pool: 'dev', limit: 10 })
  await labelRun(own.id, new AbortController().signal, 4_000)
  const { id } = await startExperiment(
    engineer,
    ask({ packSize: [5], fixedExamples: [0], temperature: [0.9] }),
  )
  await startExperiment(engineer, ask({ packSize: [5] })).then((other) => go(other.id))
  await go(id)
  const hash = contentHash(await getPromptContent(project.id, versionId))
  expect((await findDevRuns(project.id)).get(versionId)?.id).toBe(own.id)
  expect((await findOwnRun(project.id, versionId, hash))?.id).toBe(own.id)
  expect((await findDevRun(project.id, versionId))?.run.id).toBe(own.id)
})

test('an experiment over a few cases takes no version’s own run its place', async () => {
  const own = await startRun(engineer, { versionId, pool: 'dev', limit: 10 })
  await labelRun(own.id, new AbortController().signal, 4_000)
  const { id } = await startExperiment(engineer, ask({}, { limit: 2 }))
  const hash = contentHash(await getPromptContent(project.id, versionId))
  expect((await findDevRun(project.id, versionId))?.run.id).toBe(own.id)
  await go(id)
  expect((await findDevRuns(project.id)).get(versionId)?.id).toBe(own.id)
  expect((await findOwnRun(project.id, versionId, hash))?.id).toBe(own.id)
  expect((await findDevRun(project.id, versionId))?.run.id).toBe(own.id)
})

test('nor for a draft that has no run of its own', async () => {
  const draft = await createDraft(engineer, { parentId: versionId })
  const { id } = await startExperiment(engineer, ask({ versionIds: [draft.id], packSize: [5] }))
  await go(id)
  expect((await findDevRuns(project.id)).get(draft.id)).toBeUndefined()
  expect(await findDevRun(project.id, draft.id)).toBeNull()
})

test('running it again makes what failed or was stopped, and leaves what is done', async () => {
  const { id } = await startExperiment(engineer, ask({ packSize: [1, 5, 10] }))
  const [done, failed, stopped] = await readRuns(id)
  await labelRun(done?.id ?? '', new AbortController().signal, 4_000)
  await db.run.update({ where: { id: failed?.id }, data: { status: 'failed', message: 'Denied.' } })
  await stopExperiment(engineer, id)
  expect((await getExperiment(engineer, id)).runs).toMatchObject({ working: 0, done: 1, ended: 2 })
  // What the pool gets meanwhile is not in it.
  await createCases(project, 'dev', 3)
  await continueExperiment(engineer, id)
  const runs = await readRuns(id)
  expect(runs).toHaveLength(5)
  expect(runs.filter(({ status }) => status === 'queued').map(({ contentHash: h }) => h)).toEqual([
    failed?.contentHash,
    stopped?.contentHash,
  ])
  await go(id)
  const view = await getExperiment(engineer, id)
  expect(view.runs).toMatchObject({ working: 0, done: 3, ended: 0 })
  expect(view.table.every(({ figures }) => figures?.exact.n === 9)).toBe(true)
  expect((await readRuns(id)).find((run) => run.id === done?.id)?.calls).toBe(10)
  await expect(continueExperiment(engineer, id)).rejects.toMatchObject({ code: 'conflict' })
})

test('what it asks is settled when it is begun, whatever becomes of the draft', async () => {
  const draft = await createDraft(engineer, { parentId: versionId })
  const { id } = await startExperiment(engineer, ask({ versionIds: [draft.id], packSize: [1, 5] }))
  const before = await readRuns(id)
  await stopExperiment(engineer, id)
  await saveDraft(engineer, draft.id, { edit: 0, persona: 'You sort letters.' })
  await continueExperiment(engineer, id)
  const again = await db.run.findMany({ where: { cell: { experimentId: id }, status: 'queued' } })
  expect(new Set(again.map((run) => run.contentHash))).toEqual(
    new Set(before.map((run) => run.contentHash)),
  )
  expect((await getExperiment(engineer, id)).table.map(({ current }) => current)).toEqual([
    false,
    false,
  ])
})

test('a model that is not to be had ends only its own set-ups', async () => {
  const { id } = await startExperiment(
    engineer,
    ask({ modelId: ['closecall.lexical-either-v1', null] }),
  )
  // As AWS does when it takes a model back.
  await db.$executeRaw`
    UPDATE "Run" SET content = jsonb_set(content, '{model,modelId}', '"closecall.gone"')
    WHERE "projectId" = ${project.id}::uuid AND "modelId" = 'closecall.lexical-either-v1'`
  await go(id)
  expect((await readRuns(id)).map(({ status }) => status)).toEqual(['failed', 'done'])
})

test('a model that the stand-in does not have is refused by its name', async () => {
  const named = ask({ modelId: ['nonsense', null] })
  expect(await planExperiment(engineer, named)).toMatchObject({
    ...{ cells: [], obstacle: expect.stringContaining('“nonsense” is no model') },
  })
  await expect(startExperiment(engineer, named)).rejects.toThrow('“nonsense” is no model')
  expect(await db.experiment.count({ where: { projectId: project.id } })).toBe(0)
})

test('the stand-in’s experiment is not gone on with by a real model', async () => {
  const { id } = await startExperiment(engineer, ask({}))
  await stopExperiment(engineer, id)
  await db.experiment.update({ where: { id }, data: { standIn: false } })
  await expect(continueExperiment(engineer, id)).rejects.toMatchObject({ code: 'conflict' })
})

test('repeats are runs alike, and how much they differ is shown', async () => {
  const { id } = await startExperiment(engineer, ask({ packSize: [1, 5] }, { repeats: 3 }))
  const runs = await readRuns(id)
  expect(runs).toHaveLength(6)
  expect(new Set(runs.map(({ seriesId }) => seriesId)).size).toBe(2)
  await go(id)
  const view = await getExperiment(engineer, id)
  expect(view).toMatchObject({ done: 60, items: 60 })
  for (const { figures, runs: own } of view.table) {
    expect(own).toHaveLength(3)
    expect(figures?.flips?.n).toBe(30)
  }
})

test('the plan says before what it takes, and too much is refused', async () => {
  const plan = await planExperiment(engineer, ask({ packSize: [1, 5], fixedExamples: [0, 5] }))
  expect(plan).toMatchObject({ cases: 10, standIn: true, obstacle: null, merged: 0 })
  expect(plan.cells).toHaveLength(2)
  expect(plan.leftOut.map(({ reason }) => reason)).toEqual([
    'It has only 3 examples in use.',
    'It has only 3 examples in use.',
  ])
  const [single, packed] = plan.cells
  expect(packed?.estimate.inputTokens).toBeLessThan(single?.estimate.inputTokens ?? 0)
  expect(plan.total.inputTokens).toBe(
    (single?.estimate.inputTokens ?? 0) + (packed?.estimate.inputTokens ?? 0),
  )
  const many = ask({
    packSize: [1, 5, 10, 20],
    similarExamples: [0, 2, 5, 10],
    temperature: [0, 0.2, 0.4, 0.6, 0.8],
  })
  expect((await planExperiment(engineer, many)).obstacle).toContain('80 set-ups')
  await expect(startExperiment(engineer, many)).rejects.toMatchObject({ code: 'invalid' })
  const values = Array.from({ length: 11 }, (_, at) => at / 10)
  const endless = ask({
    packSize: [1, 5, 10, 20],
    similarExamples: [0, 2],
    temperature: values,
    sample: ['short', 'full'],
    fixedExamples: [0, 1, 2, 3],
  })
  expect(await planExperiment(engineer, endless)).toMatchObject({
    ...{ cells: [], leftOut: [], obstacle: expect.stringContaining('704 crossings') },
  })
  await expect(startExperiment(engineer, endless)).rejects.toThrow('704 crossings')
  expect(await db.setup.count({ where: { projectId: project.id } })).toBe(0)
  expect(await db.experiment.count({ where: { projectId: project.id } })).toBe(0)
})

test('a set-up in batch is asked in jobs, and stopped and gone on with like the others', async () => {
  await bedrock.setBatch({ statusMs: { submitted: 20, validating: 20 }, minimumRecords: 10 })
  const { id } = await startExperiment(engineer, ask({ mode: [null, 'batch'] }))
  const [, inBatch] = await readRuns(id)
  expect(inBatch).toMatchObject({ batchStage: 'jobs' })
  await stopExperiment(engineer, id)
  await continueExperiment(engineer, id)
  await go(id)
  const again = (await readRuns(id)).find(
    ({ batchStage, status }) => batchStage === 'jobs' && status !== 'stopped',
  )
  while ((await tendBatches(again?.id ?? '', new AbortController().signal)) !== null);
  await labelRun(again?.id ?? '', new AbortController().signal, 4_000)
  const view = await getExperiment(engineer, id)
  expect(view.runs).toEqual({ working: 0, paused: 0, done: 2, ended: 0 })
  expect(view.table.map(({ facts }) => facts.mode)).toEqual(['on_demand', 'batch'])
  // Nobody waited for the calls of a batch job: they are not timed.
  expect(view.table.map(({ figures }) => figures?.latency === null)).toEqual([false, true])
  // It says the same as on demand, and is no repeat of it.
  expect(view.table[1]?.comparison).toMatchObject({ n: 9 })
})

test('nothing of another project is run or shown', async () => {
  const { id } = await startExperiment(engineer, ask({}))
  const stranger = await createMember(await createProject(), 'prompt_engineer')
  await expect(getExperiment(stranger, id)).rejects.toMatchObject({ code: 'not_found' })
  await expect(stopExperiment(stranger, id)).rejects.toMatchObject({ code: 'not_found' })
  await expect(continueExperiment(stranger, id)).rejects.toMatchObject({ code: 'not_found' })
  await expect(startExperiment(stranger, ask({}))).rejects.toMatchObject({ code: 'not_found' })
  expect(await listExperiments(stranger)).toEqual([])
  expect(await listExperiments(engineer)).toHaveLength(1)
})

test('the table as CSV holds no formula', async () => {
  const draft = await createDraft(engineer, { parentId: versionId, note: '=1+1' })
  const { id } = await startExperiment(engineer, ask({ versionIds: [versionId, draft.id] }))
  await go(id)
  const view = await getExperiment(engineer, id)
  const [head, ...rows] = writeTable(view).trim().split('\n')
  expect(head).toContain('accuracy_low')
  expect(rows).toHaveLength(2)
  expect(rows.join()).not.toMatch(/(^|,)=/)
})

test('a cell becomes a draft with its departures written into it', async () => {
  const departures = { packSize: 10, fixedExamples: 1, similarExamples: 2, sample: 'full' } as const
  const { id } = await createDraft(engineer, { parentId: versionId, departures })
  const content = await getPromptContent(project.id, id)
  expect(content).toMatchObject({
    ...{ packSize: 10, similarExamples: 2 },
    answerFormat: { kind: 'xml', sample: 'full' },
  })
  const byPosition = content.examples.sort((a, b) => a.position - b.position)
  expect(byPosition.map(({ enabled }) => enabled)).toEqual([true, false, false])
})

test('a run of an experiment says what it departs in, and is no ordinary work', async () => {
  const { id } = await startExperiment(engineer, ask({ packSize: [5] }))
  const [run] = await readRuns(id)
  expect(await getRun(engineer, run?.id ?? '')).toMatchObject({
    ...{ departures: 'packs of 5', contentIsCurrent: true },
    experiment: { id, name: 'Packs and examples' },
  })
  expect(await listRuns(engineer)).toEqual([])
  const before = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'runs.label'`
  await resumeRuns()
  const after = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'runs.label'`
  expect(after).toEqual(before)
})
