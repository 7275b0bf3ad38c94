import type { APIRequestContext } from '@playwright/test'
import { makeProjectWith, someCases } from './own-project'
import { expect, openApi, test } from './people'
import { killStandIn, setFaults } from './stand-in'

let slug = ''

test.beforeAll(async () => {
  const api = await openApi('engineer')
  slug = await makeProjectWith(api, `Failures ${Date.now()}`, someCases(400))
  await api.dispose()
})
test.afterEach(() => setFaults(null))

/** A run of the first draft on all of the example pool. Gives its id. */
async function startRun(api: APIRequestContext): Promise<string> {
  const base = `/api/projects/${slug}`
  const [draft] = await (await api.get(`${base}/versions`)).json()
  const data = { versionId: draft.id, pool: 'example', limit: null }
  const started = await api.post(`${base}/runs`, { data })
  expect(started.ok(), await started.text()).toBe(true)
  return (await started.json()).id
}

test('a run that was refused goes on from its page once that is mended', async ({ as, ask }) => {
  await setFaults({ errorRate: { AccessDeniedException: 1 } })
  const runId = await startRun(await ask('engineer'))
  const page = await as('engineer')
  await page.goto(`/projects/${slug}/runs/${runId}`)
  await expect(page.getByText('The run has failed')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(/allow bedrock:InvokeModel .*, then go on\./)).toBeVisible()
  const manager = await as('manager')
  await manager.goto(`/projects/${slug}/runs/${runId}`)
  await expect(manager.getByText('The run has failed')).toBeVisible()
  await expect(manager.getByRole('button', { name: 'Go on', exact: true })).toHaveCount(0)

  await setFaults(null)
  await page.getByRole('button', { name: 'Go on', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Done', { timeout: 60_000 })
  await expect(page.getByText('The run has failed')).toHaveCount(0)
  await expect(page.getByRole('table', { name: 'Failures by cause' })).toHaveCount(0)
})

test('a run that can’t reach Bedrock says so, waits, and goes on by itself', async ({
  as,
  ask,
}) => {
  await setFaults({ latencyMs: { min: 300, max: 900 } })
  const runId = await startRun(await ask('engineer'))
  const page = await as('engineer')
  await page.goto(`/projects/${slug}/runs/${runId}`)
  const bar = page.getByRole('progressbar', { name: 'Cases labelled' })
  await expect
    .poll(async () => Number(await bar.getAttribute('aria-valuenow')), { intervals: [100] })
    .toBeGreaterThan(0)
  // For as long as it is killed whenever it comes back.
  const away = setInterval(killStandIn, 50)
  try {
    await expect(page.getByText('Bedrock can’t be reached')).toBeVisible({ timeout: 30_000 })
    await expect(page.getByText(/trying again (in \d+ seconds?|now)/)).toBeVisible()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Running')
  } finally {
    clearInterval(away)
  }
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Done', { timeout: 90_000 })
  await expect(page.getByText('Bedrock can’t be reached')).toHaveCount(0)
  await expect(page.getByRole('table', { name: 'Failures by cause' })).toHaveCount(0)
  const answers = page.getByRole('table', { name: 'Answers by what could be read of them' })
  const items = await bar.getAttribute('aria-valuemax')
  await expect(answers.getByRole('row', { name: /^Read at once/ })).toContainText(items ?? '')
})
