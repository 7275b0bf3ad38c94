import { beforeEach, describe, expect, it } from 'vitest'
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
import { setFinalLabel } from '@/lib/platform/testing/versions'
import { makeCategoryChange, undoCategoryChange } from '@/lib/projects/categories/mutations'
import { categoryChangeInput } from '@/lib/projects/categories/schema'
import { listCorrections } from '@/lib/versions/corrections/data'
import { submitReview } from '../answers/mutations'
import { submitInput } from '../answers/schema'
import { settleCase } from '../disagreements/mutations'
import { openMissingAssignments } from '../queue/jobs'
import { claimNextCases } from '../queue/mutations'
import { undoReview } from '../undo/mutations'
import { settleChange } from './jobs'

let project: TestProject
let setup: TestSetup
let pat: Member
let sam: Member
let manager: Member

beforeEach(async () => {
  project = await createProject()
  setup = await releaseSetup(project)
  pat = await createMember(project, 'reviewer', 'Pat')
  sam = await createMember(project, 'reviewer', 'Sam')
  manager = await createMember(project, 'manager', 'Max')
})

type Said = { labelId: string | null; closeCall?: boolean; secondLabelId?: string }

async function answer(member: Member, said: Said) {
  const [claim] = (await claimNextCases(member, { n: 1 })).claims
  if (!claim) throw new Error('nothing was claimed')
  const input = submitInput.parse({
    ...{ id: newId(), assignmentId: claim.assignmentId, seconds: 12 },
    suggestionId: claim.suggestion?.id ?? null,
    answeredAt: new Date().toISOString(),
    ...said,
  })
  await submitReview(member, input)
  return { ...input, caseId: claim.case.id }
}

async function caseToReview(pool: 'example' | 'dev' | 'test' = 'dev') {
  const caseId = await createCase(project, { pool })
  await createSuggestion(setup.runId, caseId, { labelId: project.categories.Billing })
  await openMissingAssignments(project.id)
  return caseId
}

/** As it is sent, made, and brought to its end. */
async function change(input: object, settle = true): Promise<string> {
  const { id } = await makeCategoryChange(
    manager,
    categoryChangeInput.parse({ id: newId(), ...input }),
  )
  if (settle) await bringToEnd(id)
  return id
}

async function bringToEnd(id: string) {
  await settleChange(id, { graceMs: 0, chunk: 2 })
  await openMissingAssignments(project.id)
}

const split = (keeps: boolean) => ({
  kind: 'split',
  categoryId: project.categories.Billing,
  into: [
    { name: keeps ? 'Billing' : 'Charges', description: 'What was charged.', keeps },
    { name: 'Credits', description: 'What was given back.' },
  ],
})
const mergeIntoDefect = () => ({
  kind: 'merge',
  categoryIds: [project.categories.Billing],
  intoId: project.categories.Defect,
})
const remove = () => ({ kind: 'remove', categoryId: project.categories.Billing })

const finalLabel = (caseId: string) => db.finalLabel.findUnique({ where: { caseId } })
const idOf = async (name: string) =>
  (await db.category.findFirstOrThrow({ where: { projectId: project.id, name } })).id
const openOf = (caseId: string) => db.assignment.findMany({ where: { caseId, status: 'open' } })
const wantTwo = () => db.project.update({ where: { id: project.id }, data: { reviewsWanted: 2 } })

