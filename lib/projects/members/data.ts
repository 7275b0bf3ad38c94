import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import type { MemberView } from './schema'

/** Who belongs to the project, by name. */
export async function listMembers(member: Member): Promise<MemberView[]> {
  const memberships = await db.membership.findMany({
    where: { projectId: member.projectId, user: { disabledAt: null } },
    orderBy: { user: { name: 'asc' } },
    select: {
      userId: true,
      role: true,
      user: { select: { name: true, email: true, passwordHash: true, isDemo: true } },
    },
  })
  return memberships.map(({ userId, role, user }) => ({
    userId,
    role,
    name: user.name,
    email: user.email,
    invited: user.passwordHash === null && !user.isDemo,
  }))
}
