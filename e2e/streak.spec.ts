import type { Page } from '@playwright/test'
import { expectSaved } from './answering'
import { askDatabase } from './database'
import { makeProjectWith, releaseFirst, someCases } from './own-project'
import { expect, test } from './people'

const STREAK = 100
const BURSTS = 12
const LABELS = ['One', 'Two', 'Three', 'Four']

/** What the database is to hold of a case at the end. */
type Told = {
  label: string | null
  second: string | null
  closeCall: boolean
  wrongReason: boolean
  note: string
}

const PLAIN = { second: null, closeCall: false, wrongReason: false, note: '' }

const shownCase = (page: Page) => page.getByRole('region', { name: 'Case' })
const caseInView = async (page: Page) => (await shownCase(page).getAttribute('data-case')) ?? ''
const suggestionPane = (page: Page) => page.getByRole('region', { name: 'Suggestion' })

/** The suggested label, or null in a blind review. */
async function readSuggestion(page: Page): Promise<string | null> {
  const suggested = suggestionPane(page).locator('[aria-description="Suggested"]')
  return (await suggested.count()) === 0
    ? null
    : ((await suggested.innerText()).split('\n').at(-1) ?? null)
}

const keyOf = (label: string) => String(LABELS.indexOf(label) + 1)

/** Answers the case in view by keys, another way each time. What it comes to; null for a skip. */
async function answerInTurn(page: Page, turn: number): Promise<Told | null> {
  const press = (key: string) => page.keyboard.press(key)
  const suggested = await readSuggestion(page)
  const label = LABELS[turn % LABELS.length] ?? ''
  const other = LABELS.find((name) => name !== label && name !== suggested) ?? ''
  switch (turn % 9) {
    case 0:
      if (suggested === null) break
      await press('a')
      return { ...PLAIN, label: suggested }
    case 1:
      if (suggested === null) break
      await press('d')
      await press(keyOf(other))
      return { ...PLAIN, label: other }
    case 2:
      await press('c')
      await press(keyOf(label))
      await press(keyOf(other))
      return { ...PLAIN, label, second: other, closeCall: true }
    case 3:
      if (suggested === null) break
      await press('e')
      return { ...PLAIN, label: suggested, wrongReason: true }
    case 4:
      await press('n')
      await page.keyboard.type(`Note a1 of ${turn}`)
      await press('Enter')
      await press(keyOf(label))
      return { ...PLAIN, label, note: `Note a1 of ${turn}` }
    case 5:
      await press('s')
      await expect(page.getByRole('dialog')).toBeVisible()
      await press('1')
      return null
    case 6:
      await press('c')
      await press(keyOf(label))
      await press('Enter')
      return { ...PLAIN, label, closeCall: true }
    case 7:
      if (suggested === null) break
      await press('d')
      await press('Enter')
      return { ...PLAIN, label: null }
  }
  await press(keyOf(label))
  return { ...PLAIN, label }
}

async function readTold(slug: string): Promise<Record<string, Told>> {
  const rows = await askDatabase<Told & { externalId: string }>(
    `SELECT c."externalId", l.name AS label, s.name AS second, v."closeCall", v."wrongReason", v.note
     FROM "Review" v
     JOIN "Case" c ON c.id = v."caseId"
     JOIN "Project" p ON p.id = v."projectId" AND p.slug = $1
     LEFT JOIN "Category" l ON l.id = v."labelId"
     LEFT JOIN "Category" s ON s.id = v."secondLabelId"
     WHERE NOT v.undone AND NOT EXISTS (SELECT 1 FROM "Review" n WHERE n."supersedesId" = v.id)`,
    [slug],
  )
  return Object.fromEntries(rows.map(({ externalId, ...told }) => [externalId, told]))
}

test('a streak of a hundred cases by keyboard alone', async ({ as, ask }) => {
  test.setTimeout(240_000)
  const api = await ask('engineer')
  const slug = await makeProjectWith(api, 'A streak', someCases(170), 'none', LABELS)
  await releaseFirst(api, slug)
  const page = await as('reviewer')
  // Whatever is clicked from here on would not be by keyboard.
  await page.addInitScript(() => {
    for (const type of ['pointerdown', 'mousedown', 'click'] as const) {
      document.addEventListener(type, (event) => {
        if (event.isTrusted) document.documentElement.dataset.pointed = type
      })
    }
  })
  await page.goto(`/projects/${slug}/review`)
  const expected: Record<string, Told> = {}
  let blind = 0
  for (let turn = 0; Object.keys(expected).length < STREAK; turn++) {
    await expect(shownCase(page)).toBeFocused()
    const id = await caseInView(page)
    expect(expected[id], `${id} comes once`).toBeUndefined()
    if ((await readSuggestion(page)) === null) blind++
    const told = await answerInTurn(page, turn)
    await expect(shownCase(page)).not.toHaveAttribute('data-case', id)
    if (told) expected[id] = told
    if (told && turn % 10 === 8) {
      // Taken back, it is in hand again with its note; and is answered otherwise.
      await page.keyboard.press('u')
      await expect(shownCase(page)).toHaveAttribute('data-case', id)
      await page.keyboard.press('2')
      await expect(shownCase(page)).not.toHaveAttribute('data-case', id)
      expected[id] = { ...PLAIN, label: 'Two', note: told.note }
    }
  }
  await expectSaved(page)
  expect(blind, 'both kinds of review are in it').toBeGreaterThan(5)
  expect(STREAK - blind, 'both kinds of review are in it').toBeGreaterThan(5)
  expect(await page.evaluate(() => document.documentElement.dataset.pointed)).toBeUndefined()
  expect(await readTold(slug)).toEqual(expected)
})

test('keys in bursts never land on another case than the one in view', async ({ as, ask }) => {
  const api = await ask('engineer')
  const slug = await makeProjectWith(api, 'Bursts', someCases(120), 'none', LABELS)
  await releaseFirst(api, slug)
  const page = await as('reviewer')
  await page.addInitScript(() => {
    // Hears a key before the page does, and writes down what is in view at that moment.
    window.addEventListener(
      'keydown',
      ({ key, repeat }) => {
        const id = document.querySelector('[data-case]')?.getAttribute('data-case')
        // A key that is held down answers once.
        if (id && !repeat) window.inView = [...(window.inView ?? []), { id, key }]
      },
      { capture: true },
    )
  })
  await page.goto(`/projects/${slug}/review`)
  await expect(shownCase(page)).toBeVisible()
  for (let burst = 0; burst < BURSTS; burst++) {
    const keys = Array.from({ length: 7 }, (_, at) => String(1 + ((burst + at) % LABELS.length)))
    await Promise.all(keys.map((key) => page.keyboard.press(key)))
    await expect(shownCase(page)).toBeVisible()
  }
  const pressed = await page.evaluate(() => window.inView ?? [])
  await expectSaved(page)
  const told = await readTold(slug)
  const expected = pressed.map(({ id, key }) => [id, LABELS[Number(key) - 1]])
  expect(expected.length, 'most keys found a case').toBeGreaterThan(2 * BURSTS)
  expect(new Set(expected.map(([id]) => id)).size, 'no case came twice').toBe(expected.length)
  const saved = Object.entries(told).map(([id, { label }]) => [id, label])
  expect(saved.sort()).toEqual(expected.sort())
})

declare global {
  interface Window {
    /** The case that was in view when each key went down. */
    inView?: { id: string; key: string }[]
  }
}
