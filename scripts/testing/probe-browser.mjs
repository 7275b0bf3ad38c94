// Opens a page: `node probe-browser.mjs <path or ''> <flags…>`. Exit code 0 when it could.
import { chromium } from '@playwright/test'

const [path, ...args] = process.argv.slice(2)
const browser = await chromium.launch({
  args,
  timeout: 30_000,
  ...(path ? { executablePath: path } : {}),
})
const page = await browser.newPage()
await page.goto('data:text/html,<title>It opens</title>')
const title = await page.title()
await browser.close()
process.exit(title === 'It opens' ? 0 : 1)
