import type { Actor, Member } from '@/lib/platform/access'
import { type Database, db } from '@/lib/platform/database'
import { nameAtAnyTime } from './categories/rules'
import { mayCreateProject } from './policy'
import type { ProjectCard, ProjectView } from './schema'

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
      redactPersonalData: true,
      categories: {
        where: { archivedAt: null },
        orderBy: { position: 'asc' },
        select: { id: true, key: true, name: true, position: true, description: true },
      },
    },
  })
}

/** Names by category id, archived ones too, as former ones: what was said with them keeps its name. */
export async function nameCategories(
  projectId: string,
  database: Database = db,
): Promise<Map<string, string>> {
  const categories = await database.category.findMany({
    where: { projectId },
    select: { id: true, key: true, name: true, archivedAt: true },
  })
  return new Map(categories.map((category) => [category.id, nameAtAnyTime(category)]))
}

/** The projects a person belongs to, oldest first; for an admin all. */
export async function listProjects(actor: Actor): Promise<ProjectCard[]> {
  const projects = await db.project.findMany({
    where: actor.isAdmin ? {} : { memberships: { some: { userId: actor.userId } } },
    orderBy: { createdAt: 'asc' },
    select: {
      slug: true,
      name: true,
      description: true,
      memberships: { where: { userId: actor.userId }, select: { role: true } },
      _count: {
        select: {
          cases: { where: { archivedAt: null } },
          categories: { where: { archivedAt: null } },
        },
      },
    },
  })
  return projects.map(({ memberships, _count, ...project }) => ({
    ...project,
    role: memberships[0]?.role ?? 'manager',
    cases: _count.cases,
    categories: _count.categories,
  }))
}

export async function canCreateProject(actor: Actor): Promise<boolean> {
  const memberships = await db.membership.findMany({ where: { userId: actor.userId } })
  return mayCreateProject(
    actor.isAdmin,
    memberships.map((membership) => membership.role),
  )
}
