import { beforeEach, describe, expect, it } from 'vitest'
import { listAgreement } from '@/lib/accuracy/agreement/data'
import { listCases } from '@/lib/cases/listing/data'
import { openCase } from '@/lib/cases/opening/mutations'
import { listLabelRows } from '@/lib/datasets/exports/data'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createReview } from '@/lib/platform/testing/reviews'
import { createSuggestion, releaseSetup, type TestSetup } from '@/lib/platform/testing/suggestions'
import { setFinalLabel } from '@/lib/platform/testing/versions'
import { getOverview } from '@/lib/versions/corrections/overview/data'
import { listCandidates } from '@/lib/versions/examples/data'

let project: TestProject
let manager: Member
let setup: TestSetup
beforeEach(async () => {
  project = await createProject()
  manager = await createMember(project, 'manager')
  setup = await releaseSetup(project)
})

/** A Defect that was suggested as Billing, corrected by someone as a close call with a note. */
async function correct(purpose: 'ordinary' | 'check_case', bulk = false): Promise<string> {
  const { Billing, Defect } = project.categories
  const caseId = await createCase(project)
  await setFinalLabel(project, caseId, Defect)
  const suggestionId = await createSuggestion(setup.runId, caseId, { labelId: Billing })
  const bulkId = bulk ? newId() : undefined
  if (bulkId) {
    await db.bulkConfirm.create({
      data: {
        ...{ id: bulkId, projectId: project.id, setupId: setup.setupId, labelId: Billing },
        ...{
          byId: manager.userId,
          confirmed: 1,
          sampled: 0,
          blind: 99,
          right: 99,
          lowerBound: 0.97,
        },
      },
    })
  }
  const said = { suggestionId, thumb: 'down', closeCall: true, note: 'It broke.', bulkId } as const
  const reviewer = await createMember(project)
  await createReview(reviewer, caseId, { ...said, purpose, mode: 'shown', labelId: Defect })
  return caseId
}

describe.each([
  ['an ordinary answer', 'ordinary', true],
  ['an answer to a check case', 'check_case', false],
] as const)('%s', (_what, purpose, counts) => {
  it(`is ${counts ? '' : 'not '}part of the agreement with suggestions`, async () => {
    await correct(purpose)
    const agreement = (await listAgreement(project.id)).get(setup.versionId)
    expect(agreement?.[0]?.n ?? 0).toBe(counts ? 1 : 0)
  })

  it(`is ${counts ? 'a' : 'no'} correction`, async () => {
    await correct(purpose)
    expect((await getOverview(manager, {})).pairs).toHaveLength(counts ? 1 : 0)
  })

  it(`makes its case ${counts ? 'a' : 'no'} close call, in lists and files`, async () => {
    const caseId = await correct(purpose)
    const { rows } = await listCases(manager, { close: 'yes' })
    expect(rows.map(({ id }) => id)).toEqual(counts ? [caseId] : [])
    const labels = await listLabelRows(manager, { after: null, limit: 10, likeIds: [] })
    expect(labels.rows.map((row) => row.close_call)).toEqual([counts])
  })

  it(`lends its note ${counts ? '' : 'not '}to an example`, async () => {
    await correct(purpose)
    const engineer = await createMember(project, 'prompt_engineer')
    const version = await db.version.findFirstOrThrow({ where: { projectId: project.id } })
    const found = await listCandidates(engineer, version.id, {})
    expect(found.map(({ note }) => note)).toEqual([counts ? 'It broke.' : ''])
  })
})

it('leaves what was confirmed in bulk out of the agreement', async () => {
  await correct('ordinary', true)
  expect((await listAgreement(project.id)).size).toBe(0)
})

it('hides a case again from who is asked for it a second time', async () => {
  const { Defect } = project.categories
  const caseId = await createCase(project)
  await setFinalLabel(project, caseId, Defect)
  const pat = await createMember(project)
  await createReview(pat, caseId, { labelId: Defect })
  expect((await openCase(pat, caseId)).labels?.finalLabel?.label).toBe('Defect')
  const asked = await db.assignment.create({
    data: {
      ...{
        id: newId(),
        projectId: project.id,
        caseId,
        slot: 1,
        mode: 'blind',
        frame: 'example',
        rank: 0,
      },
      ...{ purpose: 'repeat', holderId: pat.userId, forUserId: pat.userId },
      leaseUntil: new Date(Date.now() + 60_000),
    },
  })
  expect((await openCase(pat, caseId)).labels).toBeNull()
  await db.assignment.update({
    where: { id: asked.id },
    data: { status: 'answered', leaseUntil: null },
  })
  expect((await openCase(pat, caseId)).labels).not.toBeNull()
})
