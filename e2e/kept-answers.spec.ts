import type { APIRequestContext, Page } from '@playwright/test'
import { expectSaved, pressKeys } from './answering'
import { askDatabase } from './database'
import { inviteReviewer } from './inviting'
import { readOutbox } from './kept-in-browser'
import { makeProjectWith, releaseFirst, someCases } from './own-project'
import { expect, test } from './people'

const one = () => 'One'
const two = () => 'Two'
const progress = (page: Page) => page.getByRole('region', { name: 'Progress' })
const caseRegion = (page: Page) => page.getByRole('region', { name: 'Case' })
const review = (slug: string) => `/projects/${slug}/review`

type Saved = { externalId: string; label: string | null; person: string }

/** What stands in the database, whatever a page says. */
const savedIn = (slug: string): Promise<Saved[]> =>
  askDatabase<Saved>(
    `SELECT c."externalId", k.name AS label, u.name AS person
     FROM "Review" v
     JOIN "Project" p ON p.id = v."projectId" JOIN "Case" c ON c.id = v."caseId"
     JOIN "User" u ON u.id = v."reviewerId" LEFT JOIN "Category" k ON k.id = v."labelId"
     WHERE p.slug = $1 AND NOT v.undone
       AND NOT EXISTS (SELECT 1 FROM "Review" n WHERE n."supersedesId" = v.id)
     ORDER BY v.id`,
    [slug],
  )
const casesIn = async (slug: string) => (await savedIn(slug)).map(({ externalId }) => externalId)

test('an answer that came too late is kept and shown until it was read', async ({ as, ask }) => {
  const engineer = await ask('engineer')
  const slug = await makeProjectWith(engineer, 'Too late', someCases(20))
  await releaseFirst(engineer, slug)
  await putShownFirst(slug)
  const other = await inviteReviewer(await ask('manager'), slug, 'Quick')
  const page = await as('reviewer')
  await page.goto(review(slug))
  await expect(caseRegion(page)).toBeVisible()
  await page.context().setOffline(true)
  await page.keyboard.press('n')
  await page.getByLabel('Note').last().fill('Long on the road')
  await page.keyboard.press('Escape')
  const [late = ''] = await pressKeys(page, 1, two)
  await expect(progress(page)).toContainText('Offline: 1 answer kept')

  await endLeases(slug)
  await answerAs(other, slug, late)
  await other.dispose()
  await page.context().setOffline(false)

  const conflicts = page.getByRole('region', { name: 'Conflicts' })
  await expect(conflicts).toContainText(`Not saved: case ${late}`)
  await page.reload()
  await expect(conflicts).toContainText(`Not saved: case ${late}`)
  await expect(conflicts).toContainText('Two · “Long on the road”')
  await expect(conflicts.getByRole('link', { name: 'Open the case' })).toBeVisible()
  await expect(progress(page)).toContainText('1 conflict')
  expect(await savedIn(slug)).toEqual([{ externalId: late, label: 'One', person: 'Quick' }])

  // From another page it can be seen as well.
  await page.goto(`/projects/${slug}/answers`)
  await page.getByRole('link', { name: '1 conflict' }).click()
  await conflicts.getByRole('button', { name: 'Got it' }).click()
  await expect(conflicts).toHaveCount(0)
  await page.reload()
  await expectSaved(page)
  await expect(conflicts).toHaveCount(0)
  expect(await readOutbox(page)).toEqual([])
})

/** A case that comes with a suggestion is next, once there is one: the blind ones wait behind. */
async function putShownFirst(slug: string): Promise<void> {
  const OF_PROJECT = `"projectId" = (SELECT id FROM "Project" WHERE slug = $1)`
  const shown = () =>
    askDatabase(`SELECT 1 FROM "Assignment" WHERE "suggestionId" IS NOT NULL AND ${OF_PROJECT}`, [
      slug,
    ])
  await expect.poll(async () => (await shown()).length).toBeGreaterThan(0)
  await askDatabase(
    `UPDATE "Assignment" SET place = place + 1 WHERE mode = 'blind' AND ${OF_PROJECT}`,
    [slug],
  )
}

