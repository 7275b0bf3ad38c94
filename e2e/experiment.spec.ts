import { readFileSync } from 'node:fs'
import { runExperiment } from './experimenting'
import { makeProjectWith, releaseFirst, someCases } from './own-project'
import { expect, openApi, test } from './people'

let slug = ''

test.beforeAll(async () => {
  const api = await openApi('engineer')
  const cases = someCases(60).map((row, at) => ({ ...row, label: at % 2 ? 'Two' : 'One' }))
  slug = await makeProjectWith(api, 'To experiment in', cases, 'dev_and_test', ['One', 'Two'])
  await releaseFirst(api, slug)
  await api.dispose()
})

test('a grid is priced before it runs, told apart in one table, and its best becomes a draft', async ({
  as,
}) => {
  const page = await as('engineer')
  await page.goto(`/projects/${slug}/runs`)
  await page.getByRole('link', { name: 'Experiments', exact: true }).click()
  await page.getByRole('link', { name: 'New experiment' }).first().click()
  await page.getByLabel('Name').fill('Packs and similar ones')
  const packs = page.getByRole('group', { name: 'Cases to a call' })
  await packs.getByLabel('packs of 5').check()
  await packs.getByLabel('packs of 10').check()
  // Nothing was chosen of it: the plan says so, and the button waits.
  await packs.getByLabel('as the version says').uncheck()
  await packs.getByLabel('one by one').check()
  const examples = page.getByRole('group', { name: 'Examples, always the same' })
  await examples.getByLabel('first 5').check()

  const plan = page.getByRole('region', { name: 'What it takes' })
  await expect(plan.getByRole('row')).toHaveCount(4)
  await expect(plan).toContainText('Left out: 3 that would make no sense')
  await expect(plan).toContainText('It has no examples in use.')
  await expect(page.getByRole('table', { name: 'How many cases fit a pack' })).toBeVisible()
  await page.getByRole('button', { name: 'Start experiment…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Run 3 set-ups?' })
  await expect(dialog).toContainText('it costs nothing')
  await dialog.getByRole('button', { name: 'Start experiment' }).click()

  await expect(page.getByRole('heading', { name: /^Packs and similar ones/ })).toBeVisible()
  const table = page.getByRole('table', { name: 'Set-ups side by side' })
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Done', { timeout: 30_000 })
  await expect(table.getByRole('row', { name: /packs of 10/ })).toContainText(/\d %/)
  await expect(table.getByText('cannot tell yet').first()).toBeVisible()

  // The same prompt for ten cases: fewer tokens for each.
  await table.getByRole('button', { name: 'Tokens / case' }).click()
  await expect(table.getByRole('row').nth(1)).toContainText('packs of 10')

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download CSV' }).click(),
  ])
  const lines = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\n')
  expect(lines).toHaveLength(4)
  expect(lines[0]).toContain('accuracy_low')

  await page.getByLabel('Best is').selectOption('the cheapest near the most accurate')
  await page.getByLabel('Points below it, at most').fill('100')
  await expect(page.getByRole('heading', { name: /v1, packs of 10/ })).toBeVisible()
  await page.getByRole('button', { name: 'Make it a draft to release' }).click()
  await expect(page.getByRole('heading', { name: 'Freeze the draft first' })).toBeVisible()
  // A copy has no run of its own, but a model was sent the same.
  await expect(page.getByText(/right on dev, measured in an experiment/)).toBeVisible()
  await expect(page.getByText('Chosen as one of 3, it looks better than it is')).toBeVisible()

  // Back there, the rule is what it was, and the draft is not offered as new.
  await page.goBack()
  await expect(page.getByLabel('Points below it, at most')).toHaveValue('100')
  await expect(page.getByRole('button', { name: 'Go to the draft made of it' })).toBeVisible()
})

test('an experiment gets another name, is deleted, and is brought back', async ({ as, ask }) => {
  const id = await runExperiment(await ask('engineer'), slug)
  const page = await as('engineer')
  const address = `/projects/${slug}/runs/experiments/${id}`
  await page.goto(address)
  const menu = page.getByRole('button', { name: 'Change the experiment' })
  await menu.click()
  await page.getByRole('menuitem', { name: 'Rename…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Rename the experiment' })
  await expect(dialog.getByLabel('Name')).toBeFocused()
  await dialog.getByLabel('Name').fill('Of one and of five')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Of one and of five')

  const list = page.getByRole('table', { name: 'Experiments' })
  await menu.click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(page).toHaveURL(/\/runs\/experiments$/)
  await expect(list.getByText('Of one and of five')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Of one and of five')

  await menu.click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(page).toHaveURL(/\/runs\/experiments$/)
  // Whoever has its address finds all of it.
  await page.goto(address)
  await expect(page.getByText('This experiment was deleted')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Set-ups side by side' })).toBeVisible()
  await page.getByRole('button', { name: 'Bring it back' }).click()
  await expect(page.getByText('This experiment was deleted')).toHaveCount(0)
  await page.goto(`/projects/${slug}/runs/experiments`)
  await expect(list.getByText('Of one and of five')).toBeVisible()
})

test('an experiment that was stopped goes on with what is missing', async ({ as, ask }) => {
  const api = await ask('engineer')
  const base = `/api/projects/${slug}`
  const [v1] = (await (await api.get(`${base}/versions`)).json()).filter(
    ({ number }: { number: number | null }) => number === 1,
  )
  const own = [null]
  const { id } = await (
    await api.post(`${base}/runs/experiments`, {
      data: {
        ...{ name: 'Temperatures', pool: 'dev', limit: 10, repeats: 2 },
        rule: { kind: 'most_accurate' },
        grid: {
          ...{ versionIds: [v1.id], modelId: own, fixedExamples: own, similarExamples: own },
          ...{ packSize: own, answers: own, sample: own, mode: own, temperature: [0, 0.5, 1] },
        },
      },
    })
  ).json()
  await api.post(`${base}/runs/experiments/${id}/stop`, { data: {} })
  const page = await as('engineer')
  await page.goto(`/projects/${slug}/runs/experiments/${id}`)
  const goOn = page.getByRole('button', { name: 'Run what is missing' })
  await goOn.click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Done', { timeout: 30_000 })
  await expect(goOn).toHaveCount(0)

  await page
    .getByRole('link', { name: /temperature 0.5/ })
    .first()
    .click()
  const series = page.getByRole('region', { name: 'The same, several times' })
  await expect(series).toContainText('Flip rate')
})
