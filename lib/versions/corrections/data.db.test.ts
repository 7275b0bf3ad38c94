import { beforeEach, describe, expect, test } from 'vitest'
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
import { createVersion, setFinalLabel } from '@/lib/platform/testing/versions'
import { listCorrections, listSeen } from './data'
import { decideFold, undoFoldDecision } from './decisions/mutations'
import { foldDecision } from './decisions/schema'
import { getOverview } from './overview/data'
import type { ListFilter } from './schema'

let project: TestProject
let engineer: Member
let rob: Member
let setup: TestSetup

beforeEach(async () => {
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer', 'Eva')
  rob = await createMember(project, 'reviewer', 'Rob')
  setup = await releaseSetup(project)
  await db.run.update({ where: { id: setup.runId }, data: { done: 1 } })
})

type Category = 'Billing' | 'Defect' | 'Education'
type Said = {
  by?: Member
  like?: string
  at?: string
  closeCall?: boolean
  pool?: 'example' | 'dev'
  final?: boolean
  suggested?: Category
}

/** A case that was taken for a defect, and what a reviewer said it is; it has that final label. */
async function correct(right: Category, said: Said = {}): Promise<{ id: string; caseId: string }> {
  const caseId = await createCase(project, { pool: said.pool ?? 'example' })
  if (said.like) {
    const { clusterId } = await db.case.findUniqueOrThrow({ where: { id: said.like } })
    await db.case.update({ where: { id: caseId }, data: { clusterId } })
  }
  const labelId = project.categories[said.suggested ?? 'Defect']
  const suggestionId = await createSuggestion(setup.runId, caseId, { labelId })
  const id = await createReview(said.by ?? rob, caseId, {
    labelId: project.categories[right],
    thumb: 'down',
    closeCall: said.closeCall ?? false,
    suggestionId,
    note: 'Their own setting.',
    ...(said.at ? { at: new Date(said.at) } : {}),
  })
  if (said.final !== false) await setFinalLabel(project, caseId, project.categories[right])
  return { id, caseId }
}

/** A case that the run labelled; without a final label it only tells how often the label is given. */
async function count(suggested: Category, final: Category | null, n: number): Promise<void> {
  for (let i = 0; i < n; i++) {
    const caseId = await createCase(project)
    await createSuggestion(setup.runId, caseId, { labelId: project.categories[suggested] })
    if (final) await setFinalLabel(project, caseId, project.categories[final])
  }
}

const decide = (reviewId: string, said: object, member = engineer) =>
  decideFold(member, foldDecision.parse({ id: newId(), reviewId, ...said }))
const listDecided = () =>
  db.correctionDecision.findMany({
    where: { projectId: project.id },
    orderBy: { reviewId: 'asc' },
  })
const decisions = async () =>
  (await listDecided()).map(({ reviewId, decision }) => [reviewId, decision])

const pairsOf = async (member: Member, filter = {}) =>
  (await getOverview(member, filter)).pairs.map(({ rightId, cost, total, counts }) => ({
    right: Object.entries(project.categories).find(([, id]) => id === rightId)?.[0],
    cost: cost === null ? null : Math.round(cost),
    total,
    open: counts.open,
  }))
const idsOf = async (filter: ListFilter, member = engineer) =>
  (await listCorrections(member, filter)).rows.map(({ reviewId }) => reviewId)

test('the most costly pair comes first, though another has more corrections', async () => {
  // Billing for Defect: 2 of 4 labelled, and 16 of 20 cases got Defect; Education for Billing: 3 of 4 of 4.
  await correct('Billing')
  await correct('Billing')
  await count('Defect', 'Defect', 2)
  await count('Defect', null, 12)
  for (let i = 0; i < 3; i++) await correct('Education', { suggested: 'Billing' })
  await count('Billing', 'Billing', 1)
  expect(await pairsOf(engineer)).toEqual([
    { right: 'Billing', cost: 400, total: 2, open: 2 },
    { right: 'Education', cost: 150, total: 3, open: 3 },
  ])
  const { run, versions, reviewers } = await getOverview(engineer, {})
  expect(run).toEqual({ version: 1, cases: 20, standIn: true })
  expect([versions, reviewers]).toEqual([[1], [{ id: rob.userId, name: 'Rob' }]])
})

