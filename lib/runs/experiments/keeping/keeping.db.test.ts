import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { setFinalLabel } from '@/lib/platform/testing/versions'
import { createDraft, freezeDraft, saveDraft } from '@/lib/versions/drafts/mutations'
import { createCases, createExample, createVersion } from '../../testing/fixtures'
import { startBedrock, type TestBedrock } from '../../testing/processes'
import { getExperiment, listExperiments } from '../data'
import { goThroughExperiment } from '../jobs'
import { findMeasuredBefore } from '../measured/data'
import { continueExperiment, startExperiment, stopExperiment } from '../mutations'
import { archiveExperiment, renameExperiment, restoreExperiment } from './mutations'

let bedrock: TestBedrock
let project: TestProject
let engineer: Member
let versionId: string
let experimentId: string

beforeAll(async () => {
  bedrock = await startBedrock()
})
afterAll(() => bedrock.close())
beforeEach(async () => {
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer', 'Eva')
  versionId = await createVersion(project)
  for (const [position, caseId] of (await createCases(project, 'example', 3)).entries()) {
    const id = await createExample(project, versionId, caseId)
    await db.example.update({ where: { id }, data: { position } })
  }
  await db.version.update({
    where: { id: versionId },
    data: { number: 1, frozenAt: new Date(Date.now() - 60_000) },
  })
  for (const id of await createCases(project, 'dev', 6)) {
    await setFinalLabel(project, id, project.categories.Billing)
  }
  const own = [null]
  const { id } = await startExperiment(engineer, {
    ...{ name: 'Fewer examples', pool: 'dev', limit: null, repeats: 1 },
    rule: { kind: 'most_accurate' },
    grid: {
      ...{ versionIds: [versionId], modelId: own, similarExamples: own, packSize: own },
      ...{ answers: own, sample: own, temperature: own, mode: own, fixedExamples: [1, 2] },
    },
  })
  experimentId = id
})

const go = () => goThroughExperiment(experimentId, new AbortController().signal, 4_000)

test('an experiment gets another name, which is on record', async () => {
  await renameExperiment(engineer, experimentId, { name: 'How few examples will do' })
  expect((await getExperiment(engineer, experimentId)).name).toBe('How few examples will do')
  const where = { subjectId: experimentId, action: 'experiment.renamed' }
  expect(await db.auditEvent.count({ where })).toBe(1)
})

test('one that is deleted is in no list, keeps all that was measured, and can be brought back', async () => {
  await expect(archiveExperiment(engineer, experimentId)).rejects.toThrow('Stop it first')
  await go()
  const before = await getExperiment(engineer, experimentId)
  await archiveExperiment(engineer, experimentId)
  await archiveExperiment(engineer, experimentId)
  expect(await listExperiments(engineer)).toEqual([])
  const { archivedAt, ...deleted } = await getExperiment(engineer, experimentId)
  expect(archivedAt).not.toBeNull()
  expect(deleted).toEqual({ ...before, archivedAt: undefined })
  await expect(continueExperiment(engineer, experimentId)).rejects.toThrow('Bring it back')
  await restoreExperiment(engineer, experimentId)
  await restoreExperiment(engineer, experimentId)
  expect(await getExperiment(engineer, experimentId)).toEqual(before)
  expect(await listExperiments(engineer)).toHaveLength(1)
  const actions = await db.auditEvent.findMany({ where: { subjectId: experimentId } })
  expect(actions.map(({ action }) => action).sort()).toEqual([
    'experiment.archived',
    'experiment.restored',
    'experiment.started',
  ])
})

test('nobody of another project renames, deletes or brings back', async () => {
  await stopExperiment(engineer, experimentId)
  const stranger = await createMember(await createProject(), 'prompt_engineer')
  const notFound = { code: 'not_found' }
  await expect(archiveExperiment(stranger, experimentId)).rejects.toMatchObject(notFound)
  await expect(restoreExperiment(stranger, experimentId)).rejects.toMatchObject(notFound)
  await expect(renameExperiment(stranger, experimentId, { name: 'Mine' })).rejects.toMatchObject(
    notFound,
  )
})

test('what has paused goes on with the experiment', async () => {
  await db.run.updateMany({
    where: { cell: { experimentId } },
    data: { status: 'paused', message: 'Paused: Bedrock could not be reached.' },
  })
  expect((await getExperiment(engineer, experimentId)).runs).toMatchObject({ paused: 2, done: 0 })
  await continueExperiment(engineer, experimentId)
  await go()
  expect((await getExperiment(engineer, experimentId)).runs).toMatchObject({ paused: 0, done: 2 })
})

test('a draft made of a set-up has the figure that the set-up has, while both say the same', async () => {
  await go()
  const { table } = await getExperiment(engineer, experimentId)
  const winner = table.find(({ departures }) => departures.fixedExamples === 2)
  const { id } = await createDraft(engineer, {
    parentId: versionId,
    departures: { fixedExamples: 2 },
  })
  const measured = await findMeasuredBefore(engineer, id)
  expect(measured).toEqual({
    experiment: { id: experimentId, name: 'Fewer examples' },
    ...{ runId: winner?.runs[0]?.id, standIn: true, exact: winner?.figures?.exact, compared: 2 },
  })
  const successors = async () =>
    (await getExperiment(engineer, experimentId)).table
      .filter(({ departures }) => departures.fixedExamples === 2)
      .map(({ successor }) => successor)
  expect(await successors()).toEqual([{ id, number: null }])
  // No set-up asked with all three.
  const copy = await createDraft(engineer, { parentId: versionId })
  expect(await findMeasuredBefore(engineer, copy.id)).toBeNull()
  const { number } = await freezeDraft(engineer, id, 0)
  expect(await findMeasuredBefore(engineer, String(number))).toEqual(measured)
  expect(await successors()).toEqual([{ id, number }])
  const changed = await createDraft(engineer, {
    parentId: versionId,
    departures: { fixedExamples: 2 },
  })
  expect(await successors()).toEqual([{ id: changed.id, number: null }])
  await saveDraft(engineer, changed.id, { edit: 0, rules: 'Other rules.' })
  expect(await findMeasuredBefore(engineer, changed.id)).toBeNull()
  expect(await successors()).toEqual([{ id, number }])
})
