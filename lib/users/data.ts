import type { Actor } from '@/lib/platform/access'
import { type Database, db } from '@/lib/platform/database'
import type { OwnProject } from './schema'

/** The projects one may open, by name. An admin may open all of them, as a manager of others' own. */
export async function listOwnProjects(actor: Actor): Promise<OwnProject[]> {
  const projects = await db.project.findMany({
    where: actor.isAdmin ? {} : { memberships: { some: { userId: actor.userId } } },
    orderBy: { name: 'asc' },
    select: {
      slug: true,
      name: true,
      description: true,
      memberships: { where: { userId: actor.userId }, select: { role: true } },
    },
  })
  return projects.map(({ memberships, ...project }) => ({
    ...project,
    role: memberships[0]?.role ?? 'manager',
  }))
}

/** Names by user id; ids of people who are gone are absent. */
export async function namePeople(
  ids: readonly (string | null)[],
  database: Database = db,
): Promise<Map<string, string>> {
  const people = await database.user.findMany({
    where: { id: { in: ids.filter((id) => id !== null) } },
    select: { id: true, name: true },
  })
  return new Map(people.map(({ id, name }) => [id, name]))
}
