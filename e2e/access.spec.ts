import AxeBuilder from '@axe-core/playwright'
import type { APIRequestContext, Page } from '@playwright/test'
import { expectSaved } from './answering'
import { runExperiment } from './experimenting'
import { makeProject, makeProjectWith, releaseFirst, someCases, uploadFile } from './own-project'
import { expect, openApi, type Person, test } from './people'
import { PAGES } from './routes'

const STARTER = '/projects/support-root-causes'
const NARROW = { width: 390, height: 844 }

/** Where the pages with something on them are, and who looks at each. */
const VISITS: Record<string, readonly [Person | null, string]> = {
  '/sign-in': [null, '/sign-in'],
  '/account/[token]': [null, '/account/{token}'],
  '/': ['engineer', '/?all'],
  '/projects/new': ['manager', '/projects/new'],
  '/projects/[project]/review': ['reviewer', '{labelled}/review'],
  '/projects/[project]/answers': ['engineer', `${STARTER}/answers`],
  '/projects/[project]/cases': ['engineer', `${STARTER}/cases`],
  '/projects/[project]/cases/[id]': ['engineer', `${STARTER}/cases/{case}`],
  '/projects/[project]/bulk-confirm': ['engineer', `${STARTER}/bulk-confirm`],
  '/projects/[project]/runs/new': ['engineer', `${STARTER}/runs/new`],
  '/projects/[project]/runs/experiments': ['engineer', `${STARTER}/runs/experiments`],
  '/projects/[project]/runs/experiments/new': ['engineer', `${STARTER}/runs/experiments/new`],
  '/projects/[project]/runs/experiments/[experiment]': [
    'engineer',
    `${STARTER}/runs/experiments/{experiment}`,
  ],
  '/projects/[project]/accuracy': ['manager', `${STARTER}/accuracy`],
  '/projects/[project]/corrections': ['engineer', `${STARTER}/corrections`],
  '/projects/[project]/disagreements': ['manager', `${STARTER}/disagreements`],
  '/projects/[project]/imports': ['manager', `${STARTER}/imports`],
  '/projects/[project]/imports/[import]': ['manager', '{own}/imports/{import}'],
  '/projects/[project]/runs': ['engineer', `${STARTER}/runs`],
  '/projects/[project]/runs/[run]': ['engineer', `${STARTER}/runs/{run}`],
  '/projects/[project]/training-data': ['manager', `${STARTER}/training-data`],
  '/projects/[project]/versions': ['engineer', `${STARTER}/versions`],
  '/projects/[project]/versions/[version]': ['engineer', `${STARTER}/versions/2`],
  '/projects/[project]/versions/[version]/playground': [
    'engineer',
    `${STARTER}/versions/2/playground`,
  ],
  '/projects/[project]/versions/[version]/examples': ['engineer', `${STARTER}/versions/2/examples`],
  '/projects/[project]/versions/[version]/proposals': [
    'engineer',
    '{own}/versions/{draft}/proposals',
  ],
  '/projects/[project]/versions/side-by-side': [
    'engineer',
    `${STARTER}/versions/side-by-side?base=1&of=2`,
  ],
  '/projects/[project]/versions/[version]/release': ['manager', `${STARTER}/versions/2/release`],
  '/projects/[project]/versions/[version]/trial': ['engineer', `${STARTER}/versions/2/trial`],
  '/projects/[project]/versions/compare': ['engineer', `${STARTER}/versions/compare?a=1&b=2`],
  '/projects/[project]/settings/checks': ['manager', `${STARTER}/settings/checks`],
  '/projects/[project]/settings/prices': ['manager', `${STARTER}/settings/prices`],
  '/projects/[project]/settings/reviewing': ['manager', `${STARTER}/settings/reviewing`],
  '/projects/[project]/settings': ['manager', `${STARTER}/settings`],
}

/** The same pages where they look quite different. */
const MORE_VISITS: Record<string, readonly [Person | null, string]> = {
  'a blind review': ['reviewer', '{own}/review'],
  'a review of nothing': ['reviewer', '{bare}/review'],
  'a draft': ['engineer', '{own}/versions/{draft}'],
  'a finished import': ['manager', `${STARTER}/imports/{done}`],
  'a page that is not there': ['engineer', `${STARTER}/no-such-page`],
}

const places: Record<string, string> = {}

test.beforeAll(async () => {
  const [engineer, manager] = [await openApi('engineer'), await openApi('manager')]
  const slug = await makeProjectWith(engineer, 'Easy to reach', someCases(30))
  const known = someCases(12).map((row) => ({ ...row, label: 'One' }))
  // With the labels of dev and test known, what is left to review comes with a suggestion.
  const many = ['One', ...Array.from({ length: 30 }, (_, at) => `Category ${at + 2} of many`)]
  const labelled = await makeProjectWith(engineer, 'Many labels', known, 'dev_and_test', many)
  await releaseFirst(engineer, labelled)
  const rows = someCases(3, 100).map((row) => JSON.stringify({ ...row, label: 'One' }))
  const link = await invite(manager, slug)
  const starter = `/api${STARTER}`
  const read = async (url: string) => (await manager.get(url)).json()
  const cases = await read(`${starter}/cases?pool=dev`)
  Object.assign(places, {
    own: `/projects/${slug}`,
    labelled: `/projects/${labelled}`,
    bare: `/projects/${await makeProject(engineer, 'Nothing in it')}`,
    token: new URL(link).pathname.split('/').at(-1),
    import: await uploadFile(manager, slug, 'ready.jsonl', rows.join('\n')),
    draft: (await read(`/api/projects/${slug}/versions`))[0].id,
    case: cases.rows[0].id,
    run: (await read(`${starter}/runs`))[0].id,
    done: (await read(`${starter}/imports`))[0].id,
    experiment: await runExperiment(engineer, 'support-root-causes'),
  })
  await Promise.all([engineer.dispose(), manager.dispose()])
})

