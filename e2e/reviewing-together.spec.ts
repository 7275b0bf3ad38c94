import type { Page } from '@playwright/test'
import { answerCases, expectSaved } from './answering'
import { makeProjectWith, someCases } from './own-project'
import { expect, test } from './people'

const shownCase = (page: Page) => page.getByRole('region', { name: 'Case' })
const caseInView = async (page: Page) => (await shownCase(page).getAttribute('data-case')) ?? ''

test('a double click on a label answers once', async ({ as, ask }) => {
  const slug = await makeProjectWith(await ask('engineer'), 'Double clicks', someCases(20))
  const page = await as('reviewer')
  await page.goto(`/projects/${slug}/review`)
  const first = await caseInView(page)
  const label = page
    .getByRole('region', { name: 'Suggestion' })
    .getByRole('button', { name: 'One' })
  await label.dblclick()
  await expect(shownCase(page)).not.toHaveAttribute('data-case', first)
  const second = await caseInView(page)
  await expect(page.getByRole('region', { name: 'Progress' })).toContainText(/^1 of /)
  await expectSaved(page)
  await page.reload()
  await expect(shownCase(page)).toHaveAttribute('data-case', second)
  await page.getByRole('link', { name: 'My answers' }).first().click()
  await expect(page.getByRole('listitem')).toHaveCount(1)
  await expect(page.getByRole('listitem')).toContainText(first)
})

test('two people at once never see the same case, and each answer counts once', async ({
  as,
  ask,
}) => {
  const api = await ask('engineer')
  const slug = await makeProjectWith(api, 'Two at once', someCases(60))
  const left = async () =>
    (await (await api.get(`/api/projects/${slug}/review/progress`)).json()).left
  const all: number = await left()
  // Towards the end a page holds what is left: that one of them runs dry is not asked here.
  const each = Math.floor(all / 2) - 5
  expect(each, 'there is enough for two').toBeGreaterThan(5)
  const pages = await Promise.all([as('reviewer'), as('engineer')])
  const seen = await Promise.all(
    pages.map(async (page) => {
      await page.goto(`/projects/${slug}/review`)
      const cases: string[] = []
      await answerCases(page, each, (externalId) => {
        cases.push(externalId)
        return 'One'
      })
      return cases
    }),
  )
  expect(new Set(seen.flat()).size).toBe(2 * each)
  expect(await left()).toBe(all - 2 * each)
})

test('an answer given just before the page is closed arrives', async ({ as, ask }) => {
  const slug = await makeProjectWith(await ask('engineer'), 'Leaving at once', someCases(20))
  const page = await as('reviewer')
  await page.goto(`/projects/${slug}/review`)
  const answered = await caseInView(page)
  await page.keyboard.press('1')
  await page.goto('about:blank')
  const api = await ask('reviewer')
  const mine = async () =>
    (await (await api.get(`/api/projects/${slug}/review/mine`)).json()).answers.map(
      ({ externalId }: { externalId: string }) => externalId,
    )
  await expect.poll(mine).toEqual([answered])
})