describe('a split', () => {
  it('sends cases back, also to the one reviewer there is, and keeps what was said', async () => {
    const caseId = await caseToReview()
    const other = await caseToReview()
    const said = await answer(pat, { labelId: project.categories.Billing })
    const kept = await answer(pat, { labelId: project.categories.Defect })
    expect(new Set([said.caseId, kept.caseId])).toEqual(new Set([caseId, other]))
    const id = await change(split(false))
    expect(await finalLabel(said.caseId)).toBeNull()
    expect((await finalLabel(kept.caseId))?.labelId).toBe(project.categories.Defect)
    const again = await answer(pat, { labelId: await idOf('Credits') })
    expect(again.caseId).toBe(said.caseId)
    expect(await finalLabel(said.caseId)).toMatchObject({
      labelId: await idOf('Credits'),
      source: 'review',
    })
    const rows = await db.review.findMany({
      where: { caseId: said.caseId },
      orderBy: { createdAt: 'asc' },
    })
    expect(rows.map((row) => [row.labelId, row.undone, row.changeId, row.round])).toEqual([
      [project.categories.Billing, false, null, 0],
      [null, true, id, 0],
      [await idOf('Credits'), false, null, 1],
    ])
  })

  it('keeps the identity of one part, and spares what is said with it afterwards', async () => {
    const caseId = await caseToReview()
    await answer(pat, { labelId: project.categories.Billing })
    const id = await change(split(true), false)
    const fresh = await caseToReview()
    await answer(sam, { labelId: project.categories.Billing })
    await bringToEnd(id)
    expect(await finalLabel(caseId)).toBeNull()
    expect((await finalLabel(fresh))?.labelId).toBe(project.categories.Billing)
    const rows = await db.category.findMany({
      where: { projectId: project.id, archivedAt: null },
      orderBy: { position: 'asc' },
    })
    expect(rows.map(({ key }) => key)).toEqual(['billing', 'credits', 'defect', 'education'])
  })

  it('sends imported, settled and bulk labels back as well, and remembers them', async () => {
    const [imported, settled] = [
      await createCase(project, { pool: 'test' }),
      await createCase(project),
    ]
    await setFinalLabel(project, imported, project.categories.Billing)
    await setFinalLabel(project, settled, project.categories.Billing)
    await settleCase(manager, settled, {
      ...{ labelId: project.categories.Billing, secondLabelId: null },
      precedent: 'A refund is billing.',
    })
    const id = await change(split(false))
    expect(await db.finalLabel.count({ where: { projectId: project.id } })).toBe(0)
    expect((await openOf(imported)).map(({ mode }) => mode)).toEqual(['blind'])
    const items = await db.categoryChangeCase.findMany({ where: { changeId: id } })
    expect(items.find(({ caseId }) => caseId === settled)).toMatchObject({
      source: 'settled',
      precedent: 'A refund is billing.',
      labelId: project.categories.Billing,
    })
  })

  it('begins disagreements about it anew, with as many reviews as wanted', async () => {
    await wantTwo()
    const caseId = await caseToReview()
    await answer(pat, { labelId: project.categories.Billing })
    await answer(sam, { labelId: project.categories.Defect })
    expect(await db.dispute.count({ where: { caseId } })).toBe(1)
    await change(split(false))
    expect(await db.dispute.count({ where: { caseId } })).toBe(0)
    expect((await openOf(caseId)).map(({ slot }) => slot)).toEqual([1, 2])
    const labelId = await idOf('Charges')
    await answer(pat, { labelId })
    expect((await claimNextCases(pat)).claims).toEqual([])
    await answer(sam, { labelId })
    expect(await finalLabel(caseId)).toMatchObject({ labelId, source: 'agreement' })
  })

  it('lets whoever is at the second review of such a case finish it, as a first one', async () => {
    await wantTwo()
    const caseId = await caseToReview()
    await answer(pat, { labelId: project.categories.Billing })
    const [held] = (await claimNextCases(sam)).claims
    await change(split(false))
    const labelId = await idOf('Credits')
    const input = submitInput.parse({
      ...{ id: newId(), assignmentId: held?.assignmentId, suggestionId: null, labelId },
      answeredAt: new Date().toISOString(),
    })
    await submitReview(sam, input)
    expect((await claimNextCases(sam)).claims).toEqual([])
    await answer(pat, { labelId })
    expect(await finalLabel(caseId)).toMatchObject({ labelId, source: 'agreement' })
  })

  it('withdraws a second opinion that was asked for because of it', async () => {
    const caseId = await caseToReview()
    await answer(pat, {
      labelId: project.categories.Billing,
      closeCall: true,
      secondLabelId: project.categories.Defect,
    })
    expect((await openOf(caseId)).map(({ purpose }) => purpose)).toEqual(['second_opinion'])
    await change(split(false))
    expect((await openOf(caseId)).map(({ purpose }) => purpose)).toEqual(['ordinary'])
    // What was taken back by the product can't be taken back once more.
    await expect(undoReview(pat, { id: newId(), reviewId: null })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('flags the examples that came from it and puts check cases aside', async () => {
    const caseId = await caseToReview('example')
    const said = await answer(pat, { labelId: project.categories.Billing })
    const draft = await db.version.create({
      data: {
        ...{
          id: newId(),
          projectId: project.id,
          persona: '',
          rules: '',
          answerFormat: {},
          model: {},
        },
        categories: {
          create: Object.values(project.categories).map((categoryId, position) => ({
            ...{ categoryId, position, description: 'Mine.' },
          })),
        },
        examples: {
          create: {
            ...{
              id: newId(),
              kind: 'good',
              caseId,
              reviewId: said.id,
              text: 'A text',
              position: 0,
            },
            ...{ labelId: project.categories.Billing, explanation: 'So.' },
          },
        },
      },
    })
    await db.checkCase.create({ data: { caseId, projectId: project.id } })
    await change(split(false))
    const after = await db.version.findUniqueOrThrow({
      where: { id: draft.id },
      include: { examples: true, categories: { orderBy: { position: 'asc' } } },
    })
    expect(after.examples[0]).toMatchObject({ enabled: false, flaggedAt: expect.any(Date) })
    expect(after.categories.map(({ description }) => description)).toEqual([
      'What was charged.',
      'What was given back.',
      'Mine.',
      'Mine.',
    ])
    expect(after.edit).toBe(1)
    expect(await db.checkCase.count({ where: { caseId } })).toBe(0)
  })

  it('lets who looked at their own example case again answer it, and nobody who saw a dev case', async () => {
    const [shown, blind] = [await caseToReview('example'), await caseToReview('dev')]
    for (let n = 0; n < 2; n++) await answer(pat, { labelId: project.categories.Billing })
    await db.caseSight.createMany({
      data: [shown, blind].map((caseId) => ({ caseId, userId: pat.userId })),
    })
    await change(split(false))
    const { claims } = await claimNextCases(pat)
    expect(claims.map((claim) => claim.case.id)).toEqual([shown])
    // Of the model’s old label nothing is left to agree with.
    expect(claims[0]?.suggestion?.labelId).toBeNull()
  })

  it('leaves alone what was settled since, and goes on where it was left', async () => {
    const ids = [await createCase(project), await createCase(project), await createCase(project)]
    for (const caseId of ids) await setFinalLabel(project, caseId, project.categories.Billing)
    const id = await change(split(false), false)
    const [first = ''] = ids
    await settleCase(manager, first, {
      ...{ labelId: project.categories.Defect, secondLabelId: null, precedent: 'It is.' },
    })
    const stopped = new AbortController()
    stopped.abort()
    await settleChange(id, { graceMs: 0, signal: stopped.signal })
    expect((await db.categoryChange.findUniqueOrThrow({ where: { id } })).done).toBe(0)
    await bringToEnd(id)
    await bringToEnd(id)
    expect(await db.categoryChange.findUniqueOrThrow({ where: { id } })).toMatchObject({
      ...{ recalled: 3, done: 3, finishedAt: expect.any(Date) },
    })
    expect((await db.finalLabel.findMany({ where: { projectId: project.id } })).length).toBe(1)
    expect((await finalLabel(first))?.labelId).toBe(project.categories.Defect)
  })

  it('sends back what was labelled before it, also where the clock of the database is ahead', async () => {
    const caseId = await createCase(project)
    await setFinalLabel(project, caseId, project.categories.Billing)
    const at = new Date(Date.now() + 60_000)
    await db.finalLabel.update({ where: { caseId }, data: { at } })
    await change(split(true))
    expect(await finalLabel(caseId)).toBeNull()
  })

  it('can be undone until the first case was sent back, with drafts and all', async () => {
    const caseId = await caseToReview()
    await answer(pat, { labelId: project.categories.Billing })
    const id = await change(split(false), false)
    await undoCategoryChange(manager, id)
    await bringToEnd(id)
    expect((await finalLabel(caseId))?.labelId).toBe(project.categories.Billing)
    const names = await db.category.findMany({
      where: { projectId: project.id, archivedAt: null },
      orderBy: { position: 'asc' },
    })
    expect(names.map(({ name }) => name)).toEqual(['Billing', 'Defect', 'Education'])
    const second = await change(split(false))
    await expect(undoCategoryChange(manager, second)).rejects.toThrow('back in the queue already')
  })
})

describe('a merge', () => {
  it('carries labels over as they are, and counts answers as what they are now', async () => {
    const caseId = await caseToReview()
    const said = await answer(pat, { labelId: project.categories.Billing })
    const before = await finalLabel(caseId)
    await change(mergeIntoDefect())
    const after = await finalLabel(caseId)
    expect(after).toEqual({ ...before, labelId: project.categories.Defect })
    const review = await db.review.findUniqueOrThrow({ where: { id: said.id } })
    expect(review.labelId).toBe(project.categories.Billing)
    // A suggestion of what was merged is one of what it became: one key agrees with it.
    await caseToReview('example')
    const [claim] = (await claimNextCases(sam)).claims
    expect(claim?.suggestion?.labelId).toBe(project.categories.Defect)
  })

  it('ends disagreements between what is one now', async () => {
    await wantTwo()
    const caseId = await caseToReview()
    await answer(pat, { labelId: project.categories.Billing })
    await answer(sam, { labelId: project.categories.Defect })
    const id = await change(mergeIntoDefect())
    expect(await db.dispute.count({ where: { caseId } })).toBe(0)
    expect(await finalLabel(caseId)).toMatchObject({
      ...{ labelId: project.categories.Defect, source: 'agreement' },
    })
    await undoCategoryChange(manager, id)
    await bringToEnd(id)
    expect(await db.dispute.count({ where: { caseId } })).toBe(1)
    expect(await finalLabel(caseId)).toBeNull()
  })

  it('keeps second choices apart from the label, and takes all of it back when undone', async () => {
    const [both, second] = [await createCase(project), await createCase(project)]
    const { Billing, Defect, Education } = project.categories
    await setFinalLabel(project, both, Defect, Billing)
    await setFinalLabel(project, second, Education, Billing)
    const id = await change(mergeIntoDefect())
    expect((await finalLabel(both))?.secondLabelId).toBeNull()
    expect((await finalLabel(second))?.secondLabelId).toBe(Defect)
    await undoCategoryChange(manager, id)
    await bringToEnd(id)
    expect(await finalLabel(both)).toMatchObject({ labelId: Defect, secondLabelId: Billing })
    expect(await finalLabel(second)).toMatchObject({ labelId: Education, secondLabelId: Billing })
  })

  it('can ask again about the merged ones alone', async () => {
    const [merged, own] = [await createCase(project), await createCase(project)]
    await setFinalLabel(project, merged, project.categories.Billing)
    await setFinalLabel(project, own, project.categories.Defect)
    await change({ ...mergeIntoDefect(), askAgain: true })
    expect(await finalLabel(merged)).toBeNull()
    expect((await finalLabel(own))?.labelId).toBe(project.categories.Defect)
  })

  it('follows what was merged before', async () => {
    const caseId = await caseToReview()
    await answer(pat, { labelId: project.categories.Billing })
    await change({
      ...{ kind: 'split', categoryId: project.categories.Education },
      into: [{ name: 'Education', keeps: true }, { name: 'Other' }],
    })
    await change(mergeIntoDefect())
    const { Defect, Education } = project.categories
    await change({ kind: 'merge', categoryIds: [Defect], intoId: Education })
    expect((await finalLabel(caseId))?.labelId).toBe(Education)
    // Neither is anything any more once what they became is split.
    await change({
      ...{ kind: 'split', categoryId: Education },
      into: [{ name: 'Lessons' }, { name: 'Advice' }],
    })
    expect(await finalLabel(caseId)).toBeNull()
    const merged = { projectId: project.id, mergedIntoId: { not: null } }
    expect(await db.category.count({ where: merged })).toBe(0)
  })

  it('gives drafts’ examples the label they became, and nothing to learn where it was the wrong one', async () => {
    const caseId = await createCase(project)
    const base = { caseId, text: 'A text', explanation: 'So.' }
    const { Billing, Defect, Education } = project.categories
    const draft = await db.version.create({
      data: {
        ...{
          id: newId(),
          projectId: project.id,
          persona: '',
          rules: '',
          answerFormat: {},
          model: {},
        },
        categories: {
          create: [Billing, Defect, Education].map((categoryId, position) => ({
            ...{ categoryId, position, description: '' },
          })),
        },
        examples: {
          create: [
            { ...base, id: newId(), kind: 'good', position: 0, labelId: Billing },
            {
              ...base,
              id: newId(),
              kind: 'bad',
              position: 1,
              labelId: Defect,
              wrongLabelId: Billing,
            },
            {
              ...base,
              id: newId(),
              kind: 'bad',
              position: 2,
              labelId: Education,
              wrongLabelId: Billing,
            },
          ],
        },
      },
    })
    await change(mergeIntoDefect())
    const { examples, categories } = await db.version.findUniqueOrThrow({
      where: { id: draft.id },
      include: { examples: { orderBy: { position: 'asc' } }, categories: true },
    })
    expect(examples.map((one) => [one.labelId, one.wrongLabelId, one.enabled])).toEqual([
      [Defect, null, true],
      [Defect, Defect, false],
      [Education, Defect, true],
    ])
    expect(categories).toHaveLength(2)
  })
})

describe('corrections', () => {
  const statuses = async () => {
    const engineer = await createMember(project, 'prompt_engineer', 'Eve')
    const { rows } = await listCorrections(engineer, {})
    return rows.map(({ status }) => status)
  }

  it('are none any more between what is one now, and leave with the answer that is taken back', async () => {
    await caseToReview('example')
    await answer(pat, { labelId: project.categories.Defect })
    expect(await statuses()).toEqual(['open'])
    const id = await change(mergeIntoDefect())
    expect(await statuses()).toEqual(['overruled'])
    await undoCategoryChange(manager, id)
    await bringToEnd(id)
    expect(await statuses()).toEqual(['open'])
    const into = [{ name: 'Bug' }, { name: 'Outage' }]
    await change({ kind: 'split', categoryId: project.categories.Defect, into })
    expect(await statuses()).toEqual([])
  })
})

describe('a removal', () => {
  it('sends its cases back, and drops it as a second choice', async () => {
    const [own, second] = [await createCase(project), await createCase(project)]
    await setFinalLabel(project, own, project.categories.Billing)
    await setFinalLabel(project, second, project.categories.Defect, project.categories.Billing)
    await change(remove())
    expect(await finalLabel(own)).toBeNull()
    expect(await finalLabel(second)).toMatchObject({
      labelId: project.categories.Defect,
      secondLabelId: null,
    })
  })

  it('takes no answer with it any more, and no imported label that waited', async () => {
    const caseId = await caseToReview()
    const [claim] = (await claimNextCases(pat)).claims
    await change(remove())
    const late = submitInput.parse({
      ...{ id: newId(), assignmentId: claim?.assignmentId, suggestionId: null },
      labelId: project.categories.Billing,
      answeredAt: new Date().toISOString(),
    })
    await expect(submitReview(pat, late)).rejects.toMatchObject({ code: 'invalid' })
    // Whatever way it comes.
    const label = { caseId, projectId: project.id, source: 'imported' } as const
    const written = db.finalLabel.create({
      data: { ...label, labelId: project.categories.Billing },
    })
    await expect(written).rejects.toThrow('none any more')
  })
})

describe('a new meaning', () => {
  it('asks again only when that is wanted', async () => {
    const caseId = await caseToReview()
    await answer(pat, { labelId: project.categories.Billing })
    const words = { kind: 'rename', categoryId: project.categories.Billing, name: 'Charges' }
    await change(words)
    expect((await finalLabel(caseId))?.labelId).toBe(project.categories.Billing)
    await change({ ...words, description: 'Only charges.', askAgain: true })
    expect(await finalLabel(caseId)).toBeNull()
    const again = await answer(pat, { labelId: project.categories.Billing })
    expect(again.caseId).toBe(caseId)
  })

  it('is refused while the cases of the last change are under way, and changes nothing twice', async () => {
    const caseId = await createCase(project)
    await setFinalLabel(project, caseId, project.categories.Billing)
    const input = { ...split(true), id: newId() }
    await change(input, false)
    await change(input, false)
    expect(await db.category.count({ where: { projectId: project.id, archivedAt: null } })).toBe(4)
    await expect(change(remove())).rejects.toThrow('still being brought up to date')
  })
})
