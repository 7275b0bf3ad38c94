import type { APIRequestContext, Page } from '@playwright/test'
import { askDatabase } from './database'
import { makeProjectWith, someCases } from './own-project'
import { expect, openApi, test } from './people'
import { setFaults } from './stand-in'

/** Slow enough to press something meanwhile; answers come one by one. */
const SLOW = { latencyMs: { min: 200, max: 1_600 } }
/** Nothing more is answered: however slow the machine is, no run ends before it is pressed. */
const HELD = { throttleRate: 1 }

let slug = ''

test.beforeAll(async () => {
  const api = await openApi('engineer')
  // Three in five are in the example pool.
  slug = await makeProjectWith(api, `Controls ${Date.now()}`, someCases(600))
  await api.dispose()
})
test.afterEach(() => setFaults(null))

/** Many enough that nothing is over before it is pressed, few enough to wait for their end. */
const MANY = null
const FEW = 120

type Limits = { targetPerHour?: number }

/** Starts a run of the first draft on so many cases of the example pool. Gives its id. */
async function startRun(
  api: APIRequestContext,
  limit: number | null,
  limits: Limits = {},
): Promise<string> {
  const base = `/api/projects/${slug}`
  const [draft] = await (await api.get(`${base}/versions`)).json()
  const data = { versionId: draft.id, pool: 'example', limit, ...limits }
  const started = await api.post(`${base}/runs`, { data })
  expect(started.ok(), await started.text()).toBe(true)
  return (await started.json()).id
}

/** A case that a worker has in hand will still be written: until then nothing is final. */
async function waitUntilIdle(runId: string): Promise<void> {
  const inHand = async () => {
    const [row] = await askDatabase<{ n: number }>(
      'SELECT count(holder)::int AS n FROM "RunItem" WHERE "runId" = $1',
      [runId],
    )
    return row?.n
  }
  await expect.poll(inHand).toBe(0)
}

async function countSuggestions(runId: string): Promise<{ suggestions: number; cases: number }> {
  const [row] = await askDatabase<{ suggestions: number; cases: number }>(
    `SELECT count(*)::int AS suggestions, count(DISTINCT "caseId")::int AS cases
     FROM "Suggestion" WHERE "runId" = $1`,
    [runId],
  )
  if (!row) throw new Error('No count')
  expect(row.cases).toBe(row.suggestions)
  return row
}

const show = (page: Page, runId: string) => page.goto(`/projects/${slug}/runs/${runId}`)
const heading = (page: Page) => page.getByRole('heading', { level: 1 })
const bar = (page: Page) => page.getByRole('progressbar', { name: 'Cases labelled' })
const shown = async (page: Page) => Number(await bar(page).getAttribute('aria-valuenow'))
const whole = async (page: Page) => Number(await bar(page).getAttribute('aria-valuemax'))
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Before many are answered. */
const OFTEN = { intervals: [100] }

/** Asks for the run that are not its stream of events. */
function countPolls(page: Page, runId: string): () => number {
  let polls = 0
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.endsWith(`/runs/${runId}`) && request.method() === 'GET') {
      if (request.resourceType() === 'fetch') polls++
    }
  })
  return () => polls
}

test('a run is paused, goes on where it was, and is stopped with what it has', async ({
  as,
  ask,
}) => {
  await setFaults(SLOW)
  const page = await as('engineer')
  const runId = await startRun(await ask('engineer'), MANY)
  await show(page, runId)
  await expect.poll(() => shown(page), OFTEN).toBeGreaterThan(0)
  await setFaults(HELD)
  await button(page, 'Pause').click()
  await expect(heading(page)).toContainText('Paused')
  await expect(page.getByText(/^Paused by /)).toBeVisible()

  await waitUntilIdle(runId)
  const { suggestions: kept } = await countSuggestions(runId)
  expect(kept).toBeLessThan(await whole(page))
  await expect(bar(page)).toHaveAttribute('aria-valuenow', String(kept))
  await page.reload()
  await expect(bar(page)).toHaveAttribute('aria-valuenow', String(kept))
  expect(await countSuggestions(runId)).toMatchObject({ suggestions: kept })

  await setFaults(SLOW)
  await button(page, 'Go on').click()
  await expect(heading(page)).toContainText('Running')
  await expect.poll(() => shown(page), OFTEN).toBeGreaterThan(kept)
  await setFaults(HELD)
  await button(page, 'Stop').click()
  await button(page, 'Stop the run').click()
  await expect(heading(page)).toContainText('Stopped')
  await expect(button(page, 'Go on')).toHaveCount(0)
  await expect(button(page, 'Pause')).toHaveCount(0)
  const { suggestions } = await countSuggestions(runId)
  await expect(
    page.getByText(`The ${suggestions} cases that were labelled are kept.`),
  ).toBeVisible()
  expect(suggestions).toBeLessThan(await whole(page))
})

test('a run pauses at its number of calls, and goes on when more are allowed', async ({ as }) => {
  const page = await as('engineer')
  await page.goto(`/projects/${slug}/runs/new?pool=example`)
  await page.getByLabel('Number of cases').fill(String(FEW))
  await page.getByLabel('Most calls').fill('20')
  await page.getByRole('button', { name: 'Start run' }).click()
  await expect(heading(page)).toContainText('Paused')
  await expect(
    page.getByText('Paused: it has made as many calls as it may. Allow more, and it goes on.'),
  ).toBeVisible()
  await expect(bar(page)).toHaveAttribute('aria-valuenow', '20')
  // It would pause again at once.
  await expect(button(page, 'Go on')).toHaveCount(0)

  const raise = button(page, 'Raise it and go on')
  await page.getByLabel('New most of calls').fill('20')
  await expect(raise).toBeDisabled()
  await page.getByLabel('New most of calls').fill('1000')
  await raise.click()
  await expect(heading(page)).toContainText('Done')
  const runId = page.url().split('/').at(-1) ?? ''
  expect(await countSuggestions(runId)).toMatchObject({ suggestions: await whole(page) })
})