/** As if the page had been silent for long. */
async function endLeases(slug: string): Promise<void> {
  await askDatabase(
    `UPDATE "Assignment" SET "leaseUntil" = now() - interval '1 minute'
     WHERE status = 'open' AND "leaseUntil" IS NOT NULL
       AND "projectId" = (SELECT id FROM "Project" WHERE slug = $1)`,
    [slug],
  )
}

/** Someone else takes what came back, and answers the one case of it. */
async function answerAs(api: APIRequestContext, slug: string, externalId: string): Promise<void> {
  const base = `/api/projects/${slug}/review`
  const [label] = await (await api.get(`${base}/definitions`)).json()
  const { claims } = await (await api.post(`${base}/claims`, { data: { n: 25 } })).json()
  const claim = claims.find(
    (item: { case: { externalId: string } }) => item.case.externalId === externalId,
  )
  expect(claim, 'the case was handed out again').toBeTruthy()
  const data = {
    id: crypto.randomUUID(),
    assignmentId: claim.assignmentId,
    suggestionId: claim.suggestion?.id ?? null,
    labelId: label.id,
    answeredAt: new Date().toISOString(),
  }
  const saved = await api.post(`${base}/answers`, { data })
  expect(saved.ok(), await saved.text()).toBe(true)
}

test('signed out in the middle: answers wait for their own person', async ({ as, ask }) => {
  const slug = await makeProjectWith(await ask('engineer'), 'Signed out', someCases(40))
  const page = await as('reviewer')
  await page.goto(review(slug))
  const said = await pressKeys(page, 1, one)
  await expectSaved(page)
  await page.context().clearCookies()
  said.push(...(await pressKeys(page, 2, two)))
  await page.getByRole('link', { name: 'sign in to send 2 answers' }).click()

  // Someone else does so first, and nothing is said in their name.
  await page.getByRole('button', { name: 'Continue as prompt engineer' }).click()
  await expect(page).toHaveURL(new RegExp(`${slug}/review$`))
  await expect(caseRegion(page)).toBeVisible()
  await expectSaved(page)
  expect(await casesIn(slug)).toEqual(said.slice(0, 1))
  expect(await readOutbox(page)).toHaveLength(2)

  await page.context().clearCookies()
  await page.goto(review(slug))
  await page.getByRole('button', { name: 'Continue as reviewer' }).click()
  await expect(page).toHaveURL(new RegExp(`${slug}/review$`))
  await expect.poll(() => casesIn(slug)).toEqual(said)
  expect(new Set((await savedIn(slug)).map(({ person }) => person)).size).toBe(1)
})

test('a page whose person was replaced in another tab says nothing in the other’s name', async ({
  as,
  ask,
}) => {
  const slug = await makeProjectWith(await ask('engineer'), 'Replaced', someCases(40))
  const page = await as('reviewer')
  await page.goto(review(slug))
  await expect(caseRegion(page)).toBeVisible()
  const own = await page.context().cookies()
  await page.context().clearCookies()
  const { cookies } = await (await ask('engineer')).storageState()
  await page.context().addCookies(cookies)
  const said = await pressKeys(page, 2, one)
  await expect(progress(page)).toContainText('Signed out: sign in to send 2 answers')
  expect(await casesIn(slug)).toEqual([])
  await page.context().clearCookies()
  await page.context().addCookies(own)
  await page.reload()
  await expect.poll(() => casesIn(slug)).toEqual(said)
})

