import type { Category } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { actAs, recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { conflict, notFound } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { enqueue } from '@/lib/platform/jobs'
import { listCarried, listRecalled } from './concerned/data'
import { isSettling } from './data'
import { adaptDrafts, restoreDrafts } from './drafts/mutations'
import { type ChangeBefore, changeBefore } from './drafts/schema'
import { archivedName, type ChangePlan, planChange } from './rules'
import { type CategoryChangeInput, settleCategoriesJob } from './schema'

/** A list of a million cases takes longer than the five seconds a transaction has by default. */
const LISTING = { timeout: 5 * 60_000 }

/**
 * Splits, merges, renames or removes categories. The categories change at once; their cases are listed,
 * and the worker brings them up to date. The same id again changes nothing. Throws `invalid` and
 * `conflict`, the latter also while the cases of a former change are still being brought up to date.
 */
export async function makeCategoryChange(
  member: Member,
  input: CategoryChangeInput,
): Promise<{ id: string }> {
  const { projectId, userId } = member
  const { id } = input
  await db.$transaction(async (tx) => {
    await lockCategories(tx, member)
    const known = await tx.categoryChange.findUnique({ where: { id } })
    if (known?.projectId === projectId) return
    if (known) throw conflict('Something else was saved under this id. Nothing was changed.')
    await refuseWhileSettling(tx, projectId)
    const rows = await tx.category.findMany({ where: { projectId }, orderBy: { position: 'asc' } })
    const current = rows.filter(({ archivedAt }) => archivedAt === null)
    const plan = planChange(current, input, newId)
    await lockLabels(tx, plan, rows)
    const before = describeBefore(rows, plan)
    await tx.categoryChange.create({
      data: {
        ...{ id, projectId, kind: plan.kind, byId: userId },
        ...{ fromIds: plan.fromIds, intoIds: plan.intoIds },
        fromNames: before.categories.map(({ name }) => name),
        intoNames: plan.intoIds.map((one) => plan.after.find((row) => row.id === one)?.name ?? ''),
        before,
      },
    })
    const recalled = await listRecalled(tx, { changeId: id, projectId }, plan.recalledIds)
    const carried = await listCarried(
      tx,
      { changeId: id, projectId },
      plan.archived.map((one) => one.id),
    )
    await writeCategories(tx, projectId, rows, plan)
    const words = new Map(current.map((category) => [category.id, category.description]))
    const drafts = await adaptDrafts(tx, member, plan, words)
    await tx.categoryChange.update({
      where: { id },
      data: {
        ...{ recalled, carried, before: { ...before, drafts } },
        ...(recalled + carried === 0 ? { finishedAt: new Date() } : {}),
      },
    })
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: `categories.${plan.kind}`,
      subjectId: id,
      detail: { from: before.categories.map(({ name }) => name).join(', '), recalled, carried },
    })
  }, LISTING)
  await enqueue(settleCategoriesJob, id, { changeId: id })
  return { id }
}

/**
 * One change of the categories at a time; whoever writes many labels just now is not waited for long.
 * Drafts are taken too, before any category as saving one does: what is being saved comes before the
 * change, or sees that the draft was changed.
 */
async function lockCategories(tx: Tx, { projectId, userId }: Member): Promise<void> {
  await actAs(tx, userId)
  await tx.$executeRaw`SET LOCAL lock_timeout = '10s'`
  await tx.$queryRaw`SELECT 1 FROM "Project" WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`
  await tx.$queryRaw`
    SELECT 1 FROM "Version"
    WHERE "projectId" = ${projectId}::uuid AND number IS NULL AND "archivedAt" IS NULL
    ORDER BY id FOR NO KEY UPDATE`
}

/**
 * Answers under way with these labels come before the list of cases, or wait and see the change. All at
 * once and in the order of their ids, as whoever writes labels holds theirs: those whose name changes too,
 * which waits for the same. Examples are locked after.
 */
async function lockLabels(tx: Tx, plan: ChangePlan, rows: readonly Category[]): Promise<void> {
  const renamed = plan.after.filter(({ id, isNew, name }) => !isNew && nameOf(rows, id) !== name)
  const isAnswered = plan.recalledIds.length + plan.archived.length > 0
  const ids = [...(isAnswered ? plan.fromIds : []), ...renamed.map(({ id }) => id)]
  await tx.$queryRaw`SELECT 1 FROM "Category" WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`
}

async function refuseWhileSettling(tx: Tx, projectId: string): Promise<void> {
  if (await isSettling(projectId, tx)) {
    throw conflict(
      'The cases of the last change are still being brought up to date. Nothing was changed: wait for it to end, or undo it.',
    )
  }
}

function describeBefore(rows: readonly Category[], { fromIds, intoIds }: ChangePlan): ChangeBefore {
  const touched = [...new Set([...fromIds, ...intoIds])]
  return {
    categories: touched.flatMap((id) => {
      const row = rows.find((one) => one.id === id)
      if (!row || (!fromIds.includes(id) && row.archivedAt)) return []
      const mergedIds = rows.filter((one) => one.mergedIntoId === id).map((one) => one.id)
      return [{ id, name: row.name, description: row.description, mergedIds }]
    }),
    order: rows.filter(({ archivedAt }) => archivedAt === null).map(({ id }) => id),
    drafts: [],
  }
}

