import type { Actor, Member } from '@/lib/platform/access'
import { actAs, recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { env } from '@/lib/platform/env'
import { AppError, conflict } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { enqueue } from '@/lib/platform/jobs'
import { openAssignmentsJob } from '@/lib/reviews/schema'
import { firstVersionSettings, firstVersionText } from '@/lib/versions/first/rules'
import { archivedName, describeEdit } from './categories/rules'
import { mayCreateProject } from './policy'
import { categoryKeys, freeName, RESERVED_SLUGS, slugOf } from './rules'
import type { CategoriesChange, NewProject, ProjectChange } from './schema'

/** What answers without a model's name in the configuration: the local stand-in. */
const STAND_IN_MODEL = 'closecall.lexical-v1'

/**
 * Makes a project with its categories and a first draft of its prompt; its maker becomes a manager.
 * In local mode the demo people join in their roles, so that the whole loop can be tried at once.
 * Throws `forbidden`.
 */
export async function createProject(actor: Actor, input: NewProject): Promise<{ slug: string }> {
  return db.$transaction(async (tx) => {
    const roles = await tx.membership.findMany({ where: { userId: actor.userId } })
    if (
      !mayCreateProject(
        actor.isAdmin,
        roles.map((membership) => membership.role),
      )
    ) {
      throw new AppError('forbidden', 'Ask a manager or an admin to make a project.')
    }
    await actAs(tx, actor.userId)
    const id = newId()
    const slug = await freeSlug(tx, input.name)
    const { categories, ...fields } = input
    await tx.project.create({
      data: { id, slug, ...fields, createdById: actor.userId },
    })
    const keys = categoryKeys(categories.map((category) => category.name))
    const rows = categories.map((category, position) => ({
      id: newId(),
      projectId: id,
      key: keys[position] ?? `category-${position}`,
      position,
      ...category,
    }))
    await tx.category.createMany({ data: rows })
    await addFirstMembers(tx, id, actor.userId)
    await tx.version.create({
      data: {
        id: newId(),
        projectId: id,
        note: 'First draft',
        createdById: actor.userId,
        ...firstVersionText(input),
        ...firstVersionSettings(env().CLOSECALL_MODEL ?? STAND_IN_MODEL),
        categories: {
          create: rows.map((row) => ({
            categoryId: row.id,
            position: row.position,
            description: row.description,
          })),
        },
      },
    })
    await recordAudit(tx, {
      projectId: id,
      actorId: actor.userId,
      action: 'project.created',
      subjectId: id,
    })
    return { slug }
  })
}

async function freeSlug(tx: Tx, name: string): Promise<string> {
  const wanted = slugOf(name) || 'project'
  const taken = await tx.project.findMany({
    where: { slug: { startsWith: wanted } },
    select: { slug: true },
  })
  return freeName(wanted, new Set([...RESERVED_SLUGS, ...taken.map((project) => project.slug)]))
}

const DEMO_ROLES = [
  ['reviewer@', 'reviewer'],
  ['engineer@', 'prompt_engineer'],
  ['manager@', 'manager'],
] as const

async function addFirstMembers(tx: Tx, projectId: string, makerId: string): Promise<void> {
  const demo =
    env().CLOSECALL_MODE === 'local' ? await tx.user.findMany({ where: { isDemo: true } }) : []
  const members = demo.flatMap((user) =>
    DEMO_ROLES.filter(([start]) => user.email.startsWith(start)).map(([, role]) => ({
      projectId,
      userId: user.id,
      role,
    })),
  )
  if (!members.some((member) => member.userId === makerId)) {
    members.push({ projectId, userId: makerId, role: 'manager' })
  }
  await tx.membership.createMany({ data: members })
}

export async function changeProject(member: Member, change: ProjectChange): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.project.update({ where: { id: member.projectId }, data: change })
    await recordAudit(tx, {
      projectId: member.projectId,
      actorId: member.userId,
      action: 'project.changed',
      detail: change,
    })
  })
  // More or fewer reviews of the cases that wait: the queue is brought in line by the worker.
  if (change.reviewsWanted !== undefined) {
    await enqueue(openAssignmentsJob, member.projectId, { projectId: member.projectId })
  }
}

/**
 * Sets the project's categories to the given list: known ones are renamed and ordered, new ones are
 * added, missing ones archived. Throws `conflict` when a missing one was ever used as a label: what
 * becomes of its cases is decided by a change of its own (`makeCategoryChange`).
 * Versions keep their own order and descriptions.
 */
export async function changeCategories(member: Member, input: CategoriesChange): Promise<void> {
  const { projectId, userId } = member
  await db.$transaction(async (tx) => {
    await actAs(tx, userId)
    // Of two who change them at once the second starts from what the first has left.
    await tx.$queryRaw`SELECT 1 FROM "Project" WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`
    const known = await tx.category.findMany({ where: { projectId } })
    const knownIds = new Set(known.map((category) => category.id))
    const kept = input.categories.filter((category) => category.id && knownIds.has(category.id))
    const keptIds = new Set(kept.map((category) => category.id))
    const removed = known.filter((category) => !category.archivedAt && !keptIds.has(category.id))
    await refuseUsed(tx, projectId, removed)
    const wanted = new Map(input.categories.map(({ id, name }) => [id, name]))
    // Names are unique: step aside first, so that two categories can swap names. Only where the name
    // changes: a new one waits for whoever is just writing labels of the category. In the order of their
    // ids, as those hold the categories of their labels.
    const renamed = known.filter(
      ({ id, name, archivedAt }) => (wanted.get(id) ?? (archivedAt ? name : null)) !== name,
    )
    for (const { id } of renamed.sort((a, b) => a.id.localeCompare(b.id))) {
      await tx.category.update({ where: { id }, data: { name: `~${id}` } })
    }
    const taken = new Set(known.map((category) => category.key))
    for (const [position, { id, name, description }] of input.categories.entries()) {
      const data = { name, description, position, archivedAt: null, mergedIntoId: null }
      if (id && knownIds.has(id)) {
        await tx.category.update({ where: { id }, data })
        continue
      }
      const key = freeName(slugOf(name) || 'category', taken)
      taken.add(key)
      await tx.category.create({ data: { id: newId(), projectId, key, ...data } })
    }
    for (const category of known) {
      if (keptIds.has(category.id)) continue
      const archivedAt = category.archivedAt ?? new Date()
      await tx.category.update({
        where: { id: category.id },
        data: { name: archivedName(category), archivedAt },
      })
    }
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: 'categories.changed',
      detail: { what: describeEdit(known, input.categories) },
    })
  })
}

async function refuseUsed(
  tx: Tx,
  projectId: string,
  removed: { id: string; name: string }[],
): Promise<void> {
  for (const category of removed) {
    const labels = await tx.finalLabel.count({ where: { projectId, labelId: category.id } })
    const reviews = await tx.review.count({ where: { projectId, labelId: category.id } })
    if (labels + reviews > 0) {
      throw conflict(
        `“${category.name}” can’t simply be left out: it was given as a label ${Math.max(labels, reviews)} times. Remove or merge it from its menu, which says what becomes of its cases.`,
      )
    }
    const examples = await tx.example.count({
      where: { labelId: category.id, version: { projectId, number: null, archivedAt: null } },
    })
    if (examples > 0) {
      throw conflict(
        `“${category.name}” can’t simply be left out: examples of a draft use it. Remove or merge it from its menu, which says what becomes of them.`,
      )
    }
  }
}
