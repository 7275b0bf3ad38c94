import { join, resolve } from 'node:path'
import {
  type APIRequestContext,
  type BrowserContext,
  test as base,
  type Page,
  request,
} from '@playwright/test'

export const PEOPLE = ['reviewer', 'engineer', 'manager', 'admin'] as const
export type Person = (typeof PEOPLE)[number]

/** The product's data folder. */
export const DATA = resolve(process.env.CLOSECALL_DATA ?? '.test/e2e')

/** Where a signed-in person's cookies are kept: beside the data of the product that they are for. */
export const stateFile = (person: Person) => join(`${DATA}-people`, `${person}.json`)

type Fixtures = {
  /** A page of a person who is signed in already; every page watches for errors in its console. */
  as: (person: Person, viewport?: { width: number; height: number }) => Promise<Page>
  ask: (person: Person) => Promise<APIRequestContext>
}

/** Signs one of the demo people in to the product at this address; gives the API as they ask it. */
export async function signInDemo(baseURL: string, person: Person): Promise<APIRequestContext> {
  const api = await request.newContext({ baseURL, extraHTTPHeaders: { origin: baseURL } })
  const { csrfToken } = await (await api.get('/api/auth/csrf')).json()
  const signedIn = await api.post('/api/auth/callback/demo', {
    form: { person, csrfToken, json: 'true' },
  })
  if (!signedIn.ok()) throw new Error(`${person} could not sign in: ${await signedIn.text()}`)
  return api
}

/** The API, asked as a page of that person asks it. Whoever asks for it disposes of it. */
export function openApi(person: Person): Promise<APIRequestContext> {
  const baseURL = process.env.E2E_URL ?? ''
  const extraHTTPHeaders = { origin: baseURL }
  return request.newContext({ baseURL, extraHTTPHeaders, storageState: stateFile(person) })
}

export const test = base.extend<Fixtures>({
  as: async ({ browser }, use) => {
    const contexts: BrowserContext[] = []
    const errors: string[] = []
    await use(async (person, viewport) => {
      const context = await browser.newContext({
        baseURL: process.env.E2E_URL,
        storageState: stateFile(person),
        viewport: viewport ?? { width: 1440, height: 900 },
        acceptDownloads: true,
      })
      contexts.push(context)
      const page = await context.newPage()
      page.on('pageerror', (error) => errors.push(`${page.url()}: ${error.message}`))
      page.on('console', (message) => {
        if (message.type() === 'error' && /Content Security Policy|Hydration/i.test(message.text()))
          errors.push(`${page.url()}: ${message.text()}`)
      })
      return page
    })
    for (const context of contexts) await context.close()
    if (errors.length > 0) throw new Error(`Errors in the browser:\n${errors.join('\n')}`)
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from here
  ask: async ({}, use) => {
    const contexts: APIRequestContext[] = []
    await use(async (person) => {
      const context = await openApi(person)
      contexts.push(context)
      return context
    })
    for (const context of contexts) await context.dispose()
  },
})

export { expect } from '@playwright/test'
