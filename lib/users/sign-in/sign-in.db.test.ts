import { hash } from '@node-rs/argon2'
import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { createUser } from '@/lib/platform/testing/fixtures'
import { signInAsDemo, signInWithPassword } from './mutations'

process.env.CLOSECALL_MODE = 'local'

const PASSWORD = 'correct horse battery'
const ADDRESS = '203.0.113.9'

async function createPerson(data: { disabledAt?: Date; passwordHash?: null } = {}) {
  const { userId, email } = await createUser()
  await db.user.update({
    where: { id: userId },
    data: { passwordHash: await hash(PASSWORD), ...data },
  })
  return { userId, email }
}

const trySignIn = (email: string, password: string, address = ADDRESS) =>
  signInWithPassword({ email, password }, address).catch((error: unknown) => error)

beforeEach(async () => {
  await db.signInAttempt.deleteMany()
})

describe('signing in with a password', () => {
  test('the right one says who it is, and leaves no failed try', async () => {
    const person = await createPerson()
    await expect(trySignIn(person.email, PASSWORD)).resolves.toBe(person.userId)
    expect(await db.signInAttempt.count()).toBe(0)
  })

  test('every refusal reads alike, so that nobody learns who has an account', async () => {
    const person = await createPerson()
    const disabled = await createPerson({ disabledAt: new Date() })
    const withoutPassword = await createPerson({ passwordHash: null })
    const answers = [
      await trySignIn(person.email, 'wrong'),
      await trySignIn(disabled.email, PASSWORD),
      await trySignIn(withoutPassword.email, PASSWORD),
      await trySignIn('nobody@example.com', PASSWORD),
    ]
    for (const answer of answers) expect(answer).toMatchObject({ code: 'unauthenticated' })
    expect(new Set(answers.map(String)).size).toBe(1)
  })

  test('keeps neither e-mail nor address', async () => {
    await trySignIn('nobody@example.com', PASSWORD)
    const rows = await db.signInAttempt.findMany()
    expect(rows).toHaveLength(2)
    for (const { key } of rows) expect(key).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('too many tries', () => {
  test('after ten wrong ones not even the right password is looked at', async () => {
    const person = await createPerson()
    for (let at = 0; at < 10; at++) {
      const answer = await trySignIn(person.email, 'wrong', `198.51.100.${at}`)
      expect(answer).toMatchObject({ code: 'unauthenticated' })
    }
    expect(await trySignIn(person.email, PASSWORD)).toMatchObject({
      code: 'too_many',
      message: expect.stringContaining('try again in 15 minutes'),
    })
    const other = await createPerson()
    await expect(trySignIn(other.email, PASSWORD)).resolves.toBe(other.userId)
  })

  test('knocking on does not lengthen the wait', async () => {
    const person = await createPerson()
    for (let at = 0; at < 10; at++) await trySignIn(person.email, 'wrong', `198.51.100.${at}`)
    await db.$executeRaw`update "SignInAttempt" set at = at - interval '10 minutes'`
    for (let at = 10; at < 22; at++) {
      const answer = await trySignIn(person.email, 'wrong', `198.51.100.${at}`)
      expect(answer).toMatchObject({ code: 'too_many' })
    }
    await db.$executeRaw`update "SignInAttempt" set at = at - interval '5 minutes'`
    await expect(trySignIn(person.email, PASSWORD)).resolves.toBe(person.userId)
  })

  test('forty at once are limited like forty in a row', async () => {
    const person = await createPerson()
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) => trySignIn(person.email, 'wrong', `198.51.100.${at}`)),
    )
    const lookedAt = answers.filter((answer) => Object(answer).code === 'unauthenticated')
    expect(lookedAt.length).toBeLessThanOrEqual(10)
    for (const answer of answers) {
      expect(['unauthenticated', 'too_many']).toContain(Object(answer).code)
    }
  })

  test('one address gets thirty tries over all e-mails', async () => {
    const email = (at: number) => `nobody-${at}@example.com`
    for (let at = 0; at < 30; at++) {
      expect(await trySignIn(email(at), 'wrong')).toMatchObject({ code: 'unauthenticated' })
    }
    expect(await trySignIn(email(30), 'wrong')).toMatchObject({ code: 'too_many' })
    const elsewhere = await trySignIn(email(30), 'wrong', '198.51.100.1')
    expect(elsewhere).toMatchObject({ code: 'unauthenticated' })
  })

  test('signing in gives the person all ten tries back, the address only the one', async () => {
    const person = await createPerson()
    for (let at = 0; at < 9; at++) await trySignIn(person.email, 'wrong')
    await trySignIn(person.email, PASSWORD)
    expect(await db.signInAttempt.count()).toBe(9)
    for (let at = 0; at < 10; at++) {
      expect(await trySignIn(person.email, 'wrong')).toMatchObject({ code: 'unauthenticated' })
    }
  })
})

describe('demo people', () => {
  test('are there in local mode without being loaded first, once each', async () => {
    const ids = await Promise.all([signInAsDemo('admin'), signInAsDemo('admin')])
    const admin = await db.user.findUniqueOrThrow({ where: { email: 'admin@closecall.local' } })
    expect(ids).toEqual([admin.id, admin.id])
    expect(admin).toMatchObject({ isDemo: true, isAdmin: true, passwordHash: null })
    expect(await db.user.count({ where: { isDemo: true } })).toBe(4)
  })

  test('are not whoever has that e-mail', async () => {
    await db.user.deleteMany({ where: { isDemo: true } })
    await db.user.create({ data: { id: newId(), email: 'manager@closecall.local', name: 'Real' } })
    await expect(signInAsDemo('manager')).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  test('are out when disabled', async () => {
    const id = await signInAsDemo('reviewer')
    await db.user.update({ where: { id }, data: { disabledAt: new Date() } })
    await expect(signInAsDemo('reviewer')).rejects.toMatchObject({ code: 'unauthenticated' })
  })
})
