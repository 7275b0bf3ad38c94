import { hash } from '@node-rs/argon2'
import { recordAudit } from '@/lib/platform/audit'
import { db, type Tx } from '@/lib/platform/database'
import { conflict } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { findAccountLink } from './data'
import { hashToken, newAccountLink } from './rules'
import type { AccountInput } from './schema'

/**
 * The token of a link that makes the first admin; null when there are people already. A new one
 * replaces those before it.
 */
export async function createFirstAdminLink(): Promise<string | null> {
  return db.$transaction(async (tx) => {
    if ((await tx.user.count({ where: { isDemo: false } })) > 0) return null
    const { token, row } = newAccountLink(null)
    await tx.accountLink.deleteMany({ where: { userId: null } })
    await tx.accountLink.create({ data: row })
    return token
  })
}

/** Uses a one-time link. Returns the e-mail to sign in with. Throws `conflict` on a spent link. */
export async function redeemAccountLink(
  token: string,
  input: AccountInput,
): Promise<{ email: string }> {
  // Nobody without a link makes the server hash, which is slow by design and done by no connection.
  if (!(await findAccountLink(token))) throw spent()
  const passwordHash = await hash(input.password)
  return db.$transaction(async (tx) => {
    const now = new Date()
    const tokenHash = hashToken(token)
    const { count } = await tx.accountLink.updateMany({
      where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
      data: { usedAt: now },
    })
    if (count === 0) throw spent()
    const { userId } = await tx.accountLink.findUniqueOrThrow({ where: { tokenHash } })
    return userId
      ? completeAccount(tx, userId, input.name, passwordHash)
      : createFirstAdmin(tx, input, passwordHash)
  })
}

const spent = () => conflict('This link was used before or is too old. Ask for a new one.')

async function createFirstAdmin(tx: Tx, { name, email }: AccountInput, passwordHash: string) {
  if ((await tx.user.count({ where: { isDemo: false } })) > 0) {
    throw conflict('The first admin was made already. Ask them to add you.')
  }
  const user = await tx.user.create({
    data: { id: newId(), email, name, passwordHash, isAdmin: true },
  })
  await recordAudit(tx, { actorId: user.id, action: 'admin.made', subjectId: user.id })
  return { email: user.email }
}

async function completeAccount(tx: Tx, id: string, name: string, passwordHash: string) {
  const { count } = await tx.user.updateMany({
    // A second link must not change a password that its owner has chosen by then.
    where: { id, disabledAt: null, passwordHash: null },
    data: { name, passwordHash },
  })
  if (count === 0)
    throw conflict('This account is in use already, or was disabled. Try to sign in.')
  await recordAudit(tx, { actorId: id, action: 'password.set', subjectId: id })
  return tx.user.findUniqueOrThrow({ where: { id }, select: { email: true } })
}
