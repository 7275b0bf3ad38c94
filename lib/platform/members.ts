import type { Actor, Member } from './access'
import { db } from './database'

/** The one place where a person becomes a member of a project, as the database says now. */

type Person = Pick<Actor, 'userId' | 'name' | 'isAdmin'>

/** Null for a project that is not there or that the person does not belong to. */
export async function findMembership(
  { userId, name, isAdmin }: Person,
  project: { id: string } | { slug: string },
): Promise<Member | null> {
  const found = await db.project.findUnique({
    where: project,
    select: { id: true, slug: true, memberships: { where: { userId }, select: { role: true } } },
  })
  const role = found?.memberships[0]?.role ?? (isAdmin ? 'manager' : null)
  if (!found || !role) return null
  return { userId, name, isAdmin, role, projectId: found.id, projectSlug: found.slug } as Member
}

/** For a job that does what a person has asked for: null where they have left since. */
export async function findMemberAgain(userId: string, projectId: string): Promise<Member | null> {
  const user = await db.user.findFirst({ where: { id: userId, disabledAt: null } })
  if (!user) return null
  const { name, isAdmin } = user
  return findMembership({ userId, name, isAdmin }, { id: projectId })
}
