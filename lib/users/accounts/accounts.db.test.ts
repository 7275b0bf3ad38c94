import { verify } from '@node-rs/argon2'
import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '@/lib/platform/database'
import { createUser } from '@/lib/platform/testing/fixtures'
import { findAccountLink } from './data'
import { createFirstAdminLink, redeemAccountLink } from './mutations'
import { newAccountLink } from './rules'

const INPUT = { name: 'Ada', email: 'ada@example.com', password: 'long enough' }

async function invite(userId: string): Promise<string> {
  const { token, row } = newAccountLink(userId)
  await db.accountLink.create({ data: row })
  return token
}

async function firstAdminLink(): Promise<string> {
  const token = await createFirstAdminLink()
  if (!token) throw new Error('there are people already')
  return token
}

beforeEach(async () => {
  await db.accountLink.deleteMany()
  await db.user.deleteMany()
})

describe('the first admin', () => {
  test('is made by a link, which works once', async () => {
    const token = await firstAdminLink()
    expect(await findAccountLink(token)).toEqual({ person: null })
    await expect(redeemAccountLink(token, INPUT)).resolves.toEqual({ email: INPUT.email })
    const admin = await db.user.findUniqueOrThrow({ where: { email: INPUT.email } })
    expect(admin).toMatchObject({ isAdmin: true, isDemo: false, name: 'Ada' })
    expect(await verify(admin.passwordHash ?? '', INPUT.password)).toBe(true)

    expect(await findAccountLink(token)).toBeNull()
    await expect(redeemAccountLink(token, INPUT)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('two clicks at once make one', async () => {
    const token = await firstAdminLink()
    const tries = await Promise.allSettled([
      redeemAccountLink(token, INPUT),
      redeemAccountLink(token, { ...INPUT, email: 'eve@example.com' }),
    ])
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await db.user.count()).toBe(1)
  })

  test('a new link replaces the one before', async () => {
    const old = await firstAdminLink()
    const token = await firstAdminLink()
    expect(await findAccountLink(old)).toBeNull()
    expect(await findAccountLink(token)).toEqual({ person: null })
  })

  test('no link where there are people, and a link of before makes none', async () => {
    const token = await firstAdminLink()
    await createUser()
    expect(await createFirstAdminLink()).toBeNull()
    await expect(redeemAccountLink(token, INPUT)).rejects.toMatchObject({ code: 'conflict' })
    expect(await db.user.count({ where: { isAdmin: true } })).toBe(0)
  })
})

describe('an invited person', () => {
  test('chooses a name and a password; the e-mail stays', async () => {
    const { userId, email } = await createUser()
    const token = await invite(userId)
    expect(await findAccountLink(token)).toEqual({ person: { name: 'Pat', email } })
    await expect(redeemAccountLink(token, INPUT)).resolves.toEqual({ email })
    const user = await db.user.findUniqueOrThrow({ where: { id: userId } })
    expect(user).toMatchObject({ name: 'Ada', email, isAdmin: false })
    expect(await verify(user.passwordHash ?? '', INPUT.password)).toBe(true)
  })

  test('has one password, however many links there are', async () => {
    const { userId } = await createUser()
    const [first, second] = [await invite(userId), await invite(userId)]
    await redeemAccountLink(first, INPUT)
    expect(await findAccountLink(second)).toBeNull()
    await expect(
      redeemAccountLink(second, { ...INPUT, password: 'someone else’s' }),
    ).rejects.toMatchObject({ code: 'conflict' })
    const user = await db.user.findUniqueOrThrow({ where: { id: userId } })
    expect(await verify(user.passwordHash ?? '', INPUT.password)).toBe(true)
  })

  test('comes too late after the link’s time, or when disabled', async () => {
    const { userId } = await createUser()
    const late = await invite(userId)
    await db.accountLink.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } })
    expect(await findAccountLink(late)).toBeNull()
    await expect(redeemAccountLink(late, INPUT)).rejects.toMatchObject({ code: 'conflict' })

    const token = await invite(userId)
    await db.user.update({ where: { id: userId }, data: { disabledAt: new Date() } })
    expect(await findAccountLink(token)).toBeNull()
    await expect(redeemAccountLink(token, INPUT)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('the database does not hold the token', async () => {
    const { userId } = await createUser()
    const token = await invite(userId)
    expect(JSON.stringify(await db.accountLink.findMany())).not.toContain(token)
  })
})
