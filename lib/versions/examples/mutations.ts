import type { Member } from '@/lib/platform/access'
import { db, type Tx } from '@/lib/platform/database'
import { conflict, invalid, notFound } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { takeDraft } from '../drafts/mutations'
import { lockExampleTexts, refuseNearTexts } from '../leaks/data'
import type { ExampleChange, NewExample } from './schema'

type Labels = { labelId?: string; wrongLabelId?: string | null }

/** Adds an example after the others. Throws not-found, `conflict`, `invalid`. */
export async function addExample(
  member: Member,
  versionId: string,
  { edit, ...example }: NewExample,
): Promise<{ id: string }> {
  return db.$transaction(async (tx) => {
    await lockExampleTexts(tx, member.projectId)
    await takeDraft(tx, member, versionId, edit)
    return appendExample(tx, member, versionId, { ...example, reviewId: null })
  })
}

/**
 * The texts must be locked and the draft taken already. Throws `invalid` for a case outside the example
 * pool, and for a text that is nearly the same as a case of dev or test.
 */
export async function appendExample(
  tx: Tx,
  member: Member,
  versionId: string,
  example: Omit<NewExample, 'edit'> & { reviewId: string | null },
): Promise<{ id: string }> {
  const from = await tx.case.findFirst({
    where: { id: example.caseId, projectId: member.projectId },
    select: { pool: true },
  })
  if (!from) throw notFound('This case')
  if (from.pool !== 'example') {
    throw invalid('Only a case of the example pool can become an example.')
  }
  await checkLabels(tx, versionId, example)
  await refuseNearTexts(tx, member.projectId, [example.text], example.caseId)
  const last = await tx.example.aggregate({ where: { versionId }, _max: { position: true } })
  const id = newId()
  const position = (last._max.position ?? -1) + 1
  await tx.example.create({ data: { id, versionId, position, ...example } })
  return { id }
}

/** Changes an example's text, labels or explanation, or switches it off and on. */
export async function changeExample(
  member: Member,
  versionId: string,
  exampleId: string,
  { edit, ...change }: ExampleChange,
): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockExampleTexts(tx, member.projectId)
    await takeDraft(tx, member, versionId, edit)
    const example = await tx.example.findFirst({ where: { id: exampleId, versionId } })
    if (!example) throw notFound('This example')
    if (change.text !== undefined && change.text !== example.text) {
      await refuseNearTexts(tx, member.projectId, [change.text])
    }
    if (change.labelId !== undefined || change.wrongLabelId !== undefined) {
      await checkLabels(tx, versionId, { ...example, ...change })
    }
    await tx.example.update({ where: { id: exampleId }, data: change })
  })
}

export async function removeExample(
  member: Member,
  versionId: string,
  exampleId: string,
  edit: number,
): Promise<void> {
  await db.$transaction(async (tx) => {
    await takeDraft(tx, member, versionId, edit)
    const { count } = await tx.example.deleteMany({ where: { id: exampleId, versionId } })
    if (count === 0) throw notFound('This example')
  })
}

/** Throws `conflict` when `ids` are not exactly the draft's examples. */
export async function orderExamples(
  member: Member,
  versionId: string,
  { edit, ids }: { edit: number; ids: readonly string[] },
): Promise<void> {
  await db.$transaction(async (tx) => {
    await takeDraft(tx, member, versionId, edit)
    const there = await tx.example.findMany({ where: { versionId }, select: { id: true } })
    const wanted = new Set(ids)
    if (wanted.size !== there.length || there.some(({ id }) => !wanted.has(id))) {
      throw conflict('The examples have changed meanwhile. Nothing was reordered.')
    }
    await tx.$executeRaw`
      UPDATE "Example" e SET position = o.position - 1
      FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY AS o(id, position)
      WHERE e.id = o.id AND e."versionId" = ${versionId}::uuid`
  })
}

async function checkLabels(tx: Tx, versionId: string, labels: Labels): Promise<void> {
  const wanted = [labels.labelId, labels.wrongLabelId].filter((id) => typeof id === 'string')
  const known = await tx.versionCategory.count({
    where: { versionId, categoryId: { in: wanted } },
  })
  if (known !== new Set(wanted).size) throw invalid('A label of an example must be a category.')
  if (labels.labelId !== undefined && labels.labelId === labels.wrongLabelId) {
    throw invalid('The wrong label can’t be the right one.', { wrongLabelId: 'Choose another.' })
  }
}
