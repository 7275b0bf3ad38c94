import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { nodeArgs } from '../launch/products.mjs'
import { findBrowser } from './find-browser.mjs'
import { countPlaywright, runnerOutcome } from './outcome.mjs'
import { runCheck } from './run-check.mjs'

/**
 * Browser tests. They start the product themselves, and find the browser in CHROMIUM_PATH (unset:
 * Playwright's own) and CHROMIUM_FLAGS (separated by spaces).
 * @param {import('./parts.mjs').Bench} bench
 * @param {string[]} files only these
 */
export async function runBrowser(bench, files) {
  const { node, env, context, folder } = bench
  const browser = await findBrowser(bench)
  const report = join(folder, 'playwright.json')
  rmSync(report, { force: true })
  const args = nodeArgs('node_modules/@playwright/test/cli.js', [
    'test',
    '--reporter=list,json',
    ...files,
  ])
  const all = {
    ...env,
    ...browser.env,
    CLOSECALL_DATA: join(folder, 'e2e'),
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    ...(browser.path === null ? {} : { CHROMIUM_PATH: browser.path }),
    CHROMIUM_FLAGS: browser.flags.join(' '),
  }
  const { isPassed, output } = await runCheck(
    { name: 'browser', program: node, args, env: all },
    context,
  )
  return runnerOutcome(countPlaywright(report), isPassed, output)
}
