import { makeProjectWith, releaseFirst, someCases } from './own-project'
import { expect, test } from './people'

const TEXT = 'Customer: Amber and birch have come apart since Tuesday.\nAgent: We look into it.'

test('a pasted case is labelled at once by what is released, kept, and not asked about twice', async ({
  as,
  ask,
}) => {
  const engineer = await ask('engineer')
  const slug = await makeProjectWith(engineer, 'One by one', someCases(4))
  const data = { messages: [{ text: TEXT }] }
  const refused = await engineer.post(`/api/projects/${slug}/label`, { data })
  expect(refused.status()).toBe(409)
  await releaseFirst(engineer, slug)

  const page = await as('engineer')
  await page.goto(`/projects/${slug}/runs`)
  const card = page.getByRole('region', { name: 'Label one case' })
  await card.getByRole('button', { name: 'Paste a case' }).click()
  const submit = card.getByRole('button', { name: 'Label it with v1' })
  await expect(submit).toBeDisabled()
  await card.getByLabel('Text').fill(TEXT)
  await expect(card.getByText('Read as 2 messages: customer, agent.')).toBeVisible()
  await submit.click()
  await expect(card.getByText(/^(One|Two|No valid label)$/)).toBeVisible()
  await expect(card.getByText('Cost')).toBeVisible()
  await expect(page.getByText('v1 has labelled 1 case for $0.00', { exact: false })).toBeVisible()

  await submit.click()
  await expect(card.getByText('The project had this case already')).toBeVisible()
  await expect(page.getByText('v1 has labelled 1 case for $0.00', { exact: false })).toBeVisible()
  // It is no run that begins and ends.
  await expect(page.getByRole('table', { name: 'Runs' }).getByRole('link')).toHaveCount(1)
})
