import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'

async function download(page: Page, name: string | RegExp): Promise<Buffer> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name }).click(),
  ])
  return readFileSync(await file.path())
}

export async function downloadText(page: Page, name: string): Promise<string> {
  return (await download(page, name)).toString('utf8')
}

/** The workbook opens as a zip of sheets, with live formulas over the given number of dev cases. */
export async function expectWorkbook(page: Page, devCases: number): Promise<void> {
  const files = unzipSync(new Uint8Array(await download(page, /workbook/i)))
  const sheet = files['xl/worksheets/sheet1.xml']
  expect(sheet, 'the first sheet is there').toBeDefined()
  const xml = strFromU8(sheet ?? new Uint8Array())
  const formulas = xml.match(/<f>[^<]+<\/f>/g) ?? []
  // Two formulas a row, and the figures above them.
  expect(formulas.length).toBeGreaterThanOrEqual(2 * devCases + 2)
}
