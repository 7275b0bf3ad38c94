import { beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { untilSomeoneWaits } from '@/lib/platform/testing/locks'
import { createFinishedRun, createVersion, setFinalLabel } from '@/lib/platform/testing/versions'
import { getVersion } from '../data'
import { listConfusionPairs, listCorrections } from './data'
import { decideCorrection, promoteCorrection } from './mutations'

let project: TestProject
let engineer: Member
let draftId: string
let setupId: string

beforeEach(async () => {
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer', 'Eva')
  const version = await createVersion(project, { number: 1 })
  setupId = version.setupId
  draftId = (await createVersion(project, { parentId: version.id })).id
})

type Said = {
  labelId: string | null
  supersedesId?: string
  assignmentId?: string
  reviewer?: Member
  undone?: boolean
  wrongReason?: boolean
  thumb?: 'up' | 'down'
}

type Reviewed = { caseId: string; assignmentId: string; suggestionId: string; reviewer: Member }

/** A case that the version labelled as a defect, assigned to someone. */
async function assign(pool: 'example' | 'dev' = 'example'): Promise<Reviewed> {
  const reviewer = await createMember(project, 'reviewer', 'Rob')
  const caseId = await createCase(project, { pool })
  await createFinishedRun(project, setupId, {
    pool,
    content: {},
    contentHash: 'x',
    answers: { [caseId]: project.categories.Defect },
  })
  const suggestion = await db.suggestion.findFirstOrThrow({ where: { caseId } })
  const assignmentId = newId()
  await db.assignment.create({
    data: {
      id: assignmentId,
      projectId: project.id,
      caseId,
      slot: 1,
      mode: 'shown',
      frame: pool,
      rank: 0.5,
      status: 'answered',
    },
  })
  return { caseId, assignmentId, suggestionId: suggestion.id, reviewer }
}

async function review(on: Reviewed, said: Said): Promise<string> {
  const id = newId()
  await db.review.create({
    data: {
      id,
      projectId: project.id,
      assignmentId: on.assignmentId,
      caseId: on.caseId,
      purpose: 'ordinary',
      reviewerId: on.reviewer.userId,
      suggestionId: on.suggestionId,
      note: said.undone ? '' : 'It was their own setting.',
      answeredAt: new Date(),
      labelId: said.labelId,
      thumb: said.undone ? null : (said.thumb ?? 'down'),
      wrongReason: said.wrongReason ?? false,
      undone: said.undone ?? false,
      supersedesId: said.supersedesId ?? null,
    },
  })
  return id
}

const promotion = () => ({
  versionId: draftId,
  kind: 'bad' as const,
  text: 'The case in short',
  explanation: 'Classification should be Education and not Defect. It was their own setting.',
})

test('a promoted correction is a bad example that remembers its review', async () => {
  const { Defect, Education } = project.categories
  const on = await assign()
  const reviewId = await review(on, { labelId: Education })
  const { id } = await promoteCorrection(engineer, reviewId, promotion())

  const draft = await getVersion(engineer, draftId)
  expect(draft.examples).toEqual([
    expect.objectContaining({
      id,
      kind: 'bad',
      reviewId,
      caseId: on.caseId,
      labelId: Education,
      wrongLabelId: Defect,
      text: 'The case in short',
      enabled: true,
    }),
  ])
  expect(draft.edit).toBe(1)
  const [correction] = await listCorrections(engineer, {})
  expect(correction).toMatchObject({ status: 'promoted', promotedTo: [{ id: draftId }] })
  await expect(promoteCorrection(engineer, reviewId, promotion())).rejects.toMatchObject({
    code: 'conflict',
    message: 'This correction is an example of this draft already.',
  })
})

test('nothing outside the example pool becomes an example, not even by SQL', async () => {
  const on = await assign('dev')
  const reviewId = await review(on, { labelId: project.categories.Education })
  expect(await listCorrections(engineer, {})).toEqual([])
  await expect(promoteCorrection(engineer, reviewId, promotion())).rejects.toMatchObject({
    code: 'conflict',
    message: 'Only a case of the example pool can become an example.',
  })
  const insert = db.$executeRaw`
    INSERT INTO "Example" (id, "versionId", kind, "caseId", text, "labelId", explanation, position)
    VALUES (${newId()}::uuid, ${draftId}::uuid, 'bad', ${on.caseId}::uuid, 'x',
      ${project.categories.Education}::uuid, '', 0)`
  await expect(insert).rejects.toThrow(/example pool/)
  expect((await getVersion(engineer, draftId)).edit).toBe(0)
})

test('a frozen version takes no promotion', async () => {
  const reviewId = await review(await assign(), { labelId: project.categories.Education })
  const frozen = await createVersion(project, { number: 2 })
  const late = promoteCorrection(engineer, reviewId, { ...promotion(), versionId: frozen.id })
  await expect(late).rejects.toMatchObject({ code: 'conflict' })
})

test('only what a person says now counts: changed and undone answers are gone', async () => {
  const { Billing, Education, Defect } = project.categories
  const changed = await assign()
  const first = await review(changed, { labelId: Billing })
  const second = await review(changed, { labelId: Education, supersedesId: first })
  const undone = await assign()
  const taken = await review(undone, { labelId: Billing })
  await review(undone, { labelId: null, undone: true, supersedesId: taken })
  const agreed = await assign()
  await review(agreed, { labelId: Defect, thumb: 'up' })

  const corrections = await listCorrections(engineer, {})
  expect(corrections.map(({ reviewId }) => reviewId)).toEqual([second])
  await expect(promoteCorrection(engineer, first, promotion())).rejects.toMatchObject({
    code: 'conflict',
    message: 'This correction was changed or taken back by its reviewer.',
  })
})

test('“wrong, unsure which” waits for a final label', async () => {
  const { Education } = project.categories
  const on = await assign()
  const reviewId = await review(on, { labelId: null })
  expect(await listCorrections(engineer, {})).toMatchObject([
    { status: 'unsettled', rightId: null },
  ])
  await expect(promoteCorrection(engineer, reviewId, promotion())).rejects.toMatchObject({
    code: 'conflict',
  })
  await setFinalLabel(project, on.caseId, Education)
  await promoteCorrection(engineer, reviewId, promotion())
  expect((await getVersion(engineer, draftId)).examples).toMatchObject([{ labelId: Education }])
})

test('the final label outweighs the reviewer; one that proves the suggestion right is overruled', async () => {
  const { Billing, Defect, Education } = project.categories
  const on = await assign()
  const reviewId = await review(on, { labelId: Education })
  await setFinalLabel(project, on.caseId, Billing)
  expect(await listCorrections(engineer, {})).toMatchObject([{ status: 'open', rightId: Billing }])
  await setFinalLabel(project, on.caseId, Defect)
  expect(await listCorrections(engineer, {})).toMatchObject([{ status: 'overruled' }])
  await expect(promoteCorrection(engineer, reviewId, promotion())).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('right label, wrong reason becomes a bad example without a wrong label', async () => {
  const { Defect } = project.categories
  const on = await assign()
  const reviewId = await review(on, { labelId: Defect, thumb: 'up', wrongReason: true })
  await promoteCorrection(engineer, reviewId, promotion())
  expect((await getVersion(engineer, draftId)).examples).toMatchObject([
    { labelId: Defect, wrongLabelId: null, kind: 'bad' },
  ])
})

test('pairs count what is left to do, the most frequent first', async () => {
  const { Billing, Defect, Education } = project.categories
  const reviews: string[] = []
  for (const labelId of [Billing, Education, Education, Education]) {
    reviews.push(await review(await assign(), { labelId }))
  }
  const [, one, two] = reviews
  await decideCorrection(engineer, one ?? '', { decision: 'dismissed', reason: 'Too odd a case' })
  await decideCorrection(engineer, two ?? '', { decision: 'later' })
  const pairs = await listConfusionPairs(engineer)
  expect(pairs.map(({ suggestedId, rightId, total }) => [suggestedId, rightId, total])).toEqual([
    [Defect, Education, 3],
    [Defect, Billing, 1],
  ])
  expect(pairs[0]?.counts).toMatchObject({ open: 1, dismissed: 1, later: 1, promoted: 0 })

  const dismissed = await listCorrections(engineer, { status: 'dismissed' })
  expect(dismissed).toMatchObject([{ reviewId: one, decisionReason: 'Too odd a case' }])
  await decideCorrection(engineer, one ?? '', { decision: 'open' })
  expect((await listConfusionPairs(engineer))[0]?.counts.open).toBe(2)
})

test('what others said of a case that one may yet be asked about stays hidden', async () => {
  const on = await assign()
  await review(on, { labelId: null })
  const open = { id: newId(), slot: 2, mode: 'shown', frame: 'example', rank: 0.5 } as const
  const second = { ...open, projectId: project.id, caseId: on.caseId }
  await db.assignment.create({ data: { ...second, purpose: 'second_opinion' } })
  const manager = await createMember(project, 'manager')
  const counts = async (member: Member) => [
    (await listCorrections(member, {})).length,
    (await listConfusionPairs(member)).length,
  ]
  expect(await counts(engineer)).toEqual([0, 0])
  expect(await counts(manager)).toEqual([1, 1])
  await db.review.create({
    data: {
      ...{ id: newId(), projectId: project.id, caseId: on.caseId, assignmentId: open.id },
      ...{ purpose: 'second_opinion', reviewerId: engineer.userId, answeredAt: new Date() },
      labelId: project.categories.Education,
    },
  })
  expect(await counts(engineer)).toEqual([1, 1])
})

test('an answer that is taken back while it is promoted leaves a flagged example or none', async () => {
  const on = await assign()
  const reviewId = await review(on, { labelId: project.categories.Education })
  const { caseId, assignmentId, reviewer } = on
  const undone = Promise.withResolvers<void>()
  const undoing = db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM "Case" WHERE id = ${caseId}::uuid FOR NO KEY UPDATE`
    undone.resolve()
    await untilSomeoneWaits()
    await tx.review.create({
      data: {
        ...{ id: newId(), projectId: project.id, caseId, assignmentId, purpose: 'ordinary' },
        ...{ reviewerId: reviewer.userId, supersedesId: reviewId, undone: true },
        answeredAt: new Date(),
      },
    })
    await tx.example.updateMany({ where: { reviewId }, data: { flaggedAt: new Date() } })
  })
  await undone.promise
  await expect(promoteCorrection(engineer, reviewId, promotion())).rejects.toThrow('taken back')
  await undoing
  expect(await db.example.count({ where: { reviewId, flaggedAt: null } })).toBe(0)
})

test('a correction of another project is not found', async () => {
  const reviewId = await review(await assign(), { labelId: project.categories.Education })
  const stranger = await createMember(await createProject(), 'prompt_engineer')
  await expect(decideCorrection(stranger, reviewId, { decision: 'later' })).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await listConfusionPairs(stranger)).toEqual([])
})
