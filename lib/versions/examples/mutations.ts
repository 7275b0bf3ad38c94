import type { Member } from '@/lib/platform/access'
import { db, type Tx } from '@/lib/platform/database'
import { conflict, invalid, notFound } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { takeDraft } from '../drafts/mutations'
import type { DraftSaved } from '../drafts/schema'
import { keepPositions } from '../drafts/steps/rules'
import { lockExampleTexts, refuseNear } from '../leaks/data'
import type { ExampleChange, NewExample } from './schema'

type Labels = { labelId?: string; wrongLabelId?: string | null }

/**
 * Adds an example after the others, or puts back one that was removed where it stood.
 * Throws not-found, `conflict`, `invalid`.
 */
export async function addExample(
  member: Member,
  versionId: string,
  { edit, reviewId = null, ...example }: NewExample,
): Promise<DraftSaved> {
  return db.$transaction(async (tx) => {
    await lockExampleTexts(tx, member.projectId)
    const saved = await takeDraft(tx, member, versionId, edit)
    const { position } = example
    if (position !== undefined) await makeRoom(tx, versionId, position)
    const flaggedAt = reviewId ? await findFlag(tx, example.caseId, reviewId) : null
    await appendExample(tx, member, versionId, { ...example, reviewId, flaggedAt })
    return saved
  })
}

/** Moves what stands at a place, and after it, one further. */
async function makeRoom(tx: Tx, versionId: string, position: number): Promise<void> {
  const there = await tx.example.count({ where: { versionId, position } })
  if (there === 0) return
  await tx.example.updateMany({
    where: { versionId, position: { gte: position } },
    data: { position: { increment: 1 } },
  })
}

/** When the review an example came from was taken back; null where it holds. Throws `invalid`. */
async function findFlag(tx: Tx, caseId: string, reviewId: string): Promise<Date | null> {
  const review = await tx.review.findFirst({
    where: { id: reviewId, caseId },
    select: { superseded: { select: { undone: true, createdAt: true } } },
  })
  if (!review) throw invalid('The review that the example names is none of its case.')
  return review.superseded?.undone ? review.superseded.createdAt : null
}

/**
 * The texts must be locked and the draft taken already. Throws `invalid` for a case outside the example
 * pool, and for a text that is nearly the same as a case of dev or test.
 */
export async function appendExample(
  tx: Tx,
  member: Member,
  versionId: string,
  {
    id = newId(),
    ...example
  }: Omit<NewExample, 'edit'> & {
    reviewId: string | null
    flaggedAt?: Date | null
  },
): Promise<{ id: string }> {
  const from = await tx.case.findFirst({
    where: { id: example.caseId, projectId: member.projectId },
    select: { pool: true },
  })
  if (!from) throw notFound('This case')
  if (from.pool !== 'example') {
    throw invalid('Only a case of the example pool can become an example.')
  }
  await checkLabels(tx, member, example)
  await refuseNear(tx, member.projectId, example)
  const last = await tx.example.aggregate({ where: { versionId }, _max: { position: true } })
  const position = example.position ?? (last._max.position ?? -1) + 1
  await tx.example.create({ data: { ...example, id, versionId, position } })
  return { id }
}

/** Changes an example's text, labels or explanation, or switches it off and on. */
export async function changeExample(
  member: Member,
  versionId: string,
  exampleId: string,
  { edit, ...change }: ExampleChange,
): Promise<DraftSaved> {
  return db.$transaction(async (tx) => {
    await lockExampleTexts(tx, member.projectId)
    const saved = await takeDraft(tx, member, versionId, edit)
    const example = await tx.example.findFirst({ where: { id: exampleId, versionId } })
    if (!example) throw notFound('This example')
    if (change.text !== undefined && change.text !== example.text) {
      await refuseNear(tx, member.projectId, { text: change.text })
    }
    if (change.labelId !== undefined || change.wrongLabelId !== undefined) {
      await checkLabels(tx, member, { ...example, ...change })
    }
    await tx.example.update({ where: { id: exampleId }, data: change })
    return saved
  })
}

export async function removeExample(
  member: Member,
  versionId: string,
  exampleId: string,
  edit: number,
): Promise<DraftSaved> {
  return db.$transaction(async (tx) => {
    const saved = await takeDraft(tx, member, versionId, edit)
    const { count } = await tx.example.deleteMany({ where: { id: exampleId, versionId } })
    if (count === 0) throw notFound('This example')
    return saved
  })
}

/** Within the places that the examples have. Throws `conflict` when `ids` are not exactly the draft's examples. */
export async function orderExamples(
  member: Member,
  versionId: string,
  { edit, ids }: { edit: number; ids: readonly string[] },
): Promise<DraftSaved> {
  return db.$transaction(async (tx) => {
    const saved = await takeDraft(tx, member, versionId, edit)
    const there = await tx.example.findMany({
      where: { versionId },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
      select: { id: true, position: true },
    })
    const wanted = new Set(ids)
    if (wanted.size !== there.length || there.some(({ id }) => !wanted.has(id))) {
      throw conflict('The examples have changed meanwhile. Nothing was reordered.')
    }
    const positions = keepPositions(there.map(({ position }) => position))
    await tx.$executeRaw`
      UPDATE "Example" e SET position = o.position
      FROM unnest(${[...ids]}::uuid[], ${positions}::int[]) AS o(id, position)
      WHERE e.id = o.id AND e."versionId" = ${versionId}::uuid`
    return saved
  })
}

/**
 * A label may be a category that this draft has left out, or that was removed in the settings: the
 * example says so in the editor, and the draft can't be frozen until it is settled.
 */
async function checkLabels(tx: Tx, { projectId }: Member, labels: Labels): Promise<void> {
  const wanted = [labels.labelId, labels.wrongLabelId].filter((id) => typeof id === 'string')
  const known = await tx.category.count({ where: { projectId, id: { in: wanted } } })
  if (known !== new Set(wanted).size) throw invalid('A label of an example must be a category.')
  if (labels.labelId !== undefined && labels.labelId === labels.wrongLabelId) {
    throw invalid('The wrong label can’t be the right one.', { wrongLabelId: 'Choose another.' })
  }
}
