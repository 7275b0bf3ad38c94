import type { User } from '@/generated/prisma/client'
import type { Member } from '@/lib/platform/access'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { env } from '@/lib/platform/env'
import { conflict, notFound } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { accountPath, newAccountLink } from '@/lib/users/accounts/rules'
import type { MemberChange, NewMember } from './schema'

/** Adds a person by e-mail; someone without a way to sign in yet gets a one-time link to choose a password. Throws `conflict`. */
export async function addMember(
  member: Member,
  { email, name, role }: NewMember,
): Promise<{ link: string | null }> {
  return db.$transaction(async (tx) => {
    const known = await tx.user.findUnique({ where: { email } })
    const user =
      known ??
      (await tx.user.create({
        data: { id: newId(), email, name: name || (email.split('@')[0] ?? email) },
      }))
    const belongs = await tx.membership.findUnique({
      where: { projectId_userId: { projectId: member.projectId, userId: user.id } },
    })
    if (belongs) throw conflict(`${user.name} belongs to this project already.`)
    await tx.membership.create({ data: { projectId: member.projectId, userId: user.id, role } })
    await audit(tx, member, 'member.added', user.id, { role })
    return { link: needsLink(user) ? await invite(tx, user.id) : null }
  })
}

/**
 * A link lets whoever holds it choose the password, so none is made for an account that is in use
 * or could be: one with a password, an admin's, or any where people sign in elsewhere.
 */
function needsLink(user: User): boolean {
  return !user.passwordHash && !user.isDemo && !user.isAdmin && !env().OIDC_ISSUER
}

async function invite(tx: Tx, userId: string): Promise<string> {
  const { token, row } = newAccountLink(userId)
  await tx.accountLink.create({ data: row })
  return new URL(accountPath(token), env().NEXTAUTH_URL).href
}

/** Throws `not_found`, or `conflict` when the project would be left without a manager. */
export async function changeMember(
  member: Member,
  userId: string,
  { role }: MemberChange,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.membership.updateMany({
      where: { projectId: member.projectId, userId },
      data: { role },
    })
    if (count === 0) throw notFound('This member')
    await keepAManager(tx, member.projectId)
    await audit(tx, member, 'member.changed', userId, { role })
  })
}

/** The person is out at the next request. Throws `not_found`, or `conflict` for the last manager. */
export async function removeMember(member: Member, userId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.membership.deleteMany({
      where: { projectId: member.projectId, userId },
    })
    if (count === 0) throw notFound('This member')
    await keepAManager(tx, member.projectId)
    await audit(tx, member, 'member.removed', userId, {})
  })
}

async function keepAManager(tx: Tx, projectId: string): Promise<void> {
  // Two managers removing each other at once must not both succeed.
  await tx.$queryRaw`SELECT 1 FROM "Project" WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`
  const managers = await tx.membership.count({ where: { projectId, role: 'manager' } })
  if (managers === 0) throw conflict('A project needs a manager: make someone else one first.')
}

function audit(
  tx: Tx,
  member: Member,
  action: string,
  subjectId: string,
  detail: Record<string, string>,
): Promise<void> {
  const { projectId, userId: actorId } = member
  return recordAudit(tx, { projectId, actorId, action, subjectId, detail })
}
