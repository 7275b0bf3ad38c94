import type { Page } from '@playwright/test'
import { makeProjectWith, someCases } from './own-project'
import { expect, openApi, test } from './people'
import { setBatch } from './stand-in'

let slug = ''

test.beforeAll(async () => {
  const api = await openApi('engineer')
  // Three in five are in the example pool.
  slug = await makeProjectWith(api, `Batch ${Date.now()}`, someCases(250))
  await api.dispose()
})
test.afterEach(() => setBatch(null))

/** Starts a run of the first draft as a batch job, on the page. */
async function startBatch(page: Page, pool: 'example' | 'dev'): Promise<void> {
  await page.goto(`/projects/${slug}/runs/new?pool=${pool}`)
  await page.getByRole('radio', { name: /^All of the pool/ }).check()
  await page.getByRole('radio', { name: /^As a batch job/ }).check()
  if (pool === 'example') {
    const card = page.getByRole('region', { name: 'What it takes' })
    await expect(card.getByText(/^as a batch job/)).toBeVisible()
  } else await expect(page.getByText('Too few cases for a batch job')).toBeVisible()
  await page.getByRole('button', { name: 'Start run' }).click()
  await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}$/)
}

const done = (page: Page) => page.getByText('Done', { exact: true })

test('a batch job goes on while the page is reloaded, and brings a label for every case', async ({
  as,
}) => {
  await setBatch({
    statusMs: { submitted: 500, validating: 500, scheduled: 1_500 },
    recordsPerSecond: 40,
  })
  const page = await as('engineer')
  await startBatch(page, 'example')
  const jobs = page.getByRole('table', { name: 'Batch jobs' })
  await expect(jobs.getByText('In the queue', { exact: true })).toBeVisible()
  await page.reload()
  await expect(jobs.getByText('At work', { exact: true })).toBeVisible()
  await page.reload()
  await expect(jobs.getByText('Completed', { exact: true })).toBeVisible({ timeout: 30_000 })
  await expect(done(page)).toBeVisible()

  const [, records = ''] = /of (\d+) records/.exec(await page.locator('main').innerText()) ?? []
  expect(Number(records)).toBeGreaterThan(100)
  const answers = page.getByRole('table', { name: 'Answers by what could be read of them' })
  await expect(answers.getByRole('row', { name: /^Read at once/ })).toContainText(records)
  await expect(page.getByRole('table', { name: 'Suggestions' }).getByRole('row')).not.toHaveCount(0)

  // Nobody has reviewed these: what was said of them is shown to who would rather see it.
  const card = page.getByRole('region', { name: 'Suggestions', exact: true })
  await expect(card.getByText(/^Hidden: /)).toHaveCount(50)
  await expect(card.getByText('You will not be asked to review them.')).toBeVisible()
  await card.getByRole('button', { name: 'Show these 50 cases' }).press('Enter')
  const shown = card.getByText('50 cases are shown. You will not be asked to review them.')
  await expect(shown).toBeVisible()
  await expect(card.getByText(/^Hidden: /)).toHaveCount(0)
  await expect(card.locator(':focus')).toHaveText(await shown.innerText())
  await page.reload()
  await expect(card.getByRole('row')).toHaveCount(51)
  await expect(card.getByText(/^Hidden: /)).toHaveCount(0)
})

test('what a batch job leaves open is asked on demand when somebody says so', async ({ as }) => {
  await setBatch({ partialShare: 0.5 })
  const page = await as('engineer')
  await startBatch(page, 'example')
  await expect(
    page.getByText(/^The batch jobs have left \d+ cases without an answer$/),
  ).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('Partly completed', { exact: true })).toBeVisible()
  await expect(page.getByText('Paused', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Ask the rest on demand' }).click()
  await expect(done(page)).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(/^\d+ cases were asked on demand$/)).toBeVisible()
})

test('a batch run that has paused before a limit says what is enough, and goes on with it', async ({
  as,
  ask,
}) => {
  await setBatch(null)
  const api = await ask('engineer')
  const base = `/api/projects/${slug}`
  const [draft] = await (await api.get(`${base}/versions`)).json()
  const data = { versionId: draft.id, pool: 'example', limit: null, mode: 'batch', callLimit: 100 }
  const { id } = await (await api.post(`${base}/runs`, { data })).json()
  const page = await as('engineer')
  await page.goto(`/projects/${slug}/runs/${id}`)
  const why = page.getByText(/^Paused: its next batch job would make more calls than it may/)
  await expect(why).toBeVisible({ timeout: 30_000 })
  const [, enough = ''] = /Allow (\d+)/.exec(await why.innerText()) ?? []
  await expect(page.getByLabel('New most of calls')).toHaveValue(enough)
  await page.getByRole('button', { name: 'Raise it and go on' }).click()
  await expect(done(page)).toBeVisible({ timeout: 30_000 })
})

test('a batch job is stopped, and what it had answered is kept', async ({ as }) => {
  // So slow that it is at work for half a minute, however slow the page.
  await setBatch({ recordsPerSecond: 4 })
  const page = await as('engineer')
  await startBatch(page, 'example')
  const jobs = page.getByRole('table', { name: 'Batch jobs' })
  await expect(jobs.getByText('At work', { exact: true })).toBeVisible()
  await page.waitForTimeout(1_000)
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await page.getByRole('button', { name: 'Stop the run' }).click()
  await expect(page.getByText(/^The \d+ cases that were labelled are kept\.$/)).toBeVisible({
    timeout: 30_000,
  })
  await expect(jobs.getByText('Stopped', { exact: true })).toBeVisible()
})

test('cases that are too few for a batch job are asked on demand, and the run says so', async ({
  as,
}) => {
  const page = await as('engineer')
  await startBatch(page, 'dev')
  await expect(done(page)).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('They were asked on demand instead')).toBeVisible()
})
