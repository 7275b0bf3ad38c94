import { makeProjectWith, releaseFirst, someCases } from './own-project'
import { expect, test } from './people'

const MODEL = 'closecall.lexical-v1'

test('a manager sets a model’s price; estimate and run of a prompt engineer go by it and say so', async ({
  as,
  ask,
}) => {
  const engineerApi = await ask('engineer')
  const slug = await makeProjectWith(engineerApi, 'Own prices', someCases(40))
  await releaseFirst(engineerApi, slug)

  const manager = await as('manager')
  await manager.goto(`/projects/${slug}/settings`)
  await manager.getByRole('link', { name: 'Open prices' }).click()
  const row = manager.getByRole('row', { name: new RegExp(MODEL) })
  await expect(row).toContainText('local stand-in')
  await row.getByRole('button', { name: `Set the price of ${MODEL}` }).click()
  const dialog = manager.getByRole('dialog', { name: 'Set a price' })
  await dialog.getByLabel('Input, $ per million tokens').fill('cheap')
  await dialog.getByLabel('Output, $ per million tokens').fill('15')
  await dialog.getByRole('button', { name: 'Set price' }).click()
  await expect(dialog).toContainText('Dollars, from 0 to 10,000.')
  await dialog.getByLabel('Input, $ per million tokens').fill('3')
  await dialog.getByRole('button', { name: 'Set price' }).click()
  await expect(row).toContainText('$3.00')
  await expect(row).toContainText('$3.75')
  await expect(row).toContainText('set by')

  // What was left to the usual stays so when the input is changed.
  await row.getByRole('button', { name: `Set the price of ${MODEL}` }).click()
  await expect(dialog.getByLabel('Cache, written')).toHaveValue('')
  await expect(dialog.getByLabel('Cache, written')).toHaveAttribute('placeholder', '3.75')
  await dialog.getByLabel('Input, $ per million tokens').fill('4,5')
  await dialog.getByRole('button', { name: 'Set price' }).click()
  await expect(dialog).toContainText('No commas, please')
  await dialog.getByLabel('Input, $ per million tokens').fill('4')
  await dialog.getByRole('button', { name: 'Set price' }).click()
  await expect(row).toContainText('$5.00')

  await manager.getByLabel('Model id').fill('nonsense !!')
  await manager.getByRole('button', { name: 'Set its price' }).click()
  await expect(manager.getByText('such as eu.anthropic.claude-sonnet-4-6')).toBeVisible()
  await expect(dialog).toHaveCount(0)

  const engineer = await as('engineer')
  await engineer.goto(`/projects/${slug}/settings/prices`)
  await expect(engineer.getByRole('row', { name: new RegExp(MODEL) })).toContainText('$15.00')
  await expect(engineer.getByRole('button', { name: `Set the price of ${MODEL}` })).toHaveCount(0)
  await engineer.goto(`/projects/${slug}/runs/new`)
  const estimate = engineer.getByRole('region', { name: 'What it takes' })
  await expect(estimate).toContainText(/\$0\.\d+.*price set here on \d+ \w+ 20\d\d/)
  // Two clicks at once start, and pay for, one run.
  const runs = `/api/projects/${slug}/runs`
  const before = (await (await engineerApi.get(runs)).json()).length
  await engineer.getByRole('button', { name: 'Start run' }).dblclick()
  const progress = engineer.getByRole('region', { name: 'Progress' })
  await expect(progress).toContainText('Took', { timeout: 30_000 })
  await expect(progress).toContainText(/\$0\.\d+.*price set here on/)
  expect((await (await engineerApi.get(runs)).json()).length).toBe(before + 1)

  // Undone, it costs nothing again, and the run keeps what it was recorded with.
  await row.getByRole('button', { name: `Set the price of ${MODEL}` }).click()
  await dialog.getByRole('button', { name: 'Back to the listed price' }).click()
  await expect(row).toContainText('local stand-in')
  await engineer.reload()
  await expect(progress).toContainText(/\$0\.\d+.*price set here on/)
})
