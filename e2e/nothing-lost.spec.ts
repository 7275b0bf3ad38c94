import type { APIRequestContext, Page } from '@playwright/test'
import { expectSaved, pressKeys } from './answering'
import { askDatabase } from './database'
import { readOutbox } from './kept-in-browser'
import { type OwnProduct, startOwnProduct } from './own-product'
import { makeProjectWith, releaseFirst, someCases } from './own-project'
import { expect, signInDemo, test } from './people'

const LABELS = ['Apples', 'Pears', 'Plums']
const STREAK = 40

/** What is right follows from the case's id, so that an answer on a wrong case shows. */
const labelOf = (externalId: string) => LABELS[Number(externalId.split('-')[1]) % LABELS.length]

let product: OwnProduct
let slug = ''
let reviewer: APIRequestContext

test.beforeAll(async () => {
  test.setTimeout(6 * 60_000)
  product = await startOwnProduct('nothing-lost')
  reviewer = await signInDemo(product.url, 'reviewer')
  const engineer = await signInDemo(product.url, 'engineer')
  const admin = await signInDemo(product.url, 'admin')
  slug = await makeProjectWith(admin, 'Orchard', someCases(STREAK + 20), 'none', LABELS)
  await releaseFirst(engineer, slug)
  for (const api of [engineer, admin]) await api.dispose()
})

test.afterAll(async () => {
  await reviewer?.dispose()
  await product?.stop()
})

test('a streak of 40 answers outlives network, page, tab, web server and database', async ({
  browser,
}) => {
  test.setTimeout(6 * 60_000)
  const storageState = await reviewer.storageState()
  const context = await browser.newContext({ baseURL: product.url, storageState })
  let page = await context.newPage()
  const said: string[] = []
  const say = async (n: number) => said.push(...(await pressKeys(page, n, labelOf)))
  const open = () => page.goto(`/projects/${slug}/review`)
  const state = (text: RegExp | string) =>
    expect(page.getByRole('region', { name: 'Progress' })).toContainText(text)

  const dialogs = page.waitForResponse(async (response) => {
    return /\.js$/.test(response.url()) && (await response.text()).includes('Skip this case')
  })
  await open()
  await say(8)
  await expectSaved(page)
  await dialogs

  await test.step('the network goes, and the page is loaded again', async () => {
    await context.setOffline(true)
    await say(3)
    await state('Offline: 3 answers kept')
    const kept = await readOutbox(page)
    expect(kept).toHaveLength(3)
    expect(JSON.stringify(kept)).toContain(said.at(-1))
    // Answers, and nothing that was read: every word of these cases has their number in it.
    expect(JSON.stringify(kept)).not.toMatch(/amber|birch|\dx\d/)
    // What comes apart from the page is there without a connection as well.
    await page.keyboard.press('s')
    await expect(page.getByRole('dialog', { name: 'Skip this case' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.reload()).rejects.toThrow()
    await context.setOffline(false)
    await open()
    await expectSaved(page)
    expect(await countReviews()).toBe(said.length)
  })

  await test.step('the page is loaded again right after a key', async () => {
    await say(5)
    await page.reload()
    await say(1)
    await expectSaved(page)
    expect(await countReviews()).toBe(said.length)
  })

  await test.step('the tab crashes right after a key', async () => {
    // Nothing leaves the page any more.
    await page.route('**/review/answers', () => undefined)
    await say(2)
    await crash(page)
    expect(await countReviews()).toBe(said.length - 2)
    page = await context.newPage()
    await open()
    await say(1)
    await expectSaved(page)
    expect(await countReviews()).toBe(said.length)
  })

  await test.step('the web server is killed', async () => {
    product.killWebServer()
    await say(3)
    await state('3 not saved yet')
    // The launcher starts it again, and the page sends by itself.
    await expect(page.getByText(/not saved yet/)).toHaveCount(0, { timeout: 60_000 })
    await say(3)
    await expectSaved(page)
  })

  await test.step('the database is killed', async () => {
    await product.killDatabase()
    await say(3)
    await expect
      .poll(() => page.getByRole('region', { name: 'Progress' }).getAttribute('aria-busy'), {
        timeout: 60_000,
      })
      .toBe('false')
  })

  await say(STREAK - said.length)
  await expectSaved(page)
  expect(await readOutbox(page)).toEqual([])

  const reviews = await askDatabase<{ externalId: string; label: string; undone: boolean }>(
    `SELECT c."externalId", k.name AS label, v.undone FROM "Review" v
     JOIN "Case" c ON c.id = v."caseId" LEFT JOIN "Category" k ON k.id = v."labelId"`,
    [],
    product.dataDir,
  )
  expect(new Set(said).size).toBe(STREAK)
  const right = said.map((externalId) => ({
    externalId,
    label: labelOf(externalId),
    undone: false,
  }))
  expect(reviews.sort(byCase)).toEqual(right.sort(byCase))
  await context.close()
})

const byCase = (a: { externalId: string }, b: { externalId: string }) =>
  a.externalId.localeCompare(b.externalId)

async function countReviews(): Promise<number> {
  const [row] = await askDatabase<{ n: number }>(
    'SELECT count(*)::int AS n FROM "Review"',
    [],
    product.dataDir,
  )
  return row?.n ?? 0
}

/** As when the browser is out of memory: no handler of the page runs any more. */
async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const crashed = page.waitForEvent('crash')
  session.send('Page.crash').catch(() => undefined)
  await crashed
}
