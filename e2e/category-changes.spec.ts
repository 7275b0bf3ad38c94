import type { APIRequestContext, Page } from '@playwright/test'
import { makeProjectWith, someCases } from './own-project'
import { expect, test } from './people'

const NAMES = ['One', 'Two', 'Three'] as const
const CASES = 30
const EACH = CASES / NAMES.length

let slug = ''

/** Every case has a label, so that nothing waits for review before the categories change. */
test.beforeEach(async ({ ask }, { testId }) => {
  const rows = someCases(CASES).map((row, at) => ({ ...row, label: NAMES[at % NAMES.length] }))
  slug = await makeProjectWith(await ask('manager'), `Changes ${testId}`, rows, 'all', NAMES)
})

const settings = (page: Page) => page.goto(`/projects/${slug}/settings`)
/** What was changed, the newest first. */
const history = (page: Page) =>
  page.getByRole('region', { name: 'Changes of the categories' }).getByRole('listitem')

async function choose(page: Page, category: string, change: RegExp) {
  await page.getByRole('button', { name: `Change ${category}`, exact: true }).click()
  await page.getByRole('menuitem', { name: change }).click()
  return page.getByRole('dialog')
}

/** How many cases have which final label today. */
async function countLabels(api: APIRequestContext): Promise<Record<string, number>> {
  const file = await api.get(`/api/projects/${slug}/exports/final-labels.jsonl`)
  const lines = (await file.text()).split('\n').filter(Boolean)
  const labels: string[] = lines.map((line) => JSON.parse(line).label)
  return Object.fromEntries(
    [...new Set(labels)].map((label) => [label, labels.filter((one) => one === label).length]),
  )
}

const countLeft = async (api: APIRequestContext): Promise<number> =>
  (await (await api.get(`/api/projects/${slug}/review/progress`)).json()).left

test('a category is renamed and its labels go with it, and back again', async ({ as, ask }) => {
  const page = await as('manager')
  await settings(page)
  const dialog = await choose(page, 'Two', /^Rename/)
  await dialog.getByLabel('Name').fill('Three')
  await dialog.getByRole('button', { name: 'Rename' }).click()
  await expect(dialog.getByText('Nothing was changed')).toBeVisible()
  await expect(dialog).toContainText('Two categories would be called “Three”.')
  await dialog.getByLabel('Name').fill('Second')
  await dialog.getByRole('button', { name: 'Rename' }).click()
  await expect(page.getByText('“Two” was renamed', { exact: true })).toBeVisible()
  await expect(history(page)).toHaveText(/“Two” was renamed to “Second”/)
  expect(await countLabels(await ask('manager'))).toEqual({ One: EACH, Second: EACH, Three: EACH })

  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(history(page)).toContainText('undone')
  await expect(page.getByRole('textbox', { name: 'Name of category 2' })).toHaveValue('Two')
  expect(await countLabels(await ask('manager'))).toEqual({ One: EACH, Two: EACH, Three: EACH })
})

test('two categories become one, and nobody is asked again', async ({ as, ask }) => {
  const page = await as('manager')
  await settings(page)
  const dialog = await choose(page, 'Two', /^Merge/)
  await dialog.getByLabel('Goes on as').selectOption('Three')
  await expect(dialog).toContainText(`${EACH} labels become “Three”. Nobody is asked again.`)
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
  await expect(page.getByText('“Two” was merged', { exact: true })).toBeVisible()
  await expect(page.getByRole('textbox', { name: /^Name of category/ })).toHaveCount(2)
  await expect(history(page)).toContainText(`${EACH} cases brought up to date`)
  const manager = await ask('manager')
  await expect.poll(() => countLabels(manager)).toEqual({ One: EACH, Three: 2 * EACH })
  expect(await countLeft(await ask('reviewer'))).toBe(0)
})

test('a category is split: its cases go back into the queue, unless it is undone first', async ({
  as,
  ask,
}) => {
  const [manager, reviewer] = [await ask('manager'), await ask('reviewer')]
  const page = await as('manager')
  await settings(page)
  const split = async () => {
    const dialog = await choose(page, 'One', /^Split/)
    await expect(dialog).toContainText(`This puts ${EACH} cases back into the queue`)
    await dialog.getByRole('textbox', { name: 'Name of part 2' }).fill('One and a half')
    await dialog.getByRole('button', { name: 'Split', exact: true }).click()
    await expect(page.getByText('“One” was split', { exact: true }).first()).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'Name of category 2' })).toHaveValue(
      'One and a half',
    )
  }
  await split()
  await expect(history(page).first()).toContainText('Until then it can be undone')
  await history(page).first().getByRole('button', { name: /^Undo/ }).click()
  await expect(page.getByRole('textbox', { name: 'Name of category 2' })).toHaveValue('Two')
  expect(await countLeft(reviewer)).toBe(0)
  expect(await countLabels(manager)).toMatchObject({ One: EACH })

  await split()
  await expect(history(page).first()).toContainText(`${EACH} cases put back into the queue`, {
    timeout: 60_000,
  })
  await expect(history(page).first().getByRole('button', { name: /^Undo/ })).toHaveCount(0)
  expect(await countLabels(manager)).toEqual({ Two: EACH, Three: EACH })
  await expect.poll(() => countLeft(reviewer)).toBeGreaterThan(0)
})