test('nobody signs out unaware of unsent answers', async ({ as, ask }) => {
  const slug = await makeProjectWith(await ask('engineer'), 'Signing out', someCases(40))
  const page = await as('reviewer')
  // Another person may have signed in with these cookies' product meanwhile: a session of this test's own.
  await page.context().clearCookies()
  await page.goto(review(slug))
  await page.getByRole('button', { name: 'Continue as reviewer' }).click()
  const said = await pressKeys(page, 1, one)
  await expectSaved(page)
  await page.route('**/review/answers', (route) => route.abort())
  said.push(...(await pressKeys(page, 3, one)))

  const signOut = async () => {
    await page.getByRole('button', { name: 'Account' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
  }
  const warning = page.getByRole('dialog', { name: '3 answers are not saved yet' })
  await signOut()
  await warning.getByRole('button', { name: 'Stay' }).click()
  await expect(warning).toHaveCount(0)
  await signOut()
  await warning.getByRole('button', { name: 'Send and sign out' }).click()
  await expect(warning).toContainText('could not be reached')
  expect(await casesIn(slug)).toEqual(said.slice(0, 1))
  await page.unroute('**/review/answers')
  await warning.getByRole('button', { name: 'Send and sign out' }).click()
  await expect(page).toHaveURL(/sign-in/)
  expect(await casesIn(slug)).toEqual(said)
})

test('what one page could not send, another page of the project sends', async ({ as, ask }) => {
  const slug = await makeProjectWith(await ask('engineer'), 'Other pages', someCases(40))
  const page = await as('reviewer')
  await page.goto(review(slug))
  await page.route('**/review/answers', (route) => route.abort())
  const said = await pressKeys(page, 3, one)
  await expect(progress(page)).toContainText('3 not saved yet')
  await page.getByRole('link', { name: 'My answers' }).first().click()
  await expect(page.getByText('3 not saved yet')).toBeVisible()
  await page.unroute('**/review/answers')
  await expect.poll(() => casesIn(slug), { timeout: 40_000 }).toEqual(said)
  await expect(page.getByText('not saved yet')).toHaveCount(0)
  await expect.poll(() => readOutbox(page)).toEqual([])
})

test('two tabs of one person lose nothing and say nothing twice', async ({ as, ask }) => {
  const slug = await makeProjectWith(await ask('engineer'), 'Two tabs', someCases(60))
  const first = await as('reviewer')
  await first.goto(review(slug))
  await expect(caseRegion(first)).toBeVisible()
  const second = await first.context().newPage()
  await second.goto(review(slug))
  await expect(caseRegion(second)).toBeVisible()
  const said: string[] = []
  for (const page of [first, second, first]) {
    // What was said in the other tab goes out of view in this one.
    const inView = () => caseRegion(page).getAttribute('data-case')
    await expect.poll(async () => said.includes((await inView()) ?? '')).toBe(false)
    await page.context().setOffline(true)
    said.push(...(await pressKeys(page, 2, one)))
    await page.context().setOffline(false)
    said.push(...(await pressKeys(page, 1, one)))
  }
  for (const page of [first, second]) await expectSaved(page)
  expect(new Set(said).size).toBe(9)
  expect(await casesIn(slug)).toEqual(said)
  await expect(first.getByRole('region', { name: 'Conflicts' })).toHaveCount(0)
})

test('the last twenty answers can be taken back after a reload, and offline', async ({
  as,
  ask,
}) => {
  const slug = await makeProjectWith(await ask('engineer'), 'Taking back', someCases(80))
  const page = await as('reviewer')
  await page.goto(review(slug))
  const said = await pressKeys(page, 22, one)
  await expectSaved(page)
  await page.reload()
  await expect(caseRegion(page)).toBeVisible()
  for (const externalId of said.slice(2).reverse()) {
    await page.keyboard.press('u')
    await expect(caseRegion(page)).toHaveAttribute('data-case', externalId)
    await expectSaved(page)
  }
  await expect(page.getByText('You said before: One')).toBeVisible()
  expect(await casesIn(slug)).toEqual(said.slice(0, 2))

  // What was not even sent yet can be taken back as well, and said anew.
  await page.context().setOffline(true)
  const again = await pressKeys(page, 2, one)
  expect(again).toEqual(said.slice(2, 4))
  await page.keyboard.press('u')
  await expect(caseRegion(page)).toHaveAttribute('data-case', again[1] ?? '')
  await pressKeys(page, 1, two)
  await page.context().setOffline(false)
  await expectSaved(page)
  expect((await savedIn(slug)).map(({ label }) => label)).toEqual(['One', 'One', 'One', 'Two'])
  expect(await casesIn(slug)).toEqual(said.slice(0, 4))
})

test('any own answer can be found and changed; where not, it says why', async ({ as, ask }) => {
  const slug = await makeProjectWith(await ask('engineer'), 'Changing my mind', someCases(40))
  const page = await as('reviewer')
  await page.goto(review(slug))
  const [first = '', second = ''] = await pressKeys(page, 4, one)
  await expectSaved(page)
  await page.goto(`/projects/${slug}/answers`)
  await page.getByRole('searchbox', { name: 'Search my answers' }).fill(first)
  await expect(page.getByRole('listitem')).toHaveCount(1)
  await page.getByRole('link', { name: `Change the answer on ${first}`, exact: true }).click()
  await expect(caseRegion(page)).toHaveAttribute('data-case', first)
  await expect(page.getByText('You said before: One')).toBeVisible()
  await pressKeys(page, 1, two)
  await expectSaved(page)
  const label = async (externalId: string) =>
    (await savedIn(slug)).find((saved) => saved.externalId === externalId)?.label
  expect(await label(first)).toBe('Two')

  // A second time from an old list: it was taken back already.
  await page.goto(`/projects/${slug}/answers`)
  const link = page.getByRole('link', { name: `Change the answer on ${second}`, exact: true })
  const address = (await link.getAttribute('href')) ?? ''
  await page.goto(address)
  await expect(caseRegion(page)).toHaveAttribute('data-case', second)
  await expectSaved(page)
  await page.goto(address)
  const conflicts = page.getByRole('region', { name: 'Conflicts' })
  await expect(conflicts).toContainText('Not changed')
  await expect(conflicts).toContainText('taken back already')
})

test('what an earlier release has kept in localStorage is sent', async ({ as, ask }) => {
  const slug = await makeProjectWith(await ask('engineer'), 'Earlier release', someCases(40))
  const page = await as('reviewer')
  await page.goto(review(slug))
  await page.route('**/review/answers', (route) => route.abort())
  const said = await pressKeys(page, 1, one)
  await expect(progress(page)).toContainText('1 not saved yet')
  const [entry] = await readOutbox(page)
  await page.evaluate(async (former) => {
    const key = `closecall:unsent:${former?.owner}:${former?.scope}`
    localStorage.setItem(key, JSON.stringify([former?.value]))
    const opened = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('closecall-outbox')
      opening.onsuccess = () => resolve(opening.result)
    })
    opened.transaction('entries', 'readwrite').objectStore('entries').clear()
    opened.close()
  }, entry)
  expect(await readOutbox(page)).toEqual([])
  await page.goto(review(slug))
  await expect(progress(page)).toContainText('1 not saved yet')
  expect(await readOutbox(page)).toHaveLength(1)
  const former = () => page.evaluate(() => Object.keys(localStorage).join())
  expect(await former()).not.toContain('closecall:unsent')
  await page.unroute('**/review/answers')
  await expect.poll(() => casesIn(slug)).toEqual(said)
})

test('without IndexedDB answers are sent all the same, and the page says what it cannot do', async ({
  as,
  ask,
}) => {
  const slug = await makeProjectWith(await ask('engineer'), 'No storage', someCases(40))
  const page = await as('reviewer')
  await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }))
  await page.goto(review(slug))
  await page.route('**/review/answers', (route) => route.abort())
  const said = await pressKeys(page, 2, one)
  await expect(progress(page)).toContainText('2 not saved yet: keep this page open')
  await page.unroute('**/review/answers')
  await page.getByRole('button', { name: 'Retry' }).click()
  await expect.poll(() => casesIn(slug), { timeout: 30_000 }).toEqual(said)
})
