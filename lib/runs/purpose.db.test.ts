import { beforeEach, expect, test } from 'vitest'
import { getMatrix } from '@/lib/accuracy/matrix/data'
import { findDevRuns, measureOnDev } from '@/lib/accuracy/runs/data'
import { listTallies } from '@/lib/accuracy/tallies/data'
import { listCases } from '@/lib/cases/listing/data'
import { caseFilter } from '@/lib/cases/listing/schema'
import { findCase } from '@/lib/cases/opening/data'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createFinishedRun, createVersion, setFinalLabel } from '@/lib/platform/testing/versions'
import { findSuggestionInForce } from '@/lib/reviews/suggestions/data'
import { getPromptContent } from '@/lib/versions/data'
import { contentHash } from '@/lib/versions/fingerprint/rules'
import { getTrial } from '@/lib/versions/trials/data'
import { getRun, listRuns } from './data'
import { listSuggestions } from './suggestions/data'

let project: TestProject
let engineer: Member
let caseId: string
let runId: string

/** A version in force whose only run leaves examples out: it has said nothing as a whole. */
beforeEach(async () => {
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer')
  const { id, setupId } = await createVersion(project, { number: 1 })
  await db.release.create({ data: { id: newId(), projectId: project.id, setupId } })
  caseId = await createCase(project, { pool: 'dev' })
  await setFinalLabel(project, caseId, project.categories.Billing)
  const content = await getPromptContent(project.id, id)
  runId = await createFinishedRun(project, setupId, {
    purpose: 'leave_out',
    pool: 'dev',
    content,
    contentHash: contentHash(content),
    answers: { [caseId]: project.categories.Defect },
  })
})

test('what a version says without some of its examples is no suggestion of the version', async () => {
  expect(await findSuggestionInForce(db, project.id, caseId)).toBeNull()
  expect((await findCase(engineer, caseId))?.labels?.suggestions).toEqual([])
  const { rows } = await listCases(engineer, caseFilter.parse({}))
  expect(rows.map(({ facts }) => [facts?.suggested, facts?.right])).toEqual([[null, null]])
  await expect(listSuggestions(engineer, runId, {})).rejects.toMatchObject({ code: 'not_found' })
})

test('nor is it in any figure or list of runs', async () => {
  expect(await listRuns(engineer)).toEqual([])
  await expect(getRun(engineer, runId)).rejects.toMatchObject({ code: 'not_found' })
  await expect(getMatrix(engineer, runId)).rejects.toMatchObject({ code: 'not_found' })
  expect((await findDevRuns(project.id)).size).toBe(0)
  expect((await measureOnDev(project.id)).size).toBe(0)
  expect((await getTrial(engineer, '1')).draftRun).toBeNull()
  await setFinalLabel(project, caseId, project.categories.Defect)
  expect(await listTallies([runId])).toEqual([])
})

test('it becomes no suggestion of a case that waits to be shown with one', async () => {
  const other = await createCase(project, { pool: 'dev' })
  await db.assignment.create({
    data: {
      ...{
        id: newId(),
        projectId: project.id,
        caseId: other,
        slot: 1,
        mode: 'shown',
        frame: 'dev',
      },
      rank: 0,
    },
  })
  const suggest = (id: string) =>
    db.suggestion.create({ data: { id: newId(), runId: id, caseId: other, status: 'parsed' } })
  await suggest(runId)
  const shown = () => db.assignment.findFirst({ where: { caseId: other } })
  expect((await shown())?.suggestionId).toBeNull()
  const { setupId } = await db.run.findUniqueOrThrow({ where: { id: runId } })
  const whole = await createFinishedRun(project, setupId, {
    ...{ pool: 'dev', content: {}, contentHash: '', answers: {} },
  })
  const { id } = await suggest(whole)
  expect((await shown())?.suggestionId).toBe(id)
})

test('examples are left out on dev alone', async () => {
  const change = db.run.update({ where: { id: runId }, data: { pool: 'example' } })
  await expect(change).rejects.toThrow('Run_leaves_out_on_dev')
})
