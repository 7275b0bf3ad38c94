import { type APIRequestContext, chromium, type Page, request } from '@playwright/test'
import { compare, type Figure, report } from './figures'
import { makeKeystrokeProject } from './keystroke-project'

/**
 * From the key to the next case, in Chromium with a slow network: the event's timestamp until the end of
 * the frame in which the page shows another case than before. Keys come at a person's pace, at any
 * moment between two frames; nothing waits for the network, so that an empty queue would be measured too.
 */

const CASES = 200
const WARM_UP = 10
const LATENCY_MS = 200
/** One frame at 60 Hz. */
const MEDIAN_MS = 16.7
const P95_MS = 50
const PACE_MS = { from: 150, to: 400 }

export async function measureKeystrokes(url: string): Promise<Figure[]> {
  const engineer = await request.newContext({
    baseURL: url,
    extraHTTPHeaders: { origin: new URL(url).origin },
  })
  await enter(engineer, url, 'engineer')
  const slug = await makeKeystrokeProject(engineer, 3 * CASES)
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH,
    args: process.env.CHROMIUM_FLAGS?.split(' ').filter(Boolean),
  })
  try {
    const figures: Figure[] = []
    for (const throttle of [1, 4]) {
      const context = await browser.newContext({
        baseURL: url,
        viewport: { width: 1440, height: 900 },
      })
      await enter(context.request, url, 'reviewer')
      const taken = await measurePage(await context.newPage(), slug, throttle)
      figures.push(...toFigures(taken, throttle))
      await context.close()
    }
    return figures
  } finally {
    await browser.close()
  }
}

async function enter(api: APIRequestContext, url: string, person: string): Promise<void> {
  const { csrfToken } = await (await api.get('/api/auth/csrf')).json()
  await api.post('/api/auth/callback/demo', {
    form: { person, csrfToken, json: 'true' },
    headers: { origin: new URL(url).origin },
  })
}

/** Milliseconds of every key. */
async function measurePage(page: Page, slug: string, throttle: number): Promise<number[]> {
  await page.addInitScript({ content: WATCH_KEYS })
  await page.goto(`/projects/${slug}/review`)
  await page.locator('section[data-case]').waitFor()
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Network.enable')
  const unlimited = { downloadThroughput: -1, uploadThroughput: -1 }
  await cdp.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: LATENCY_MS },
    ...unlimited,
  })
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: throttle })
  for (let pressed = 0; pressed < WARM_UP + CASES; pressed++) {
    const { from, to } = PACE_MS
    await page.waitForTimeout(from + Math.random() * (to - from))
    // Nobody answers what is not there yet; the wait for it is in the time of the key before.
    while ((await page.evaluate(() => window.shownAfter.length)) < pressed);
    await page.keyboard.press(String(1 + (pressed % 6)))
  }
  await page.waitForFunction((count) => window.shownAfter.length >= count, WARM_UP + CASES)
  return (await page.evaluate(() => window.shownAfter)).slice(WARM_UP)
}

declare global {
  interface Window {
    /** Milliseconds from each key to the end of the frame that showed the next case. */
    shownAfter: number[]
  }
}

/**
 * Runs in the page, before anything of its own. As text: what compiles this file would add to a function
 * what the page does not have. A task of the highest priority comes right after style, layout and paint
 * of the frame, before what else waits.
 */
const WATCH_KEYS = `
  window.shownAfter = []
  const shown = () => document.querySelector('section[data-case]')?.dataset.case
  window.addEventListener('keydown', ({ timeStamp }) => {
    const before = shown()
    const look = () => requestAnimationFrame(() => {
      const now = shown()
      if (!now || now === before) return look()
      const end = () => window.shownAfter.push(performance.now() - timeStamp)
      scheduler.postTask(end, { priority: 'user-blocking' })
    })
    look()
  }, { capture: true })
`

function toFigures(taken: number[], throttle: number): Figure[] {
  const sorted = [...taken].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0
  const slow = throttle === 1 ? '' : `, CPU ${throttle} times slower`
  const of = `${CASES} keys, ${LATENCY_MS} ms network${slow}`
  const part = 'review'
  return [
    compare(
      { part, name: `Key to next case, median of ${of}`, value: at(0.5), unit: 'ms' },
      { name: 'one frame', value: MEDIAN_MS },
      { atMost: 1 },
    ),
    compare(
      { part, name: `Key to next case, 95th percentile of ${of}`, value: at(0.95), unit: 'ms' },
      { name: 'limit', value: P95_MS },
      { atMost: 1 },
    ),
    report({ part, name: `Key to next case, slowest of ${of}`, value: at(1), unit: 'ms' }),
  ]
}
