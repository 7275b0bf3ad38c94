import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { setFinalLabel } from '@/lib/platform/testing/versions'
import { startRun } from '../../starting/mutations'
import { createCases, createVersion } from '../../testing/fixtures'
import { FINISHED_RUN, measureRuns } from './data'

let project: TestProject
let runId: string
let cases: string[]
beforeEach(async () => {
  project = await createProject()
  const engineer = await createMember(project, 'prompt_engineer')
  cases = await createCases(project, 'dev', 4)
  for (const id of cases) await setFinalLabel(project, id, project.categories.Billing)
  const versionId = await createVersion(project)
  runId = (await startRun(engineer, { versionId, pool: 'dev' })).id
})

/** As if these cases had been asked about in one call. */
async function call(caseIds: readonly string[], status: 'ok' | 'failed' = 'ok'): Promise<string> {
  const id = newId()
  await db.call.create({
    data: {
      ...{ id, runId, status, request: {}, requestHash: '' },
      cases: { create: caseIds.map((caseId, position) => ({ caseId, position })) },
    },
  })
  return id
}

const say = (callId: string, caseId: string, position: number, label: 'Billing' | 'Defect') =>
  db.suggestion.create({
    data: {
      ...{ id: newId(), runId, caseId, callId, position, status: 'parsed' },
      labelId: project.categories[label],
    },
  })

async function listPositions() {
  const run = await db.run.findUniqueOrThrow({ where: { id: runId }, select: FINISHED_RUN })
  return (await measureRuns([run])).get(runId)?.positions
}

test('a case that was asked again does not count at the place it had then', async () => {
  const [a = '', b = '', c = '', d = ''] = cases
  const first = await call(cases)
  await say(first, a, 0, 'Billing')
  await say(first, b, 1, 'Billing')
  await say(await call([c]), c, 0, 'Defect')
  await call([d], 'failed')
  await say(await call([d]), d, 0, 'Defect')
  expect(await listPositions()).toEqual([
    { position: 0, n: 1, right: 1 },
    { position: 1, n: 1, right: 1 },
  ])
})

test('one that failed as a whole and was sent again as it was counts where it stands', async () => {
  const [a = '', b = ''] = cases
  await call([a, b], 'failed')
  const id = await call([a, b])
  await say(id, a, 0, 'Billing')
  await say(id, b, 1, 'Defect')
  expect(await listPositions()).toEqual([
    { position: 0, n: 1, right: 1 },
    { position: 1, n: 1, right: 0 },
  ])
})
