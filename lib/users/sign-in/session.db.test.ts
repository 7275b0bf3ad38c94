import { hash } from '@node-rs/argon2'
import NextAuth, { type NextAuthOptions } from 'next-auth'
import { decode } from 'next-auth/jwt'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { db } from '@/lib/platform/database'
import { createUser } from '@/lib/platform/testing/fixtures'
import { csrfAnswer } from './schema'

const SECRET = 'a secret for tests only'
const PASSWORD = 'correct horse battery'

type Cookie = { name: string; value: string; flags: string[] }

/** The environment is read once: another one needs the modules anew. */
async function optionsUnder(variables: Record<string, string>): Promise<NextAuthOptions> {
  vi.resetModules()
  vi.stubEnv('NEXTAUTH_SECRET', SECRET)
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  const { authOptions } = await import('./session')
  return authOptions(() => undefined)
}

/** One request to next-auth, by its handler for plain Node requests. */
async function call(
  options: NextAuthOptions,
  path: string[],
  body?: Record<string, string>,
  cookies: Record<string, string> = {},
) {
  const headers = { host: 'any', 'x-forwarded-for': '203.0.113.9' }
  const method = body ? 'POST' : 'GET'
  const request = { query: { nextauth: path }, headers, method, body, cookies }
  const setCookies: string[] = []
  let answer: unknown
  const response = {
    status: () => response,
    getHeader: () => undefined,
    setHeader: (name: string, value: string | string[]) => {
      if (name.toLowerCase() === 'set-cookie') setCookies.push(...[value].flat())
      return response
    },
    json: (value: unknown) => {
      answer = value
    },
    send: (value: unknown) => {
      answer = value
    },
    end: () => undefined,
  }
  await NextAuth(request as never, response as never, options)
  return { answer, cookies: setCookies.map(parseCookie) }
}

function parseCookie(text: string): Cookie {
  const [pair = '', ...flags] = text.split('; ')
  const at = pair.indexOf('=')
  return { name: pair.slice(0, at), value: decodeURIComponent(pair.slice(at + 1)), flags }
}

async function submit(options: NextAuthOptions, provider: string, form: Record<string, string>) {
  const csrf = await call(options, ['csrf'])
  const { csrfToken } = csrfAnswer.parse(csrf.answer)
  const cookies = Object.fromEntries(csrf.cookies.map(({ name, value }) => [name, value]))
  const body = { ...form, csrfToken, json: 'true' }
  const { cookies: more } = await call(options, ['callback', provider], body, cookies)
  return [...csrf.cookies, ...more]
}

async function createPerson() {
  const person = await createUser()
  const data = { passwordHash: await hash(PASSWORD) }
  await db.user.update({ where: { id: person.userId }, data })
  return person
}

const sessionOf = (cookies: Cookie[]) =>
  cookies.find(({ name }) => name.endsWith('next-auth.session-token'))

beforeEach(() => vi.unstubAllEnvs())

