import type { Member } from '@/lib/platform/access'
import { type Database, db } from '@/lib/platform/database'
import { notFound } from '@/lib/platform/errors'
import { readableName } from '@/lib/projects/categories/rules'
import { namePeople } from '@/lib/users/data'
import { type PromptContent, promptContent } from './rendering/schema'
import { toPromptContent, type VersionParts } from './rules'
import { type VersionCategory, type VersionName, type VersionView, versionRef } from './schema'

const settings = promptContent.pick({
  answerFormat: true,
  badExampleForm: true,
  model: true,
  template: true,
  similarExamples: true,
  packSize: true,
})

/** Everything of a version that decides what the model is sent. Throws not-found. */
export async function getPromptContent(
  projectId: string,
  versionId: string,
  database: Database = db,
): Promise<PromptContent> {
  return toPromptContent(await getVersionParts(projectId, versionId, database))
}

/** The same as the editor has it, with whence each example came. Throws not-found. */
export async function getVersionParts(
  projectId: string,
  versionId: string,
  database: Database = db,
): Promise<VersionParts> {
  const version = await database.version.findFirst({
    where: { id: versionId, projectId },
    include: {
      examples: {
        orderBy: [{ position: 'asc' }, { id: 'asc' }],
        include: { case: { select: { externalId: true, subject: true } } },
      },
    },
  })
  if (!version) throw notFound('This version')
  return {
    persona: version.persona,
    rules: version.rules,
    ...settings.parse(version),
    categories: await listVersionCategories(versionId, database),
    examples: version.examples.map(({ case: from, flaggedAt, versionId: _, ...example }) => ({
      ...example,
      ...from,
      flagged: flaggedAt !== null,
    })),
  }
}

/** The categories as a version describes and orders them; a frozen one also names them as it did. */
export async function listVersionCategories(
  versionId: string,
  database: Database = db,
): Promise<VersionCategory[]> {
  const described = await database.versionCategory.findMany({
    where: { versionId },
    orderBy: [{ position: 'asc' }, { categoryId: 'asc' }],
  })
  const categories = await database.category.findMany({
    where: { id: { in: described.map(({ categoryId }) => categoryId) } },
    select: { id: true, key: true, name: true, archivedAt: true },
  })
  const byId = new Map(categories.map((category) => [category.id, category]))
  return described.flatMap(({ categoryId, name, description }) => {
    const category = byId.get(categoryId)
    if (!category) return []
    return [{ categoryId, key: category.key, name: name ?? readableName(category), description }]
  })
}

export type ReleasedSetup = {
  releaseId: string
  setupId: string
  versionId: string
  /** Null is impossible but for the type: only frozen versions are released. */
  versionNumber: number | null
  releasedAt: Date
}

/** The set-up whose suggestions new work shows; null while nothing is released. */
export async function findReleasedSetup(
  projectId: string,
  database: Database = db,
): Promise<ReleasedSetup | null> {
  const release = await database.release.findFirst({
    where: { projectId, endedAt: null },
    include: { setup: { include: { version: { select: { id: true, number: true } } } } },
  })
  if (!release) return null
  return {
    releaseId: release.id,
    setupId: release.setupId,
    versionId: release.setup.version.id,
    versionNumber: release.setup.version.number,
    releasedAt: release.releasedAt,
  }
}

/** A version by its number, or a draft by its id. Throws not-found; archived drafts are not found. */
export async function findVersionByRef(
  projectId: string,
  ref: string,
  database: Database = db,
): Promise<VersionName & { parentId: string | null }> {
  if (!versionRef.safeParse(ref).success) throw notFound('This version')
  const which = /^\d+$/.test(ref) ? { number: Number(ref) } : { id: ref }
  const version = await database.version.findFirst({
    where: { projectId, archivedAt: null, ...which },
    select: { id: true, number: true, parentId: true },
  })
  if (!version) throw notFound('This version')
  return version
}

/** All of a version for its page, with what its parent says beside it. Throws not-found. */
export async function getVersion(member: Member, ref: string): Promise<VersionView> {
  const { projectId } = member
  const { id } = await findVersionByRef(projectId, ref)
  const version = await db.version.findUniqueOrThrow({
    where: { id },
    include: {
      parent: { select: { id: true, number: true } },
      examples: {
        orderBy: [{ position: 'asc' }, { id: 'asc' }],
        include: { case: { select: { externalId: true, subject: true } } },
      },
    },
  })
  const { parent } = version
  const [categories, parentContent, released, highest, people] = await Promise.all([
    listVersionCategories(id),
    parent ? getPromptContent(projectId, parent.id) : null,
    findReleasedSetup(projectId),
    db.version.aggregate({ where: { projectId }, _max: { number: true } }),
    namePeople([version.createdById, version.updatedById]),
  ])
  return {
    id,
    number: version.number,
    edit: version.edit,
    note: version.note,
    parent,
    parentContent,
    author: people.get(version.createdById ?? '') ?? null,
    savedBy: people.get(version.updatedById ?? '') ?? null,
    savedAt: version.updatedAt.toISOString(),
    frozenAt: version.frozenAt?.toISOString() ?? null,
    nextNumber: version.number ?? (highest._max.number ?? 0) + 1,
    released: released?.versionId === id,
    persona: version.persona,
    rules: version.rules,
    ...settings.parse(version),
    categories,
    examples: version.examples.map(({ case: from, flaggedAt, versionId: _, ...example }) => ({
      ...example,
      ...from,
      flagged: flaggedAt !== null,
    })),
  }
}

/** Ids of the examples that a version's page shows with their labels: its own and its parent's. */
export const listShownExamples = ({ examples, parentContent }: VersionView): string[] =>
  [...examples, ...(parentContent?.examples ?? [])].map(({ id }) => id)
