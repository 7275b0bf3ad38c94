import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import type { ProjectView } from './schema'

/** The member's project with its categories in order. */
export async function getProject(member: Member): Promise<ProjectView> {
  return db.project.findUniqueOrThrow({
    where: { id: member.projectId },
    select: {
      id: true,
      slug: true,
      name: true,
      description: true,
      categoryWord: true,
      targetAccuracy: true,
      targetPerCategory: true,
      reviewsWanted: true,
      minCategoryCases: true,
      categories: {
        where: { archivedAt: null },
        orderBy: { position: 'asc' },
        select: { id: true, key: true, name: true, position: true, description: true },
      },
    },
  })
}
