import type { Page } from '@playwright/test'
import { expectSaved } from './answering'
import { makeProjectWith, someCases } from './own-project'
import { expect, test } from './people'

const shownCase = (page: Page) => page.getByRole('region', { name: 'Case' })
const suggestionPane = (page: Page) => page.getByRole('region', { name: 'Suggestion' })
const caseInView = async (page: Page) => (await shownCase(page).getAttribute('data-case')) ?? ''

const COLOURS = ['Amber', 'Birch', 'Copper', 'Delta', 'Ember', 'Falcon', 'Garnet', 'Harbor']
const MANY = COLOURS.flatMap((name) => [`${name} refused`, `${name} lost`, `${name} late`])

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`many labels never push the actions out of view, ${viewport.width} wide`, async ({
    as,
    ask,
  }) => {
    const name = `Many labels ${viewport.width}`
    const slug = await makeProjectWith(await ask('engineer'), name, someCases(20), 'none', MANY)
    const page = await as('reviewer', viewport)
    await page.goto(`/projects/${slug}/review`)
    if (viewport.width < 1024) await page.getByRole('button', { name: 'Labels' }).click()
    for (const action of ['Close call', 'Note', 'Skip']) {
      await expect(suggestionPane(page).getByRole('button', { name: action })).toBeInViewport()
    }
  })
}

test('a label without a key is found by its letters, also as the second choice', async ({
  as,
  ask,
}) => {
  const api = await ask('engineer')
  const slug = await makeProjectWith(api, 'Labels by letters', someCases(20), 'none', MANY)
  const page = await as('reviewer')
  await page.goto(`/projects/${slug}/review`)
  const first = await caseInView(page)
  await page.keyboard.press('/')
  await expect(page.getByRole('textbox', { name: 'Search a category' })).toBeFocused()
  await page.keyboard.type('lo ga')
  await expect(suggestionPane(page).getByRole('list').getByRole('button')).toHaveText(/Garnet lost/)
  await page.keyboard.press('Enter')
  await expect(shownCase(page)).not.toHaveAttribute('data-case', first)
  await expect(shownCase(page)).toBeFocused()

  const second = await caseInView(page)
  await page.keyboard.press('c')
  await page.keyboard.press('/')
  await page.keyboard.type('emb')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.type('harbor l')
  await page.keyboard.press('Enter')
  await expect(shownCase(page)).not.toHaveAttribute('data-case', second)
  await expectSaved(page)
  const { answers } = await (await api.get(`/api/projects/${slug}/review/mine`)).json()
  expect(answers).toEqual([])
  const mine = await (await (await ask('reviewer')).get(`/api/projects/${slug}/review/mine`)).json()
  expect(
    mine.answers.map(({ externalId, label, secondLabel }: Record<string, unknown>) => [
      ...[externalId, label, secondLabel],
    ]),
  ).toEqual([
    [second, 'Ember lost', 'Harbor lost'],
    [first, 'Garnet lost', null],
  ])
})

test('a note quotes what is selected, and is kept until the answer', async ({ as, ask }) => {
  const slug = await makeProjectWith(await ask('engineer'), 'Quoting', someCases(20))
  const page = await as('reviewer')
  await page.goto(`/projects/${slug}/review`)
  const text = shownCase(page).getByRole('article').locator('p').first()
  await text.selectText()
  const passage = (await text.innerText()).trim()
  await page.keyboard.press('n')
  const note = page.getByRole('textbox', { name: 'Your note on this case' })
  await expect(note).toHaveValue(`“${passage}”\n`)
  await page.keyboard.type('This decides.')
  await page.keyboard.press('Escape')
  await expect(shownCase(page)).toBeFocused()
  await page.keyboard.press('n')
  await page.keyboard.type(' Really.')
  await expect(note).toHaveValue(`“${passage}”\nThis decides. Really.`)
  await page.keyboard.press('Enter')
  await page.keyboard.press('1')
  await expectSaved(page)
  const mine = await (await (await ask('reviewer')).get(`/api/projects/${slug}/review/mine`)).json()
  expect(mine.answers[0].note).toBe(`“${passage}”\nThis decides. Really.`)
})

test('words are highlighted in every case until they are cleared', async ({ as, ask }) => {
  const slug = await makeProjectWith(await ask('engineer'), 'Highlighting', someCases(20))
  const page = await as('reviewer')
  await page.goto(`/projects/${slug}/review`)
  await expect(shownCase(page)).toBeVisible()
  await page.keyboard.press('h')
  const field = page.getByRole('textbox', { name: 'Highlight words' })
  await field.pressSequentially('x1 x2')
  await page.keyboard.press('Enter')
  const marks = shownCase(page).locator('[aria-hidden=false] mark')
  const found = page.getByText(/^\d+ in this case$/)
  for (let at = 0; at < 2; at++) {
    await expect(async () => {
      const count = await marks.count()
      expect(count).toBeGreaterThan(0)
      await expect(found).toHaveText(`${count} in this case`, { timeout: 500 })
    }).toPass()
    const before = await caseInView(page)
    await page.keyboard.press('1')
    await expect(shownCase(page)).not.toHaveAttribute('data-case', before)
  }
  await expectSaved(page)
  await page.reload()
  await expect(field).toHaveValue('x1 x2')
  await expect(marks.first()).toBeVisible()
  await page.getByRole('button', { name: 'Clear' }).click()
  await expect(marks).toHaveCount(0)
  await expect(shownCase(page)).toBeFocused()
})
