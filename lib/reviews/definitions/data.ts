import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { findReleasedSetup, listVersionCategories } from '@/lib/versions/data'
import type { Definition } from './schema'

/** As the released version words and orders them, else as the project does; the project's others last. */
export async function listDefinitions(member: Member): Promise<Definition[]> {
  const { projectId } = member
  const own = await db.category.findMany({
    where: { projectId, archivedAt: null },
    orderBy: { position: 'asc' },
    select: { id: true, name: true, description: true },
  })
  const released = await findReleasedSetup(projectId)
  const worded = released ? await listVersionCategories(released.versionId) : []
  const rank = new Map(worded.map(({ categoryId }, index) => [categoryId, index]))
  const words = new Map(worded.map((category) => [category.categoryId, category.description]))
  return own
    .map((category) => ({
      ...category,
      description: words.get(category.id) || category.description,
    }))
    .sort((a, b) => (rank.get(a.id) ?? worded.length) - (rank.get(b.id) ?? worded.length))
}