/** As a real model’s: the stand-in costs nothing otherwise. */
const PRICE = {
  ...{ input: 3_000_000, output: 15_000_000, cacheWrite: 3_750_000, cacheRead: 300_000 },
  batchPercent: 50,
}

async function setPrice(api: APIRequestContext, price: typeof PRICE | null): Promise<void> {
  const data = { modelId: 'closecall.lexical-v1', price }
  const answer = await api.put(`/api/projects/${slug}/prices`, { data })
  expect(answer.ok(), await answer.text()).toBe(true)
}

test('a run pauses when its budget is spent, and goes on when it is raised', async ({
  as,
  ask,
}) => {
  const manager = await ask('manager')
  await setPrice(manager, PRICE)
  await setFaults({ latencyMs: 300 })
  const page = await as('engineer')
  await page.goto(`/projects/${slug}/runs/new?pool=example`)
  await page.getByLabel('Number of cases').fill(String(FEW))
  await page.getByLabel('Budget in dollars').fill('0.01')
  await page.getByRole('button', { name: 'Start run' }).click()
  await expect(
    page.getByText('Paused: it has spent its budget. Raise the budget, and it goes on.'),
  ).toBeVisible()
  await expect(heading(page)).toContainText('Paused')
  expect(await shown(page)).toBeLessThan(await whole(page))
  await expect(button(page, 'Go on')).toHaveCount(0)

  await page.getByLabel('New budget in dollars').fill('0.01')
  await expect(button(page, 'Raise it and go on')).toBeDisabled()
  await page.getByLabel('New budget in dollars').fill('50')
  await setFaults(null)
  await button(page, 'Raise it and go on').click()
  await expect(heading(page)).toContainText('Done')
  const runId = page.url().split('/').at(-1) ?? ''
  expect(await countSuggestions(runId)).toMatchObject({ suggestions: await whole(page) })
  await setPrice(manager, null)
})

test('a run says whether it has kept the speed that was promised for it', async ({ as, ask }) => {
  const api = await ask('engineer')
  const page = await as('engineer')
  for (const [targetPerHour, verdict] of [
    [100, /100 an hour\s*kept/],
    [100_000_000, /100,000,000 an hour\s*not kept/],
  ] as const) {
    await show(page, await startRun(api, FEW, { targetPerHour }))
    await expect(heading(page)).toContainText('Done')
    await expect(page.locator('dl > div').filter({ hasText: 'Promised' })).toHaveText(
      new RegExp(`Promised${verdict.source}`),
    )
  }
})

test('progress comes by itself, without asking, and is right after a reload', async ({
  as,
  ask,
}) => {
  await setFaults(SLOW)
  const page = await as('engineer')
  const runId = await startRun(await ask('engineer'), MANY)
  const polls = countPolls(page, runId)
  await show(page, runId)
  await expect.poll(() => shown(page), OFTEN).toBeGreaterThan(0)
  const before = { polls: polls(), cases: await shown(page) }
  await expect.poll(() => shown(page), OFTEN).toBeGreaterThan(before.cases)
  expect(polls()).toBe(before.polls)

  await setFaults(HELD)
  const atReload = await shown(page)
  await page.reload()
  expect(await shown(page)).toBeGreaterThanOrEqual(atReload)
  await setFaults(SLOW)
  await expect.poll(() => shown(page), OFTEN).toBeGreaterThan(atReload)
  await setFaults(null)
  await expect(heading(page)).toContainText('Done')
  const all = await whole(page)
  expect(await shown(page)).toBe(all)
  expect(await countSuggestions(runId)).toMatchObject({ suggestions: all })
  const answers = page.getByRole('table', { name: 'Answers by what could be read of them' })
  await expect(answers.getByRole('row', { name: /^Read at once/ })).toContainText(String(all))
})

test('where the stream of events breaks off, the page asks instead and stays right', async ({
  as,
  ask,
}) => {
  await setFaults(SLOW)
  const api = await ask('engineer')
  const page = await as('engineer')
  const runId = await startRun(api, MANY)
  const path = `/api/projects/${slug}/runs/${runId}`
  let streams = 0
  await page.route(`**${path}/events`, async (route) => {
    streams++
    if (streams > 1) return route.abort()
    const now = JSON.stringify(await (await api.get(path)).json())
    return route.fulfill({
      contentType: 'text/event-stream',
      body: `retry: 100\n\ndata: ${now}\n\n`,
    })
  })
  const polls = countPolls(page, runId)
  await show(page, runId)
  await expect.poll(() => shown(page), OFTEN).toBeGreaterThan(0)
  await setFaults(HELD)
  await expect.poll(() => streams).toBeGreaterThan(1)
  await expect.poll(polls).toBeGreaterThan(0)

  // Somebody else presses it.
  await api.post(`${path}/pause`, { data: {} })
  await expect(heading(page)).toContainText('Paused')
  await waitUntilIdle(runId)
  const { suggestions: kept } = await countSuggestions(runId)
  await expect(bar(page)).toHaveAttribute('aria-valuenow', String(kept))
  await setFaults(null)
  await button(page, 'Go on').click()
  await expect(heading(page)).toContainText('Done')
  expect(await countSuggestions(runId)).toMatchObject({ suggestions: await whole(page) })
  expect(await shown(page)).toBe(await whole(page))
})
