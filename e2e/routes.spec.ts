import { randomUUID } from 'node:crypto'
import { type APIRequestContext, type APIResponse, request } from '@playwright/test'
import { expect, PEOPLE, stateFile, test } from './people'
import { ACCESS, listPages, listRoutes, PAGES, ROUTES, type Who } from './routes'

/** Two projects of this test's own: the demo people belong to both, the outsider to the second. */
const callers = new Map<Who, APIRequestContext>()
let project = ''

test.beforeAll(async () => {
  const baseURL = process.env.E2E_URL ?? ''
  const extraHTTPHeaders = { origin: baseURL }
  for (const person of PEOPLE) {
    callers.set(
      person,
      await request.newContext({ baseURL, extraHTTPHeaders, storageState: stateFile(person) }),
    )
  }
  callers.set('nobody', await request.newContext({ baseURL, extraHTTPHeaders }))
  callers.set('outsider', await request.newContext({ baseURL, extraHTTPHeaders }))
  project = await makeProject('Walked')
  await inviteOutsider(await makeProject('Elsewhere'))
})

test.afterAll(async () => {
  for (const caller of callers.values()) await caller.dispose()
})

function as(who: Who): APIRequestContext {
  const caller = callers.get(who)
  if (!caller) throw new Error(`Nobody is called ${who}`)
  return caller
}

async function makeProject(name: string): Promise<string> {
  const made = await as('admin').post('/api/projects', {
    data: { name, categories: [{ name: 'One' }, { name: 'Two' }] },
  })
  return (await made.json()).slug
}

/** The way an invited person really takes: link, password, sign-in. */
async function inviteOutsider(slug: string): Promise<void> {
  const email = `outsider-${randomUUID()}@example.com`
  const added = await as('admin').post(`/api/projects/${slug}/members`, {
    data: { email, name: 'Outsider', role: 'manager' },
  })
  const { link } = await added.json()
  const token = new URL(link).pathname.split('/').at(-1)
  const password = 'a password of their own'
  const opened = await as('outsider').post(`/api/account/links/${token}`, {
    data: { name: 'Outsider', email, password },
  })
  expect(opened.ok(), await opened.text()).toBe(true)
  const { csrfToken } = await (await as('outsider').get('/api/auth/csrf')).json()
  const signedIn = await as('outsider').post('/api/auth/callback/password', {
    form: { email, password, csrfToken, json: 'true' },
  })
  expect(signedIn.ok(), await signedIn.text()).toBe(true)
}

function fill(path: string): string {
  return path
    .replace('[project]', project)
    .replace('[version]', '999')
    .replace('[...nextauth]', 'csrf')
    .replace('[token]', 'no-such-token-at-all')
    .replaceAll(/\[\w+\]/g, () => randomUUID())
}

const EVERYONE = ACCESS.public

/** Everyone at once, each with their answer. */
const askAll = (ask: (who: Who) => Promise<APIResponse>) =>
  Promise.all(EVERYONE.map(async (who) => [who, await ask(who)] as const))

test('every route and every page is listed', () => {
  expect(listRoutes().sort()).toEqual(Object.keys(ROUTES).sort())
  expect(listPages().sort()).toEqual(Object.keys(PAGES).sort())
})

for (const [route, access] of Object.entries(ROUTES)) {
  const [method = '', path = ''] = route.split(' ')
  test(`${route} is for: ${access}`, async () => {
    const allowed: readonly Who[] = ACCESS[access]
    const ask = (who: Who) =>
      as(who).fetch(fill(path), {
        method,
        ...(method === 'GET' ? {} : { data: {} }),
        maxRedirects: 0,
      })
    for (const [who, response] of await askAll(ask)) {
      const status = response.status()
      const isProjectUnknown =
        status === 404 && (await response.text()).includes('This project was not found.')
      if (allowed.includes(who)) {
        expect([401, 403], `${who} must get through`).not.toContain(status)
        expect(isProjectUnknown, `${who} belongs to the project`).toBe(false)
        expect(status, `${who}: ${status} is our fault`).not.toBe(500)
      } else if (who === 'nobody') {
        expect(status, 'nobody must sign in').toBe(401)
      } else if (who === 'outsider') {
        expect(isProjectUnknown, 'an outsider must not learn that the project exists').toBe(true)
      } else {
        expect(status, `${who} must be refused`).toBe(403)
      }
    }
  })

  if (method !== 'GET') {
    test(`${route} refuses a write from another site, and one from nowhere`, async () => {
      const statuses = ['https://evil.example', ''].map(async (origin) => {
        const headers = { origin }
        const data = {}
        return (await as('admin').fetch(fill(path), { method, data, headers })).status()
      })
      expect(await Promise.all(statuses)).toEqual([403, 403])
    })
  }
}

for (const [path, access] of Object.entries(PAGES)) {
  test(`the page ${path} is for: ${access}`, async () => {
    const allowed: readonly Who[] = ACCESS[access]
    const open = (who: Who) => as(who).get(fill(path), { maxRedirects: 0 })
    for (const [who, response] of await askAll(open)) {
      const status = response.status()
      if (who === 'nobody' && access !== 'public') {
        expect(status, 'nobody is led to sign-in').toBeGreaterThanOrEqual(302)
        expect(response.headers().location).toContain('/sign-in')
      } else if (allowed.includes(who)) {
        expect(status, `${who}: ${status} is our fault`).toBeLessThan(500)
        // A page below an id that exists nowhere is rightly not found.
        if (!/\[(?!project)/.test(path)) expect([200, 307], `${who} must see it`).toContain(status)
      } else {
        expect(status, `${who} must not see it`).toBe(404)
      }
    }
  })
}

test('a session cookie is out of reach of scripts and of other sites', async () => {
  const { cookies } = await as('outsider').storageState()
  const session = cookies.find((cookie) => cookie.name.endsWith('session-token'))
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
})

test('pages say where scripts may come from', async () => {
  const response = await as('reviewer').get('/sign-in')
  const policy = response.headers()['content-security-policy']
  expect(policy).toMatch(/script-src 'self' 'nonce-/)
  expect(policy).toContain("frame-ancestors 'none'")
})

test('someone who is removed is out at the next request', async () => {
  const slug = await makeProject('Leaving')
  const members = await (await as('admin').get(`/api/projects/${slug}/members`)).json()
  const riley = members.find((member: { email: string }) => member.email.startsWith('reviewer@'))
  expect((await as('reviewer').get(`/api/projects/${slug}`)).status()).toBe(200)
  await as('admin').delete(`/api/projects/${slug}/members/${riley.userId}`)
  expect((await as('reviewer').get(`/api/projects/${slug}`)).status()).toBe(404)
})
