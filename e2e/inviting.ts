import { type APIRequestContext, request } from '@playwright/test'
import { expect } from './people'

const PASSWORD = 'correct horse battery'

/** Adds a new person to a project, lets them choose a password and signs them in: the API as they ask it. */
export async function inviteReviewer(
  manager: APIRequestContext,
  slug: string,
  name: string,
): Promise<APIRequestContext> {
  const email = emailOf(slug, name)
  const added = await manager.post(`/api/projects/${slug}/members`, {
    data: { email, name, role: 'reviewer' },
  })
  expect(added.ok(), await added.text()).toBe(true)
  const { link } = await added.json()
  const baseURL = process.env.E2E_URL ?? ''
  const api = await request.newContext({ baseURL, extraHTTPHeaders: { origin: baseURL } })
  const token = new URL(link).pathname.split('/').at(-1)
  const chosen = await api.post(`/api/account/links/${token}`, {
    data: { name, email, password: PASSWORD },
  })
  expect(chosen.ok(), await chosen.text()).toBe(true)
  await signInAgain(api, slug, name)
  return api
}

const emailOf = (slug: string, name: string) => `${name}@${slug}.example.com`.toLowerCase()

/** Signs in a person who was invited before. */
export async function signInAgain(
  api: APIRequestContext,
  slug: string,
  name: string,
): Promise<void> {
  const { csrfToken } = await (await api.get('/api/auth/csrf')).json()
  const signedIn = await api.post('/api/auth/callback/password', {
    form: { email: emailOf(slug, name), password: PASSWORD, csrfToken, json: 'true' },
  })
  expect(signedIn.ok(), await signedIn.text()).toBe(true)
}

/** Their session ends, as it does by itself after a time. */
export async function signOut(api: APIRequestContext): Promise<void> {
  const { csrfToken } = await (await api.get('/api/auth/csrf')).json()
  await api.post('/api/auth/signout', { form: { csrfToken, json: 'true' } })
}
