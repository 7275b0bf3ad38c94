import { db } from '@/lib/platform/database'
import { hashToken } from './rules'
import type { AccountLinkView } from './schema'

/** Null when the link is unknown, used, or too old. */
export async function findAccountLink(token: string): Promise<AccountLinkView | null> {
  const link = await db.accountLink.findFirst({
    where: { tokenHash: hashToken(token), usedAt: null, expiresAt: { gt: new Date() } },
  })
  if (!link) return null
  if (!link.userId) return { person: null }
  const person = await db.user.findFirst({
    where: { id: link.userId, disabledAt: null, passwordHash: null },
    select: { name: true, email: true },
  })
  return person ? { person } : null
}