async function writeCategories(
  tx: Tx,
  projectId: string,
  rows: readonly Category[],
  plan: ChangePlan,
): Promise<void> {
  for (const { id, intoId } of plan.archived) {
    const row = rows.find((one) => one.id === id)
    if (!row) continue
    await tx.category.update({
      where: { id },
      data: { name: archivedName(row), archivedAt: new Date(), mergedIntoId: intoId },
    })
    // What was merged into it before follows it.
    await tx.category.updateMany({ where: { mergedIntoId: id }, data: { mergedIntoId: intoId } })
  }
  await writeWords(
    tx,
    plan.after.filter(({ id, isNew, name }) => !isNew && nameOf(rows, id) !== name),
  )
  for (const [position, { id, key, name, description, isNew }] of plan.after.entries()) {
    if (isNew) {
      await tx.category.create({
        data: { id, projectId, key: freeKey(rows, key), name, description, position },
      })
      continue
    }
    const row = rows.find((one) => one.id === id)
    if (row?.position === position && row.description === description && row.name === name) continue
    await tx.category.update({
      where: { id },
      data: { description, position, ...(row?.name === name ? {} : { name }) },
    })
  }
}

const nameOf = (rows: readonly Category[], id: string) => rows.find((one) => one.id === id)?.name

/** Names are unique: those that change step aside first. */
async function writeWords(tx: Tx, rows: readonly { id: string }[]): Promise<void> {
  for (const { id } of rows) {
    await tx.category.update({ where: { id }, data: { name: `~${id}` } })
  }
}

/** Keys of former categories stay theirs. */
function freeKey(rows: readonly Category[], key: string): string {
  return rows.some((one) => one.key === key) ? `${key}-${newId().slice(-4)}` : key
}

/**
 * Takes the newest change back: at any time where labels only went on under another name, and until the
 * first case was sent back otherwise. Throws not-found, and `conflict` where it is too late.
 */
export async function undoCategoryChange(member: Member, id: string): Promise<void> {
  const { projectId, userId } = member
  await db.$transaction(async (tx) => {
    await lockCategories(tx, member)
    const change = await tx.categoryChange.findFirst({ where: { id, projectId } })
    if (!change) throw notFound('This change')
    if (change.undoneAt) return
    const newest = await tx.categoryChange.findFirst({
      where: { projectId, undoneAt: null },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
    })
    if (newest?.id !== id) throw conflict('Only the newest change can be undone.')
    const { count } = await tx.categoryChange.updateMany({
      where: { id, undoneAt: null, OR: [{ recalled: 0 }, { startedAt: null }] },
      data: {
        ...{ undoneAt: new Date(), undoneById: userId },
        // What went on under another name goes back to its own, by the same way.
        ...(change.carried > 0 ? { finishedAt: null, done: 0 } : { finishedAt: new Date() }),
      },
    })
    if (count === 0) {
      throw conflict(
        'Cases of this change are back in the queue already, so it can’t be undone. Their former labels stay on their pages.',
      )
    }
    await refuseUsed(
      tx,
      change.intoIds.filter((one) => !change.fromIds.includes(one)),
      change,
    )
    await restore(tx, projectId, changeBefore.parse(change.before), change.intoIds)
    await restoreDrafts(tx, userId, changeBefore.parse(change.before).drafts)
    await tx.categoryChangeCase.updateMany({ where: { changeId: id }, data: { done: false } })
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: 'categories.change_undone',
      subjectId: id,
    })
  }, LISTING)
  await enqueue(settleCategoriesJob, id, { changeId: id })
}

/** New categories that were used meanwhile would leave labels behind. */
async function refuseUsed(
  tx: Tx,
  madeIds: readonly string[],
  { kind }: { kind: ChangePlan['kind'] },
): Promise<void> {
  if (kind !== 'split') return
  const among = { in: [...madeIds] }
  const used =
    (await tx.review.count({ where: { labelId: among } })) +
    (await tx.finalLabel.count({ where: { labelId: among } }))
  if (used > 0) throw conflict('Cases were labelled with the new categories already.')
}

async function restore(
  tx: Tx,
  projectId: string,
  { categories, order }: ChangeBefore,
  intoIds: readonly string[],
): Promise<void> {
  const rows = await tx.category.findMany({ where: { projectId } })
  const made = rows.filter(({ id }) => intoIds.includes(id) && !order.includes(id))
  for (const row of made) {
    const name = archivedName(row)
    await tx.category.update({ where: { id: row.id }, data: { name, archivedAt: new Date() } })
  }
  const others = rows.filter(
    ({ id, archivedAt }) => !archivedAt && !categories.some((one) => one.id === id),
  )
  const taken = categories.find(({ name }) =>
    others.some((row) => row.name === name && !made.includes(row)),
  )
  if (taken) throw conflict(`Another category is called “${taken.name}” by now. Rename it first.`)
  await writeWords(tx, categories)
  for (const { id, name, description, mergedIds } of categories) {
    await tx.category.update({
      where: { id },
      data: { name, description, archivedAt: null, mergedIntoId: null },
    })
    await tx.category.updateMany({ where: { id: { in: mergedIds } }, data: { mergedIntoId: id } })
  }
  for (const [position, id] of order.entries()) {
    await tx.category.updateMany({ where: { id, archivedAt: null }, data: { position } })
  }
}
