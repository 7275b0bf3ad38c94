import { expect, type Page } from '@playwright/test'

type LabelOf = (externalId: string) => string | undefined

/**
 * Answers `count` cases on the review screen, with one key each: the number of the right label, or A
 * where that is what the model suggests. `labelOf` says what is right by the case's external id.
 */
export async function answerCases(page: Page, count: number, labelOf: LabelOf): Promise<void> {
  await pressKeys(page, count, labelOf)
  await expectSaved(page)
}

/** The same without waiting for the server. Gives the external ids of the cases. */
export async function pressKeys(page: Page, count: number, labelOf: LabelOf): Promise<string[]> {
  const done: string[] = []
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
    done.push(externalId)
    former = externalId
  }
  const isPast = shown.and(page.locator(`[data-case="${former}"]`))
  await expect(isPast).toHaveCount(0)
  return done
}

/** Everything said so far has reached the server. */
export async function expectSaved(page: Page): Promise<void> {
  await expect(page.getByRole('region', { name: 'Progress' })).toHaveAttribute('aria-busy', 'false')
}
