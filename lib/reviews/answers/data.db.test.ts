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
import { openMissingAssignments } from '../queue/jobs'
import { claimNextCases } from '../queue/mutations'
import { listOwnAnswers } from './data'
import { submitReview } from './mutations'
import { submitInput } from './schema'

let project: TestProject
let setup: TestSetup
let pat: Member

beforeEach(async () => {
  project = await createProject()
  setup = await releaseSetup(project)
  pat = await createMember(project)
})

async function answered(pool: 'example' | 'dev' | 'test', text: string, note = '') {
  const caseId = await createCase(project, { pool, text })
  await createSuggestion(setup.runId, caseId, { labelId: project.categories.Billing })
  await openMissingAssignments(project.id)
  const [claim] = (await claimNextCases(pat, { n: 1 })).claims
  const answer = submitInput.parse({
    ...{ id: newId(), assignmentId: claim?.assignmentId, note, seconds: 7 },
    suggestionId: claim?.suggestion?.id ?? null,
    labelId: project.categories.Defect,
    answeredAt: new Date().toISOString(),
  })
  return { caseId, reviewId: (await submitReview(pat, answer)).id }
}
const idsOf = async (input = {}) =>
  (await listOwnAnswers(pat, input)).answers.map(({ caseId }) => caseId)

it('shows what was in view beside the answer, and nothing of the model’s where it was blind', async () => {
  await answered('example', 'A shown one')
  await answered('dev', 'A blind one')
  const { answers } = await listOwnAnswers(pat)
  expect(answers).toMatchObject([
    { subject: 'A blind one', label: 'Defect', shown: false, suggested: null, changeable: true },
    { subject: 'A shown one', label: 'Defect', shown: true, suggested: 'Billing', seconds: 7 },
  ])
})

it('finds words of the case and of the note, as they are written', async () => {
  const refund = await answered('dev', 'They want a refund of 50%')
  const crash = await answered('dev', 'It crashes', 'See the refund policy.')
  await answered('dev', 'Something else')
  expect(await idsOf({ q: 'REFUND' })).toEqual([crash.caseId, refund.caseId])
  expect(await idsOf({ q: '50%' })).toEqual([refund.caseId])
  expect(await idsOf({ q: '5_%' })).toEqual([])
})

it('says which answers can be changed: not blind ones after a look, nor on replaced cases', async () => {
  const seen = await answered('dev', 'Seen since')
  const replaced = await answered('dev', 'Replaced since')
  await db.caseSight.create({ data: { caseId: seen.caseId, userId: pat.userId } })
  await db.case.update({ where: { id: replaced.caseId }, data: { archivedAt: new Date() } })
  const shown = await answered('example', 'In view anyway')
  await db.caseSight.create({ data: { caseId: shown.caseId, userId: pat.userId } })
  const { answers } = await listOwnAnswers(pat)
  expect(answers.map(({ changeable }) => changeable)).toEqual([true, false, false])
})

it('leads to the pages of cases, but for those of the locked pool', async () => {
  await answered('test', 'Locked')
  await answered('dev', 'Open')
  const { answers } = await listOwnAnswers(pat)
  expect(answers).toMatchObject([
    { subject: 'Open', openable: true },
    { subject: 'Locked', openable: false },
  ])
  expect(answers.some((answer) => 'pool' in answer)).toBe(false)
})

it('goes on after the last answer of a page, and shows nobody else’s', async () => {
  const first = await answered('dev', 'One')
  const second = await answered('dev', 'Two')
  expect(await idsOf({ before: second.reviewId })).toEqual([first.caseId])
  const sam = await createMember(project)
  expect((await listOwnAnswers(sam)).answers).toEqual([])
  expect((await listOwnAnswers(sam, { before: second.reviewId })).answers).toEqual([])
})
