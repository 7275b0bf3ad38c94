import type { Page } from '@playwright/test'
import { expect } from './people'

/** Promotes the next open correction; when all of a pair are promoted it goes on to the next pair. */
export async function promoteNext(page: Page): Promise<void> {
  const promoted = page.getByText('promoted', { exact: true })
  const open = page.getByRole('article').filter({ hasNot: promoted })
  await expect(page.getByRole('article').first()).toBeVisible()
  if ((await open.count()) === 0)
    await page
      .getByRole('button', { name: /\d open/ })
      .first()
      .click()
  const button = open.getByRole('button', { name: /^Promote \S/ }).first()
  const name = (await button.getAttribute('aria-label')) ?? ''
  await button.click()
  const form = page.getByRole('dialog', { name })
  await expect(form.getByLabel('Explanation')).toHaveValue(/^Classification should be .+ and not /)
  await expect(form.getByLabel('Text of the case')).not.toHaveValue('')
  await form.getByRole('button', { name: 'Add to the draft' }).click()
  await expect(form).toBeHidden()
  await expect(open.getByRole('button', { name, exact: true })).toHaveCount(0)
}
