import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { answerCases } from './answering'
import { downloadText, expectWorkbook } from './downloads'
import { expect, test } from './people'
import { promoteNext } from './promoting'

const PROJECT = '/projects/support-root-causes'
const CASES = 40
const PROMOTED = 12

type Label = { external_id: string; label: string }

/** What a reviewer who is always right would say. */
const truth = new Map(
  readFileSync('prompts/support-root-causes/labels.jsonl', 'utf8')
    .trim()
    .split('\n')
    .map((line): Label => JSON.parse(line))
    .map(({ external_id, label }) => [external_id, label]),
)

test.describe.configure({ mode: 'serial' })

test('a reviewer signs in with one click and answers forty cases by keyboard', async ({
  browser,
  as,
}) => {
  const context = await browser.newContext({ baseURL: process.env.E2E_URL })
  const door = await context.newPage()
  // Not '/': whoever is in several projects is asked which one.
  await door.goto(`${PROJECT}/review`)
  await door.getByRole('button', { name: 'Continue as reviewer' }).click()
  await expect(door).toHaveURL(/\/review$/)
  await context.close()

  const page = await as('reviewer')
  await page.goto(`${PROJECT}/review`)
  await answerCases(page, CASES, (externalId) => truth.get(externalId))
  await page.goto(`${PROJECT}/answers`)
  await expect(page.getByRole('listitem').or(page.getByRole('row')).first()).toBeVisible()
})

test('a prompt engineer promotes corrections into bad examples of a draft', async ({ as }) => {
  const page = await as('engineer')
  await page.goto(`${PROJECT}/versions`)
  await page.getByRole('button', { name: 'New draft from v2' }).click()
  await expect(page).toHaveURL(/\/versions\/[0-9a-f-]{36}$/)

  await page.goto(`${PROJECT}/corrections`)
  for (let done = 0; done < PROMOTED; done++) await promoteNext(page)
})

test('tries the draft on dev beside its parent, freezes, tests and releases it', async ({ as }) => {
  const page = await as('engineer')
  await page.goto(`${PROJECT}/versions`)
  await page
    .getByRole('link', { name: /draft from v2/i })
    .first()
    .click()
  await expect(page.getByText('Classification should be').first()).toBeVisible()
  await page.getByRole('link', { name: 'Trial on dev' }).click()
  await page.getByRole('button', { name: 'Try on dev' }).click()
  await expect(page.getByText(/\d+ fixed · \d+ broken/)).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('heading', { name: /^Broken/ })).toBeVisible()

  await page.getByRole('button', { name: 'Freeze as v3' }).click()
  await page.getByRole('button', { name: 'Freeze', exact: true }).click()
  await expect(page).toHaveURL(/\/versions\/3\/release$/)

  for (const number of [2, 3]) {
    await page.goto(`${PROJECT}/versions/${number}/release`)
    await page.getByRole('button', { name: `Test v${number}` }).click()
    await expect(page.getByText(/of 60 cases/)).toBeVisible({ timeout: 60_000 })
  }
})

test('a manager releases v3, sees three versions on the accuracy page and exports', async ({
  as,
}) => {
  const page = await as('manager')
  await page.goto(`${PROJECT}/versions/3/release`)
  const reason = page.getByLabel(/^Why should v3 be released anyway/)
  const release = page.getByRole('button', { name: /^Release v3/ })
  await expect(release).toBeVisible()
  if (await reason.isVisible()) await reason.fill('It is better on dev; test is too small to tell.')
  await release.click()
  await expect(page.getByText('v3 is released', { exact: true }).first()).toBeVisible()

  await page.goto(`${PROJECT}/accuracy`)
  const versions = page.getByRole('table').filter({ hasText: 'v3' }).first()
  for (const name of ['v1', 'v2', 'v3']) {
    const row = versions.getByRole('row').filter({ hasText: new RegExp(`\\b${name}\\b`) })
    await expect(row.first()).toContainText('%')
  }
  await expect(page.getByText('Agreement with suggestions in view').first()).toBeVisible()

  await page.goto(`${PROJECT}/training-data`)
  const csv = await downloadText(page, 'Download CSV')
  const rows: Record<string, string>[] = parse(csv, { columns: true })
  // 61 dev and 60 test labels came with the cases; the reviewer added the others.
  expect(rows).toHaveLength(121 + CASES)
  for (const row of rows) expect(row.label).toBe(truth.get(row.external_id ?? ''))
  const lines = (await downloadText(page, 'Download JSON Lines')).trim().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toHaveLength(rows.length)
  await expectWorkbook(page, 61)
})
