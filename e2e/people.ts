import { resolve } from 'node:path'
import { type BrowserContext, test as base, type Page } from '@playwright/test'

export const PEOPLE = ['reviewer', 'engineer', 'manager', 'admin'] as const
export type Person = (typeof PEOPLE)[number]

/** Where a signed-in person's cookies are kept for the tests. */
export const stateFile = (person: Person) => resolve('.test/people', `${person}.json`)

type Fixtures = {
  /** A page of a person who is signed in already; every page watches for errors in its console. */
  as: (person: Person, viewport?: { width: number; height: number }) => Promise<Page>
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
})

export { expect } from '@playwright/test'
