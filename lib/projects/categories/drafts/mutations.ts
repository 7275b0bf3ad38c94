import { Prisma } from '@/generated/prisma/client'
import type { Tx } from '@/lib/platform/database'
import { lockExamples } from '@/lib/versions/examples/locking/data'
import type { ChangePlan } from '../rules'
import type { DraftBefore } from './schema'

/**
 * Brings the drafts of a project in line with a change of its categories: they take over what became of
 * the changed one, examples of a merged one get the label it became, and those of one that was split or
 * removed are flagged, and switched off where their label is none any more. Whoever has such a draft open
 * is told at the next save. Returns what the drafts were, for taking it back.
 */
export async function adaptDrafts(
  tx: Tx,
  { projectId, userId }: { projectId: string; userId: string },
  plan: ChangePlan,
  before: ReadonlyMap<string, string>,
): Promise<DraftBefore[]> {
  const ids = plan.fromIds
  await lockExamples(
    tx,
    Prisma.sql`("labelId" = ANY(${ids}::uuid[]) OR "wrongLabelId" = ANY(${ids}::uuid[]))
      AND "versionId" IN (
        SELECT id FROM "Version"
        WHERE "projectId" = ${projectId}::uuid AND number IS NULL AND "archivedAt" IS NULL
      )`,
  )
  const drafts = await tx.version.findMany({
    where: {
      ...{ projectId, number: null, archivedAt: null },
      OR: [
        { categories: { some: { categoryId: { in: ids } } } },
        { examples: { some: { OR: [{ labelId: { in: ids } }, { wrongLabelId: { in: ids } }] } } },
      ],
    },
    select: {
      id: true,
      edit: true,
      categories: {
        orderBy: [{ position: 'asc' }, { categoryId: 'asc' }],
        select: { categoryId: true, description: true },
      },
      examples: {
        where: { OR: [{ labelId: { in: ids } }, { wrongLabelId: { in: ids } }] },
        select: { id: true, labelId: true, wrongLabelId: true, enabled: true, flaggedAt: true },
      },
    },
  })
  const known: DraftBefore[] = []
  for (const { id, edit, categories, examples } of drafts) {
    const after = describeAnew(categories, plan, before)
    await writeCategories(tx, id, after)
    for (const example of examples) {
      await tx.example.update({ where: { id: example.id }, data: relabel(example, plan) })
    }
    await tx.version.update({
      where: { id },
      data: { edit: { increment: 1 }, updatedAt: new Date(), updatedById: userId },
    })
    known.push({
      ...{ id, edit: edit + 1, categories },
      examples: examples.map(({ flaggedAt, ...example }) => ({
        ...example,
        flagged: flaggedAt !== null,
      })),
    })
  }
  return known
}

type Described = { categoryId: string; description: string }

async function writeCategories(tx: Tx, versionId: string, rows: readonly Described[]) {
  await tx.versionCategory.deleteMany({ where: { versionId } })
  await tx.versionCategory.createMany({
    data: rows.map((row, position) => ({ versionId, position, ...row })),
  })
}

/** A draft with words of its own keeps them, but where the category itself now means something else. */
function describeAnew(
  rows: readonly Described[],
  plan: ChangePlan,
  before: ReadonlyMap<string, string>,
): Described[] {
  const from = new Set(plan.fromIds)
  const words = new Map(plan.after.map(({ id, description }) => [id, description]))
  const first = rows.findIndex(({ categoryId }) => from.has(categoryId))
  const stays = (id: string) => plan.draftIds.includes(id)
  const others = new Set(
    rows.filter(({ categoryId }) => !from.has(categoryId)).map((r) => r.categoryId),
  )
  const replacement = plan.draftIds
    .filter((id) => !others.has(id))
    .map((categoryId): Described => {
      const own = rows.find((row) => row.categoryId === categoryId)
      const untouched = own === undefined || own.description === before.get(categoryId)
      const isNarrower = plan.kind === 'split'
      return {
        categoryId,
        description: untouched || isNarrower ? (words.get(categoryId) ?? '') : own.description,
      }
    })
  return rows.flatMap((row, at) => {
    if (at === first) return replacement
    if (from.has(row.categoryId) && !stays(row.categoryId)) return []
    return from.has(row.categoryId) ? [] : [row]
  })
}

function relabel(
  example: { labelId: string; wrongLabelId: string | null; flaggedAt: Date | null },
  plan: ChangePlan,
) {
  const intoOf = new Map(plan.archived.map(({ id, intoId }) => [id, intoId]))
  const labelId = intoOf.get(example.labelId) ?? example.labelId
  const wrongLabelId = intoOf.get(example.wrongLabelId ?? '') ?? example.wrongLabelId
  const isGone = intoOf.get(labelId) === null || intoOf.get(wrongLabelId ?? '') === null
  // What was wrong is right now: there is nothing left to learn from it.
  const isPointless = labelId === wrongLabelId
  const asksAnew = plan.recalledIds.includes(example.labelId)
  return {
    labelId,
    wrongLabelId,
    ...(isGone || isPointless || asksAnew ? { flaggedAt: example.flaggedAt ?? new Date() } : {}),
    ...(isGone || isPointless ? { enabled: false } : {}),
  }
}

/**
 * Gives drafts back what a change took, also those that were discarded meanwhile: they may be brought
 * back. Those that were saved since stay as they are.
 */
export async function restoreDrafts(
  tx: Tx,
  userId: string,
  drafts: readonly DraftBefore[],
): Promise<void> {
  const touched = drafts.flatMap(({ examples }) => examples.map((example) => example.id))
  await lockExamples(tx, Prisma.sql`id = ANY(${touched}::uuid[])`)
  for (const { id, edit, categories, examples } of drafts) {
    const { count } = await tx.version.updateMany({
      where: {
        ...{ id, number: null },
        // Discarding is a save of its own, and changes nothing.
        OR: [
          { edit, archivedAt: null },
          { edit: edit + 1, archivedAt: { not: null } },
        ],
      },
      data: { edit: { increment: 1 }, updatedAt: new Date(), updatedById: userId },
    })
    if (count === 0) continue
    await writeCategories(tx, id, categories)
    for (const { id: exampleId, flagged, ...data } of examples) {
      await tx.example.updateMany({
        where: { id: exampleId },
        data: { ...data, ...(flagged ? {} : { flaggedAt: null }) },
      })
    }
  }
}
