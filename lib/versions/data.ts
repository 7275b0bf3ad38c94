import { type Database, db } from '@/lib/platform/database'
import { notFound } from '@/lib/platform/errors'
import { type PromptContent, promptContent } from './rendering/schema'
import { toPromptContent } from './rules'
import type { VersionCategory } from './schema'

const settings = promptContent.pick({ answerFormat: true, badExampleForm: true, model: true })

/** Everything of a version that decides what the model is sent. Throws not-found. */
export async function getPromptContent(
  projectId: string,
  versionId: string,
  database: Database = db,
): Promise<PromptContent> {
  const version = await database.version.findFirst({
    where: { id: versionId, projectId },
    include: { examples: { orderBy: [{ position: 'asc' }, { id: 'asc' }] } },
  })
  if (!version) throw notFound('This version')
  return toPromptContent({
    persona: version.persona,
    rules: version.rules,
    ...settings.parse(version),
    categories: await listVersionCategories(versionId, database),
    examples: version.examples.map(({ flaggedAt, ...example }) => ({
      ...example,
      externalId: '',
      subject: '',
      flagged: flaggedAt !== null,
    })),
  })
}

/** The categories as a version describes and orders them. */
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
    select: { id: true, key: true, name: true },
  })
  const byId = new Map(categories.map((category) => [category.id, category]))
  return described.flatMap(({ categoryId, description }) => {
    const category = byId.get(categoryId)
    return category ? [{ categoryId, key: category.key, name: category.name, description }] : []
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
