import { expect, it } from 'vitest'
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
import { getAgreementOfPeople } from './data'

type Pool = 'example' | 'dev' | 'test'
type Answer = { labelId: string | null; closeCall?: boolean; undone?: boolean }

async function addAnswers(
  project: TestProject,
  people: readonly Member[],
  answers: readonly Answer[],
  pool: Pool = 'dev',
) {
  const caseId = await createCase(project, { pool })
  const ids: string[] = []
  for (const [at, { closeCall = false, ...said }] of answers.entries()) {
    const member = people[at]
    if (!member) throw new Error('more answers than people')
    const purpose = at === 0 ? 'ordinary' : 'second_opinion'
    const id = await createReview(member, caseId, { ...said, purpose, slot: at + 1, closeCall })
    ids.push(id)
  }
  return { caseId, ids }
}

it('compares each two answers to a case, close calls apart', async () => {
  const project = await createProject()
  const people = await Promise.all(
    ['Ann', 'Ben', 'Cleo'].map((name) => createMember(project, 'reviewer', name)),
  )
  const { Billing, Defect } = project.categories
  const [billing, defect] = [{ labelId: Billing }, { labelId: Defect }]
  await addAnswers(project, people, [billing, billing])
  await addAnswers(project, people, [defect, defect], 'example')
  await addAnswers(project, people, [billing, defect, billing])
  await addAnswers(project, people, [{ ...billing, closeCall: true }, defect])
  // None of these counts.
  await addAnswers(project, people, [billing])
  await addAnswers(project, people, [billing, { labelId: null }])
  await addAnswers(project, people, [billing, billing], 'test')
  await addAnswers(project, people, [billing, { ...billing, undone: true }])
  const { caseId } = await addAnswers(project, people, [billing, billing])
  await db.case.update({ where: { id: caseId }, data: { archivedAt: new Date() } })

  const { closeCalls, others } = await getAgreementOfPeople(project.id)
  expect(closeCalls).toMatchObject({ n: 1, right: 0 })
  // Two pairs agree, and one of the three pairs on the case with three answers.
  expect(others).toMatchObject({ n: 5, right: 3 })
  expect(others.kappa).not.toBeNull()
  expect(others.ac1).not.toBeNull()
})

it('leaves out what was confirmed in bulk', async () => {
  const project = await createProject()
  const people = await Promise.all(
    ['Ann', 'Ben'].map((name) => createMember(project, 'reviewer', name)),
  )
  const [ann, ben] = people
  const labelId = project.categories.Billing
  const caseId = await createCase(project, { pool: 'example' })
  if (!ann || !ben) throw new Error('two people')
  const bulkId = newId()
  const [versionId, setupId] = [newId(), newId()]
  const version = { persona: '', rules: '', answerFormat: {}, model: {}, projectId: project.id }
  await db.version.create({ data: { id: versionId, ...version } })
  await db.setup.create({ data: { id: setupId, projectId: project.id, versionId } })
  await db.bulkConfirm.create({
    data: {
      ...{ id: bulkId, projectId: project.id, setupId, labelId, byId: ann.userId },
      ...{ confirmed: 1, sampled: 1, blind: 99, right: 99, lowerBound: 0.97 },
    },
  })
  await createReview(ann, caseId, { labelId, mode: 'shown', bulkId })
  await createReview(ben, caseId, { labelId, slot: 2, purpose: 'second_opinion' })
  expect((await getAgreementOfPeople(project.id)).others.n).toBe(0)
})