async function invite(manager: APIRequestContext, slug: string): Promise<string> {
  const data = { email: `${slug}@example.com`, name: 'Someone new', role: 'reviewer' }
  return (await (await manager.post(`/api/projects/${slug}/members`, { data })).json()).link
}

const fill = (path: string) => path.replaceAll(/\{(\w+)\}/g, (_, name) => places[name] ?? name)

async function expectNothingInTheWay(page: Page, where: string): Promise<void> {
  // No page has frames: the mode without them needs no second page to gather its findings.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations } = await axe.analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const told = grave.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.html) }))
  expect(told, where).toEqual([])
}

const background = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.body).backgroundColor)

test('every page is visited', () => {
  expect(Object.keys(VISITS).sort()).toEqual(Object.keys(PAGES).sort())
})

for (const [name, [person, path]] of Object.entries({ ...VISITS, ...MORE_VISITS })) {
  test(`${name} can be used by everyone, light and dark, wide and narrow`, async ({
    as,
    browser,
  }) => {
    const door = person ? null : await browser.newContext({ baseURL: process.env.E2E_URL })
    const page = person ? await as(person) : await door?.newPage()
    if (!page) throw new Error('nobody came')
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await page.goto(fill(path))
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeAttached()
    await expect(page.getByRole('status', { name: /^Loading|^Fetching/ })).toHaveCount(0)
    await expectNothingInTheWay(page, 'light and wide')
    const light = await background(page)

    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    await page.setViewportSize(NARROW)
    await expect.poll(() => background(page), 'dark is another colour').not.toBe(light)
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
      .toBeLessThanOrEqual(NARROW.width)
    await expectNothingInTheWay(page, 'dark and narrow')
    await door?.close()
  })
}

test('the definitions can be read by keyboard on a narrow screen', async ({ as }) => {
  const page = await as('reviewer', NARROW)
  await page.goto(fill('{labelled}/review'))
  await expect(page.getByRole('region', { name: 'Case' })).toBeFocused()
  await page.keyboard.press('g')
  await expect(page.getByRole('dialog', { name: 'Definitions' })).toBeVisible()
  await expectNothingInTheWay(page, 'definitions')
})

test('the review page can be used by keyboard alone, from signing in', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: process.env.E2E_URL })
  const page = await context.newPage()
  const keys = page.keyboard
  await page.goto(fill('{own}/review'))
  await tabTo(page, 'Continue as reviewer')
  await keys.press('Enter')
  await expect(page).toHaveURL(/\/review$/)
  const shown = page.getByRole('region', { name: 'Case' })
  const progress = page.getByRole('region', { name: 'Progress' })
  await expect(shown).toBeFocused()

  for (const [key, dialog] of [
    ['?', 'Keys'],
    ['g', 'Definitions'],
  ] as const) {
    await keys.press(key)
    await expect(page.getByRole('dialog', { name: dialog })).toBeVisible()
    await expectNothingInTheWay(page, dialog)
    await keys.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }

  await keys.press('1')
  await expect(progress).toContainText(/^1 of /)
  await expect(shown).toBeFocused()
  await keys.press('n')
  await keys.type('A note with 1, 2 and a letter u')
  await keys.press('Enter')
  await keys.press('c')
  await keys.press('2')
  await keys.press('1')
  await expect(progress).toContainText(/^2 of /)
  await keys.press('1')
  await expect(progress).toContainText(/^3 of /)
  await keys.press('u')
  await expect(progress).toContainText(/^2 of /)

  const skipped = (await shown.getAttribute('data-case')) ?? ''
  await keys.press('s')
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectNothingInTheWay(page, 'skipping')
  await keys.press('1')
  await expect(shown).not.toHaveAttribute('data-case', skipped)

  await tabTo(page, 'Two')
  await keys.press('Enter')
  await expect(progress).toContainText(/^3 of /)
  await expectSaved(page)
  await tabTo(page, 'My answers')
  await keys.press('Enter')
  const answers = page.getByRole('listitem')
  await expect(answers).toHaveCount(3)
  await expect(answers.nth(1)).toContainText('close call, else One')
  await expect(answers.nth(1)).toContainText('A note with 1, 2 and a letter u')
  await context.close()
})

/** Presses Tab until what has the focus goes by this name. */
async function tabTo(page: Page, name: string): Promise<void> {
  const wanted = page
    .getByRole('button', { name, exact: true })
    .or(page.getByRole('link', { name, exact: true }))
  await expect(wanted.first()).toBeVisible()
  for (let pressed = 0; pressed < 60; pressed++) {
    await page.keyboard.press('Tab')
    if ((await wanted.and(page.locator(':focus')).count()) > 0) return
  }
  throw new Error(`Tab never came to ${name}`)
}
