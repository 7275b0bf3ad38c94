import { expect, it } from 'vitest'
import { db } from '@/lib/platform/database'
import { createCase, createMember, createProject } from '@/lib/platform/testing/fixtures'
import { createFinishedRun, createVersion, setFinalLabel } from '@/lib/platform/testing/versions'
import { getTrainingData } from './data'

it('counts labels of current cases by category and source, and what each member can download', async () => {
  const project = await createProject()
  const manager = await createMember(project, 'manager')
  const engineer = await createMember(project, 'prompt_engineer')
  const { Billing, Defect } = project.categories
  const version = await createVersion(project, { number: 1 })
  const dev = await createCase(project, { pool: 'dev' })
  const test = await createCase(project, { pool: 'test' })
  const settled = await createCase(project, { pool: 'example' })
  const former = await createCase(project, { pool: 'example' })
  await createCase(project, { pool: null })
  for (const id of [dev, test, former]) await setFinalLabel(project, id, Billing)
  await db.case.update({ where: { id: former }, data: { archivedAt: new Date() } })
  await setFinalLabel(project, settled, Defect)
  await db.finalLabel.update({ where: { caseId: settled }, data: { source: 'settled' } })
  await db.finalLabel.update({ where: { caseId: dev }, data: { bulk: true } })
  await createFinishedRun(project, version.setupId, {
    pool: 'dev',
    content: {},
    contentHash: '',
    answers: { [dev]: Defect },
  })

  const seen = await getTrainingData(manager)
  expect(seen).toMatchObject({ labelled: 3, unlabelled: 1, exportRows: 3, withTest: true })
  expect(seen.bulkConfirmed).toBe(1)
  expect(seen.categories.map(({ name, n }) => [name, n])).toEqual([
    ['Billing', 2],
    ['Defect', 1],
    ['Education', 0],
  ])
  expect(seen.categories[1]?.bySource).toEqual({ imported: 0, review: 0, agreement: 0, settled: 1 })
  expect(seen.workbooks).toEqual([
    { version: { id: version.id, number: 1 }, rows: 1, standIn: true },
  ])
  expect(await getTrainingData(engineer)).toMatchObject({ exportRows: 2, withTest: false })
})
