import { createHmac } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { db } from '@/lib/platform/database'
import { env } from '@/lib/platform/env'
import { AppError } from '@/lib/platform/errors'
import { newId } from '@/lib/platform/ids'
import { ATTEMPT_LIMITS, ATTEMPT_WINDOW_MS, DEMO_PEOPLE, retryAt, tooManyMessage } from './rules'
import type { DemoPerson, SignInInput } from './schema'

/** Compared with where there is no such person, so that an answer takes as long as for a known one. */
const nobodysHash = hash(newId())

/**
 * The id of the person with this e-mail and password. `address` is where the request came from.
 * Throws `unauthenticated`, the same for every reason, or `too_many`.
 */
export async function signInWithPassword(input: SignInInput, address: string): Promise<string> {
  const keys = { email: attemptKey('email', input.email), address: attemptKey('address', address) }
  const attempts = await countAttempt(keys)
  const user = await db.user.findFirst({ where: { email: input.email, disabledAt: null } })
  const isRight = await verify(user?.passwordHash ?? (await nobodysHash), input.password)
  if (!user?.passwordHash || !isRight) {
    throw new AppError('unauthenticated', 'The e-mail or the password is not right.')
  }
  await db.signInAttempt.deleteMany({
    where: { OR: [{ id: { in: attempts } }, { key: keys.email }] },
  })
  return user.id
}

/**
 * Writes the try down before it is looked at, so that a hundred at once are limited like a hundred
 * one after the other. Returns the ids of what it wrote, to be deleted when the try succeeds.
 */
async function countAttempt(keys: { email: string; address: string }): Promise<string[]> {
  const now = Date.now()
  const since = new Date(now - ATTEMPT_WINDOW_MS)
  const rows = Object.values(keys).map((key) => ({ id: newId(), key, at: new Date(now) }))
  const ids = rows.map((row) => row.id)
  await db.signInAttempt.createMany({ data: rows })
  const counted = await db.signInAttempt.findMany({
    where: { key: { in: rows.map((row) => row.key) }, at: { gt: since } },
    select: { key: true, at: true },
  })
  const until = (['email', 'address'] as const).map((kind) => {
    const times = counted.filter((row) => row.key === keys[kind]).map((row) => row.at.getTime())
    return retryAt(times, ATTEMPT_LIMITS[kind], now) ?? 0
  })
  const latest = Math.max(...until)
  if (latest === 0) return ids
  // A refused try does not count: knocking on must not keep the door shut for its owner.
  await db.signInAttempt.deleteMany({ where: { OR: [{ id: { in: ids } }, { at: { lt: since } }] } })
  throw new AppError('too_many', tooManyMessage(latest, now))
}

/** Neither e-mails nor addresses are kept, only what they come to with the site's own secret. */
const attemptKey = (kind: string, value: string) =>
  createHmac('sha256', env().NEXTAUTH_SECRET).update(`${kind}:${value}`).digest('hex')

/** The id of one of the four people of local mode; throws `forbidden` in production. */
export async function signInAsDemo(person: DemoPerson): Promise<string> {
  if (env().CLOSECALL_MODE !== 'local') {
    throw new AppError('forbidden', 'There are no demo people here.')
  }
  await db.user.createMany({
    data: Object.values(DEMO_PEOPLE).map((demo) => ({ id: newId(), ...demo, isDemo: true })),
    skipDuplicates: true,
  })
  const user = await db.user.findFirst({
    where: { email: DEMO_PEOPLE[person].email, isDemo: true, disabledAt: null },
  })
  if (!user) throw new AppError('unauthenticated', 'This demo person was disabled.')
  return user.id
}
