import { expect, type Page } from '@playwright/test'

/**
 * Answers `count` cases on the review screen, with one key each: the number of the right label, or A
 * where that is what the model suggests. `labelOf` says what is right by the case's external id.
 */
export async function answerCases(
  page: Page,
  count: number,
  labelOf: (externalId: string) => string | undefined,
): Promise<void> {
  const shown = page.getByRole('region', { name: 'Case' })
  const panel = page.getByRole('region', { name: 'Suggestion' })
  let former = ''
  for (let answered = 0; answered < count; answered++) {
    await expect(shown).not.toHaveAttribute('data-case', former)
    const externalId = (await shown.getAttribute('data-case')) ?? ''
    const label = labelOf(externalId)
    if (!label) throw new Error(`Nobody knows the label of ${externalId}`)
    const choice = panel.getByRole('button', { name: label, exact: true })
    const key = await choice.getAttribute('aria-keyshortcuts')
    if (!key) throw new Error(`${label} has no key`)
    await page.keyboard.press(key)
    former = externalId
  }
  await expectSaved(page)
}

/** Everything said so far has reached the server. */
export async function expectSaved(page: Page): Promise<void> {
  await expect(page.getByRole('region', { name: 'Progress' })).toHaveAttribute('aria-busy', 'false')
}