test('without a release pairs go by their number', async () => {
  await correct('Billing')
  await correct('Education')
  await correct('Education')
  await db.release.updateMany({ data: { endedAt: new Date() } })
  expect(await pairsOf(engineer)).toEqual([
    { right: 'Education', cost: null, total: 2, open: 2 },
    { right: 'Billing', cost: null, total: 1, open: 1 },
  ])
})

describe('near-duplicates', () => {
  test('are one row of their pair, the newest shown, decided together and undone together', async () => {
    const first = await correct('Billing', { at: '2026-01-01' })
    const second = await correct('Billing', { like: first.caseId, at: '2026-01-03' })
    const third = await correct('Billing', { like: first.caseId, at: '2026-01-02' })
    const otherPair = await correct('Education', { like: first.caseId })
    const page = await listCorrections(engineer, { right: project.categories.Billing })
    expect(
      page.rows.map(({ reviewId, alike }) => [reviewId, alike.map((one) => one.reviewId)]),
    ).toEqual([[second.id, [third.id, first.id]]])
    expect(listSeen(page).sort()).toEqual([first, second, third].map(({ caseId }) => caseId).sort())
    expect(await pairsOf(engineer)).toMatchObject([
      { right: 'Billing', total: 3, open: 1 },
      { right: 'Education', total: 1, open: 1 },
    ])

    await db.correctionDecision.create({
      data: {
        ...{ reviewId: first.id, projectId: project.id, decision: 'later' },
        byId: engineer.userId,
      },
    })
    const { id, size } = await decide(third.id, { decision: 'dismissed', reason: 'Too odd' })
    expect(size).toBe(3)
    expect(await idsOf({ status: 'dismissed' })).toEqual([second.id])
    await undoFoldDecision(engineer, id)
    expect(await idsOf({ status: 'open' })).toEqual([otherPair.id, second.id])
    expect(await decisions()).toEqual([[first.id, 'later']])
    // Once more changes nothing.
    await undoFoldDecision(engineer, id)
    expect(await decisions()).toEqual([[first.id, 'later']])
  })

  test('are decided on as they are in the database, also those that the page has not seen', async () => {
    const first = await correct('Billing')
    const input = { id: newId(), reviewId: first.id, decision: 'later' } as const
    const late = await correct('Billing', { like: first.caseId })
    expect(await decideFold(engineer, input)).toEqual({ id: input.id, size: 2 })
    expect(await decisions()).toEqual([
      [first.id, 'later'],
      [late.id, 'later'],
    ])
    // Sent again, and a third one has come: it is nobody's decision yet.
    await correct('Billing', { like: first.caseId })
    expect(await decideFold(engineer, input)).toEqual({ id: input.id, size: 2 })
    expect(await decisions()).toHaveLength(2)
    const stolen = { ...input, reviewId: late.id }
    await expect(decideFold(engineer, stolen)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('keep what was decided anew since, and what was opened again comes back too', async () => {
    const one = await correct('Billing')
    const first = await decide(one.id, { decision: 'later' })
    const second = await decide(one.id, { decision: 'dismissed', reason: 'Too odd' })
    await expect(undoFoldDecision(engineer, first.id)).rejects.toMatchObject({ code: 'conflict' })
    const opened = await decide(one.id, { decision: 'open' })
    expect(await decisions()).toEqual([])
    await undoFoldDecision(engineer, opened.id)
    expect(await decisions()).toEqual([[one.id, 'dismissed']])
    await undoFoldDecision(engineer, second.id)
    expect(await decisions()).toEqual([[one.id, 'later']])
    await undoFoldDecision(engineer, first.id)
    expect(await decisions()).toEqual([])
    const stranger = await createMember(await createProject(), 'prompt_engineer')
    await expect(undoFoldDecision(stranger, first.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('decided on by two at once are decided once each, one after the other', async () => {
    const one = await correct('Billing')
    await correct('Billing', { like: one.caseId })
    const both = [
      decide(one.id, { decision: 'later' }),
      decide(one.id, { decision: 'dismissed', reason: 'Too odd' }),
    ]
    const [later, dismissed] = await Promise.all(both)
    const rows = await listDecided()
    expect(rows).toHaveLength(2)
    expect(new Set(rows.map(({ foldId }) => foldId)).size).toBe(1)
    expect([later?.id, dismissed?.id]).toContain(rows[0]?.foldId)
  })

  test('are listed up to fifty, with the number of all of them, and decided on together', async () => {
    const first = await correct('Billing', { at: '2026-01-01' })
    for (let i = 0; i < 53; i++) await correct('Billing', { like: first.caseId })
    const page = await listCorrections(engineer, {})
    const [row] = page.rows
    expect([page.rows.length, row?.alikeCount, row?.alike.length]).toEqual([1, 53, 50])
    expect(row?.alike.some(({ reviewId }) => reviewId === first.id)).toBe(false)
    expect(listSeen(page)).toHaveLength(51)
    expect(await decide(row?.reviewId ?? '', { decision: 'later' })).toMatchObject({ size: 54 })
    expect(await idsOf({ status: 'open' })).toEqual([])
  })

  test('a promoted one speaks for those like it, whatever the filter leaves', async () => {
    const ann = await createMember(project, 'reviewer', 'Ann')
    const first = await correct('Billing')
    const second = await correct('Billing', { like: first.caseId, by: ann })
    const { id: versionId } = await createVersion(project)
    const { Billing } = project.categories
    await db.example.create({
      data: {
        ...{ id: newId(), versionId, kind: 'bad', caseId: first.caseId, reviewId: first.id },
        ...{ text: 'x', labelId: Billing, explanation: '', position: 0 },
      },
    })
    const page = await listCorrections(engineer, { reviewer: ann.userId })
    expect(page.rows).toMatchObject([
      { reviewId: second.id, status: 'promoted', alike: [{ reviewId: first.id }], alikeCount: 1 },
    ])
    expect(await idsOf({})).toEqual([first.id])
  })
})

test('close calls and wrong reasons stand apart', async () => {
  const { Defect } = project.categories
  const label = await correct('Billing')
  const close = await correct('Billing', { closeCall: true })
  const caseId = await createCase(project)
  const suggestionId = await createSuggestion(setup.runId, caseId, { labelId: Defect })
  const reason = await createReview(rob, caseId, { labelId: Defect, thumb: 'up', suggestionId })
  await db.$executeRaw`ALTER TABLE "Review" DISABLE TRIGGER USER`
  await db.review.update({ where: { id: reason }, data: { wrongReason: true } })
  await db.$executeRaw`ALTER TABLE "Review" ENABLE TRIGGER USER`
  expect(await idsOf({ kind: 'label' })).toEqual([label.id])
  expect(await idsOf({ kind: 'close' })).toEqual([close.id])
  expect(await idsOf({ kind: 'reason' })).toEqual([reason])
  const { pairs } = await getOverview(engineer, {})
  expect(pairs.map(({ kind }) => kind).sort()).toEqual(['close', 'label', 'reason'])
})

test('filters by version, reviewer, day and opinion, the overview as the list', async () => {
  const ann = await createMember(project, 'reviewer', 'Ann')
  const old = await correct('Billing', { at: '2026-03-01T23:59:59Z', final: false })
  const settled = await correct('Billing', { at: '2026-03-02T00:00:00Z', by: ann })
  const single = await correct('Billing', { at: '2026-03-03T12:00:00Z' })
  await db.finalLabel.update({ where: { caseId: single.caseId }, data: { source: 'review' } })
  setup = await releaseSetup(project, 2)
  const late = await correct('Billing', { at: '2026-03-04T12:00:00Z' })
  const cases: [ListFilter, string[]][] = [
    [{ version: 2 }, [late.id]],
    [{ version: 1 }, [single.id, settled.id, old.id]],
    [{ reviewer: ann.userId }, [settled.id]],
    [{ from: '2026-03-02', to: '2026-03-03' }, [single.id, settled.id]],
    [{ to: '2026-03-01' }, [old.id]],
    [{ opinion: 'settled' }, [late.id, settled.id]],
    [{ opinion: 'single' }, [single.id, old.id]],
    [{ version: 1, opinion: 'settled', from: '2026-03-03' }, []],
  ]
  for (const [filter, ids] of cases) {
    expect(await idsOf(filter), JSON.stringify(filter)).toEqual(ids)
    const { pairs } = await getOverview(engineer, filter)
    expect(pairs.reduce((sum, { total }) => sum + total, 0)).toBe(ids.length)
  }
})

test('no list stops in silence: pages follow each other, undecided ones first', async () => {
  const all: string[] = []
  for (let i = 0; i < 53; i++) {
    // Two of a kind at the same moment, so that the order within it is tested too.
    const at = new Date(Date.UTC(2026, 0, 1 + Math.floor(i / 2))).toISOString()
    all.push((await correct('Billing', { at })).id)
  }
  const later = all.slice(0, 3)
  for (const reviewId of later) await decide(reviewId, { decision: 'later' })
  const read: string[] = []
  const sizes: number[] = []
  for (let after: string | undefined; ; ) {
    const page = await listCorrections(engineer, { after })
    sizes.push(page.rows.length)
    read.push(...page.rows.map(({ reviewId }) => reviewId))
    if (page.next === null) break
    after = page.next
  }
  expect(sizes).toEqual([25, 25, 3])
  expect(read.toSorted()).toEqual(all.toSorted())
  expect(read.slice(-3).toSorted()).toEqual(later.toSorted())
})

describe('a case that a person may yet be asked about', () => {
  const ask = async (caseId: string, more = {}) => {
    const id = newId()
    await db.assignment.create({
      data: {
        ...{ id, projectId: project.id, caseId, slot: 2, mode: 'shown', frame: 'example' },
        ...{ rank: 0.5, purpose: 'second_opinion', ...more },
      },
    })
    return id
  }
  const seen = async (member: Member) => [
    (await listCorrections(member, {})).rows.length,
    (await getOverview(member, {})).pairs.length,
    (await getOverview(member, {})).reviewers.length,
  ]

  test('shows nothing of what others said until they have answered', async () => {
    const { caseId, id } = await correct('Billing', { final: false })
    const assignmentId = await ask(caseId)
    expect(await seen(engineer)).toEqual([0, 0, 0])
    expect(await seen(await createMember(project, 'manager'))).toEqual([1, 1, 1])
    const act = decide(id, { decision: 'later' })
    await expect(act).rejects.toMatchObject({ code: 'not_found' })
    await db.review.create({
      data: {
        ...{ id: newId(), projectId: project.id, caseId, assignmentId },
        ...{ purpose: 'second_opinion', reviewerId: engineer.userId, answeredAt: new Date() },
        labelId: project.categories.Billing,
      },
    })
    expect(await seen(engineer)).toEqual([1, 1, 1])
  })

  test('shows nothing while they have it in hand, though it has a final label', async () => {
    const { caseId } = await correct('Billing')
    const held = { holderId: engineer.userId, leaseUntil: new Date(Date.now() + 60_000) }
    const id = await ask(caseId, held)
    expect(await seen(engineer)).toEqual([0, 0, 0])
    await db.assignment.update({ where: { id }, data: { leaseUntil: new Date(0) } })
    expect(await seen(engineer)).toEqual([1, 1, 1])
    await db.assignment.update({ where: { id }, data: { forUserId: engineer.userId } })
    expect(await seen(engineer)).toEqual([0, 0, 0])
  })
})

test('nothing of dev is listed, and nothing of another project can be decided on', async () => {
  await correct('Billing', { pool: 'dev' })
  expect(await idsOf({})).toEqual([])
  const { id } = await correct('Billing')
  const stranger = await createMember(await createProject(), 'prompt_engineer')
  const act = decide(id, { decision: 'later' }, stranger)
  await expect(act).rejects.toMatchObject({ code: 'not_found' })
  expect(await idsOf({}, stranger)).toEqual([])
})
