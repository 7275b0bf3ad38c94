import { resolve } from 'node:path'
import { type APIRequestContext, chromium, type Page, request } from '@playwright/test'
import { makeDraftProject } from './draft-project'
import { compare, type Figure, report } from './figures'
import { startProduct } from './product'

/**
 * Typing into a draft of many examples, in Chromium: from the key to the end of the frame that shows the
 * character, and to that of the frame in which the difference from the parent says it too. Keys come at
 * a person's pace, so that saves and their answers fall between them.
 */

const EXAMPLES = 200
const KEYS = 200
const SWITCHES = 20
const WARM_UP = 10
const PAINTED_MS = 50
const DIFFERENCE_MS = 200
const PACE_MS = { from: 120, to: 350 }
const WORDS = 'weigh the first request and the last answer of the agent most '

export async function measureEditor(): Promise<Figure[]> {
  const product = await startProduct('.', resolve('.test/bench/product'))
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH,
    args: process.env.CHROMIUM_FLAGS?.split(' ').filter(Boolean),
  })
  try {
    return await measureAt(product.url, browser)
  } finally {
    await browser.close()
    await product.stop()
  }
}

async function measureAt(
  url: string,
  browser: Awaited<ReturnType<typeof chromium.launch>>,
): Promise<Figure[]> {
  const api = await request.newContext({
    baseURL: url,
    extraHTTPHeaders: { origin: new URL(url).origin },
  })
  await enter(api, url)
  const { slug, draftId } = await makeDraftProject(api, EXAMPLES)
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1440, height: 900 },
  })
  await enter(context.request, url)
  const page = await context.newPage()
  await page.addInitScript({ content: WATCH })
  await page.goto(`/projects/${slug}/versions/${draftId}`)
  await page.getByRole('tab', { name: /^Difference/ }).click()
  await page.getByRole('region', { name: 'Difference in Good examples' }).waitFor()
  const figures = [...(await typePersona(page)), await switchExamples(page)]
  await context.close()
  await api.dispose()
  return figures
}

async function enter(api: APIRequestContext, url: string): Promise<void> {
  const { csrfToken } = await (await api.get('/api/auth/csrf')).json()
  await api.post('/api/auth/callback/demo', {
    form: { person: 'engineer', csrfToken, json: 'true' },
    headers: { origin: new URL(url).origin },
  })
}

const pause = (page: Page) =>
  page.waitForTimeout(PACE_MS.from + Math.random() * (PACE_MS.to - PACE_MS.from))

async function typePersona(page: Page): Promise<Figure[]> {
  await page.getByLabel('Persona', { exact: true }).press('ControlOrMeta+End')
  for (let at = 0; at < WARM_UP + KEYS; at++) {
    await page.keyboard.press(
      WORDS[at % WORDS.length] === ' ' ? 'Space' : (WORDS[at % WORDS.length] ?? 'x'),
    )
    await pause(page)
  }
  await page.waitForFunction(
    (n) => window.typed.filter(({ compared }) => compared).length >= n,
    WARM_UP + KEYS,
  )
  const typed = (await page.evaluate(() => window.typed)).slice(WARM_UP)
  const [painted, compared] = [typed.map((key) => key.painted), typed.map((key) => key.compared)]
  const of = `${KEYS} keys, ${EXAMPLES} examples`
  const part = 'versions'
  const measured = (name: string, value: number) => ({ part, name, value, unit: 'ms' }) as const
  const limit = (value: number) => ({ name: 'limit', value })
  return [
    report(measured(`Typed character painted, median of ${of}`, shareOf(painted, 0.5))),
    compare(
      measured(`Typed character painted, 95th percentile of ${of}`, shareOf(painted, 0.95)),
      limit(PAINTED_MS),
      { atMost: 1 },
    ),
    compare(
      measured(`Difference follows the key, 95th percentile of ${of}`, shareOf(compared, 0.95)),
      limit(DIFFERENCE_MS),
      { atMost: 1 },
    ),
  ]
}

/** The dearest change for the difference: a section of a hundred examples is written and compared anew. */
async function switchExamples(page: Page): Promise<Figure> {
  for (let at = 0; at < SWITCHES; at++) {
    // Not by its role: to look for that, every element that is out of view is laid out.
    await page.locator('section[aria-label="Good examples"] input[type=checkbox]').nth(at).focus()
    await pause(page)
    await page.keyboard.press('Space')
    await page.waitForFunction((n) => window.switched.length > n, at)
  }
  return report({
    part: 'versions',
    name: `Difference follows an example switched off, 95th percentile of ${SWITCHES}`,
    value: shareOf(await page.evaluate(() => window.switched), 0.95),
    unit: 'ms',
  })
}

function shareOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.ceil(share * sorted.length) - 1] ?? 0
}

declare global {
  interface Window {
    /** Milliseconds from each key until the character, and then the difference with it, was on screen; 0 until then. */
    typed: { painted: number; compared: number }[]
    /** Milliseconds from each click on a checkbox until the difference was another. */
    switched: number[]
  }
}

/**
 * Runs in the page, before anything of its own. As text: what compiles this file would add to a function
 * what the page does not have. A task of the highest priority comes right after style, layout and paint
 * of the frame, before what else waits.
 */
const WATCH = `
  window.typed = []
  window.switched = []
  const region = (name) => document.querySelector('section[aria-label="Difference in ' + name + '"]')
  const after = (isSo, done) => {
    const look = () => requestAnimationFrame(() =>
      isSo() ? scheduler.postTask(done, { priority: 'user-blocking' }) : look())
    look()
  }
  window.addEventListener('keydown', ({ target, timeStamp }) => {
    if (!(target instanceof HTMLTextAreaElement)) return
    const before = target.value
    const key = { painted: 0, compared: 0 }
    window.typed.push(key)
    let value = ''
    after(() => (value = target.value) !== before, () => {
      key.painted = performance.now() - timeStamp
      // What is typed next comes after it, so its end stays where it is.
      const words = value.slice(-40)
      after(() => region('Persona')?.textContent.includes(words), () => {
        key.compared = performance.now() - timeStamp
      })
    })
  }, { capture: true })
  window.addEventListener('click', ({ target, timeStamp }) => {
    if (!(target instanceof HTMLInputElement)) return
    const before = region('Good examples')?.querySelector('h3').textContent
    after(() => region('Good examples')?.querySelector('h3').textContent !== before, () => {
      window.switched.push(performance.now() - timeStamp)
    })
  }, { capture: true })
`