describe('the session cookie', () => {
  test('holds who it is and nothing else', async () => {
    const { userId, email } = await createPerson()
    const options = await optionsUnder({ CLOSECALL_MODE: 'production' })
    const cookies = await submit(options, 'password', { email, password: PASSWORD })
    const token = await decode({ token: sessionOf(cookies)?.value, secret: SECRET })
    expect(Object.keys(token ?? {}).sort()).toEqual(['exp', 'iat', 'jti', 'sub'])
    expect(token?.sub).toBe(userId)
  })

  test.each([
    ['http://127.0.0.1:3000', false, 'next-auth.session-token'],
    ['https://closecall.example', true, '__Secure-next-auth.session-token'],
  ])('at %s: hidden from scripts, same site, secure: %s', async (url, secure, name) => {
    const { email } = await createPerson()
    const options = await optionsUnder({ CLOSECALL_MODE: 'production', NEXTAUTH_URL: url })
    const cookies = await submit(options, 'password', { email, password: PASSWORD })
    expect(sessionOf(cookies)?.name).toBe(name)
    expect(cookies.length).toBeGreaterThan(1)
    for (const { flags } of cookies) {
      expect(flags).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'SameSite=Lax']))
      expect(flags.includes('Secure')).toBe(secure)
    }
    const { sessionCookieName } = await import('@/lib/platform/session')
    expect(sessionCookieName()).toBe(name)
  })

  test('what is no e-mail is refused as such, not as a failure of ours', async () => {
    await optionsUnder({ CLOSECALL_MODE: 'production' })
    const { authOptions } = await import('./session')
    const refusals: unknown[] = []
    const options = authOptions((error) => refusals.push(error))
    await submit(options, 'password', { email: 'nobody', password: PASSWORD })
    expect(refusals).toMatchObject([{ code: 'invalid' }])
  })

  test('is not given for a wrong password, nor without the form’s own token', async () => {
    const { email } = await createPerson()
    const options = await optionsUnder({ CLOSECALL_MODE: 'production' })
    const wrong = await submit(options, 'password', { email, password: 'wrong' })
    expect(sessionOf(wrong)).toBeUndefined()
    const forged = { email, password: PASSWORD, csrfToken: 'x', json: 'true' }
    const { cookies } = await call(options, ['callback', 'password'], forged)
    expect(sessionOf(cookies)).toBeUndefined()
  })
})

describe('one-click people', () => {
  test('sign in in local mode', async () => {
    const options = await optionsUnder({ CLOSECALL_MODE: 'local' })
    const cookies = await submit(options, 'demo', { person: 'manager' })
    const token = await decode({ token: sessionOf(cookies)?.value, secret: SECRET })
    const manager = await db.user.findUniqueOrThrow({ where: { email: 'manager@closecall.local' } })
    expect(token?.sub).toBe(manager.id)
  })

  test('do not exist in production, not even when their rows are there', async () => {
    const options = await optionsUnder({ CLOSECALL_MODE: 'production' })
    expect(options.providers.map(({ options: own, id }) => own?.id ?? id)).toEqual(['password'])
    const cookies = await submit(options, 'demo', { person: 'manager' })
    expect(sessionOf(cookies)).toBeUndefined()
    const { signInAsDemo } = await import('./mutations')
    await expect(signInAsDemo('manager')).rejects.toMatchObject({ code: 'forbidden' })
    const { getSignInWays } = await import('./data')
    expect(getSignInWays()).toEqual({ hasDemoPeople: false, oidcName: null })
  })
})

describe('an identity provider', () => {
  const OIDC = {
    CLOSECALL_MODE: 'production',
    OIDC_ISSUER: 'https://login.example/',
    OIDC_CLIENT_ID: 'closecall',
    OIDC_CLIENT_SECRET: 'secret',
  }
  const account = { provider: 'oidc', type: 'oauth', providerAccountId: 'x' } as const

  test('vouches only for people who were added and not disabled', async () => {
    const known = await createUser()
    const disabled = await createUser()
    await db.user.update({ where: { id: disabled.userId }, data: { disabledAt: new Date() } })
    const { callbacks } = await optionsUnder(OIDC)
    const ask = (email: string) => callbacks?.signIn?.({ user: { id: 'x', email }, account })
    expect(await ask(known.email.toUpperCase())).toBe(true)
    expect(await ask(disabled.email)).toBe(false)
    expect(await ask('nobody@example.com')).toBe(false)
  })

  test('the session then holds our id, not theirs', async () => {
    const known = await createUser()
    const { callbacks } = await optionsUnder(OIDC)
    const user = { id: 'their-id', email: known.email }
    const token = await callbacks?.jwt?.({ token: { sub: 'their-id' }, user, account })
    expect(token).toEqual({ sub: known.userId })
  })

  test('an address that it has not verified is nobody’s', async () => {
    const { providers } = await optionsUnder(OIDC)
    const oidc = providers.find(({ id }) => id === 'oidc') as unknown as {
      profile: (claims: unknown) => { email: string }
    }
    const claims = { sub: 'x', email: 'pat@example.com' }
    expect(oidc.profile({ ...claims, email_verified: false }).email).toBe('')
    expect(oidc.profile(claims).email).toBe('pat@example.com')
  })
})
