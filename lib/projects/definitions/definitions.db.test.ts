import { describe, expect, it } from 'vitest'
import { findCase } from '@/lib/cases/opening/data'
import { listLabelRows } from '@/lib/datasets/exports/data'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createReview } from '@/lib/platform/testing/reviews'
import { createSuggestion, releaseSetup } from '@/lib/platform/testing/suggestions'
import { setFinalLabel } from '@/lib/platform/testing/versions'
import { submitReview } from '@/lib/reviews/answers/mutations'
import { submitInput } from '@/lib/reviews/answers/schema'
import { openMissingAssignments } from '@/lib/reviews/queue/jobs'
import { claimNextCases } from '@/lib/reviews/queue/mutations'
import { listCategoryUse } from '../categories/data'
import { changeCategories } from '../mutations'

const describeBilling = (project: TestProject, description: string) => ({
  categories: Object.entries(project.categories).map(([name, id]) => ({
    ...{ id, name, description: name === 'Billing' ? description : `${name} matters.` },
  })),
})

const wordingsOf = (categoryId: string) =>
  db.categoryDefinition.findMany({ where: { categoryId }, orderBy: { at: 'asc' } })

async function wordsOfLabel(caseId: string) {
  const label = await db.finalLabel.findUniqueOrThrow({ where: { caseId } })
  return (
    await db.categoryDefinition.findUniqueOrThrow({ where: { id: label.definitionId ?? '' } })
  ).description
}

async function wordsOfReview(id: string) {
  const review = await db.review.findUniqueOrThrow({ where: { id } })
  return review.definitionId
    ? (await db.categoryDefinition.findUniqueOrThrow({ where: { id: review.definitionId } }))
        .description
    : null
}

describe('wordings of categories', () => {
  it('are kept once each, with who wrote them', async () => {
    const project = await createProject()
    const manager = await createMember(project, 'manager')
    const { Billing, Defect } = project.categories
    await changeCategories(manager, describeBilling(project, 'Charges.'))
    await changeCategories(manager, describeBilling(project, 'Billing matters.'))
    await changeCategories(manager, describeBilling(project, 'Charges.'))
    expect((await wordingsOf(Billing)).map((one) => [one.description, one.byId])).toEqual([
      ['Billing matters.', null],
      ['Charges.', manager.userId],
    ])
    // Two that swap names step aside for a moment: that is no wording.
    await changeCategories(manager, {
      categories: [
        { id: Billing, name: 'Defect', description: 'Charges.' },
        { id: Defect, name: 'Billing', description: 'Defect matters.' },
      ],
    })
    expect((await wordingsOf(Defect)).map(({ name }) => name)).toEqual(['Defect', 'Billing'])
  })

  it('stay as they were written', async () => {
    const project = await createProject()
    const change = db.categoryDefinition.updateMany({
      where: { projectId: project.id },
      data: { description: 'Other.' },
    })
    await expect(change).rejects.toThrow('append-only')
  })
})

describe('the definition a label was given under', () => {
  it('is the wording at that time, for answers and final labels alike', async () => {
    const project = await createProject()
    const manager = await createMember(project, 'manager')
    const reviewer = await createMember(project)
    const [imported, own] = [await createCase(project), await createCase(project, { pool: 'dev' })]
    await setFinalLabel(project, imported, project.categories.Billing)
    const review = await createReview(reviewer, own, { labelId: project.categories.Billing })
    const unsure = await createReview(reviewer, await createCase(project), { labelId: null })
    await changeCategories(manager, describeBilling(project, 'Charges.'))
    const later = await createReview(reviewer, await createCase(project), {
      labelId: project.categories.Billing,
    })
    expect(await wordsOfLabel(imported)).toBe('Billing matters.')
    expect(await wordsOfReview(review)).toBe('Billing matters.')
    expect(await wordsOfReview(unsure)).toBeNull()
    expect(await wordsOfReview(later)).toBe('Charges.')
  })

  it('is that of the version whose suggestion was in view', async () => {
    const project = await createProject()
    const reviewer = await createMember(project)
    const caseId = await createCase(project)
    const { categories } = project
    const old = await db.version.create({ data: { ...draft(project), categories: worded('Old.') } })
    const released = await releaseVersion(project, old.id, 1)
    await createSuggestion(released, caseId, { labelId: categories.Billing })
    await openMissingAssignments(project.id)
    const { claims } = await claimNextCases(reviewer)
    // Another one is released while the case lies in the reviewer's hands.
    const next = await db.version.create({
      data: { ...draft(project), categories: worded('New.') },
    })
    await releaseVersion(project, next.id, 2)
    const [claim] = claims
    const input = submitInput.parse({
      id: newId(),
      assignmentId: claim?.assignmentId,
      suggestionId: claim?.suggestion?.id,
      labelId: categories.Billing,
      answeredAt: new Date().toISOString(),
    })
    await submitReview(reviewer, input)
    expect(await wordsOfReview(input.id)).toBe('Old.')
    expect(await wordsOfLabel(caseId)).toBe('Old.')

    function worded(description: string) {
      return { create: [{ categoryId: categories.Billing, position: 0, description }] }
    }
  })
})

describe('labels of an older definition', () => {
  it('are counted, and current again once the old words are back', async () => {
    const project = await createProject()
    const manager = await createMember(project, 'manager')
    const { Billing, Defect } = project.categories
    for (const label of [Billing, Billing, Defect]) {
      await setFinalLabel(project, await createCase(project), label)
    }
    const use = async () => (await listCategoryUse(manager)).map((one) => [one.labels, one.older])
    await changeCategories(manager, describeBilling(project, 'Charges.'))
    await setFinalLabel(project, await createCase(project), Billing)
    expect(await use()).toEqual([
      [3, 2],
      [1, 0],
      [0, 0],
    ])
    await changeCategories(manager, describeBilling(project, 'Billing matters.'))
    expect(await use()).toEqual([
      [3, 1],
      [1, 0],
      [0, 0],
    ])
  })

  it('say so on the page of their case and in downloads', async () => {
    const project = await createProject()
    const manager = await createMember(project, 'manager')
    const caseId = await createCase(project)
    await setFinalLabel(project, caseId, project.categories.Billing)
    const [before] = (await listLabelRows(manager, { after: null, limit: 9, likeIds: [] })).rows
    expect([before?.definition, before?.definition_current]).toEqual(['Billing matters.', true])
    expect((await findCase(manager, caseId))?.labels?.finalLabel?.olderWords).toBeNull()
    await changeCategories(manager, describeBilling(project, 'Charges.'))
    const [after] = (await listLabelRows(manager, { after: null, limit: 9, likeIds: [] })).rows
    expect([after?.definition, after?.definition_current]).toEqual(['Billing matters.', false])
    expect((await findCase(manager, caseId))?.labels?.finalLabel?.olderWords).toEqual({
      name: 'Billing',
      description: 'Billing matters.',
    })
  })
})

const draft = (project: TestProject) => ({
  ...{ id: newId(), projectId: project.id, persona: '', rules: '', answerFormat: {}, model: {} },
})

/** Makes the set-up that a fixture has put in force one of this version; returns its run. */
async function releaseVersion(project: TestProject, versionId: string, number: number) {
  await db.version.update({ where: { id: versionId }, data: { number: number + 10 } })
  const { setupId, runId } = await releaseSetup(project, number)
  await db.setup.update({ where: { id: setupId }, data: { versionId } })
  return runId
}
