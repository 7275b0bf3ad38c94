import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page, TestInfo } from '@playwright/test'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { makeProject, makeProjectWith, someCases } from './own-project'
import { addGoodExample, firstDraft } from './own-versions'
import { expect, test } from './people'

/** What a line of JSON, a tag and a terminal would each make something else of. */
const AWKWARD = 'He said: “it’s 5 < 6” & "more"\n\tthen a tab, \u2028 a line separator and 😀 \\n'

let slug = ''

test.beforeEach(async ({ ask }, { testId }) => {
  const api = await ask('engineer')
  const rows = someCases(40).map((row, at) => ({ ...row, label: at % 2 === 0 ? 'One' : 'Two' }))
  slug = await makeProjectWith(api, `Files ${testId}`, rows, 'all')
  const { id } = await firstDraft(api, slug)
  await addGoodExample(api, slug, id, 'One', { text: AWKWARD, explanation: 'Says “one”.' })
  await addGoodExample(api, slug, id, 'Two')
})

test('a version is edited as files on disk and comes back byte for byte', async ({
  as,
  ask,
}, info) => {
  const page = await as('engineer')
  const { id } = await firstDraft(await ask('engineer'), slug)
  await page.goto(`/projects/${slug}/versions/${id}`)
  const folder = await downloadTo(page, info, 'first')
  expect(readdirSync(folder)).toContain('good-examples.jsonl')

  // Untouched, they make the very same files again.
  await importFrom(page, folder)
  const again = await downloadTo(page, info, 'again')
  expect(readAll(again)).toEqual(readAll(folder))

  writeFileSync(join(folder, 'persona.md'), 'You sort mail.\n\nBe short. “Ünïcode” too.\n')
  const categories = JSON.parse(readFileSync(join(folder, 'categories.json'), 'utf8'))
  categories[0].description = 'Where the first word decides.'
  const reordered = JSON.stringify(categories.toReversed(), null, 2)
  writeFileSync(join(folder, 'categories.json'), `${reordered}\n`)
  const [first, second] = readLines(folder, 'good-examples.jsonl')
  writeFileSync(join(folder, 'good-examples.jsonl'), `${second}\n${first}\n`)
  await importFrom(page, folder)
  await expect(page.getByRole('textbox', { name: 'Persona', exact: true })).toHaveValue(
    'You sort mail.\n\nBe short. “Ünïcode” too.',
  )
  await expect(page.getByRole('textbox', { name: 'Description of One' })).toHaveValue(
    'Where the first word decides.',
  )
  const changed = await downloadTo(page, info, 'changed')
  expect(readAll(changed)).toEqual(readAll(folder))
})

test('files made for other categories are refused with all that is wrong, and nothing is made', async ({
  as,
  ask,
}, info) => {
  const api = await ask('engineer')
  const page = await as('engineer')
  const { id } = await firstDraft(api, slug)
  await page.goto(`/projects/${slug}/versions/${id}`)
  const folder = await downloadTo(page, info, 'files')

  const other = await makeProject(api, 'Files for others', ['Apples', 'Pears'])
  await page.goto(`/projects/${other}/versions`)
  await chooseFiles(page, folder)
  const dialog = page.getByRole('dialog', { name: 'Import files' })
  await expect(dialog.getByText('Nothing was imported')).toBeVisible()
  await expect(dialog).toContainText('categories.json')
  await expect(dialog).toContainText(
    'These files are for other categories: this project has no “One”, “Two”. It has “Apples”, “Pears”',
  )
  expect(await (await api.get(`/api/projects/${other}/versions`)).json()).toHaveLength(1)

  // With the right categories each line that can't be taken is named.
  await page.goto(`/projects/${slug}/versions`)
  const [good] = readLines(folder, 'good-examples.jsonl').map((line) => JSON.parse(line))
  const wrong = [{ ...good, text: '  ' }, good, { ...good, external_id: 'nowhere' }]
  const lines = wrong.map((line) => `${JSON.stringify(line)}\n`).join('')
  writeFileSync(join(folder, 'good-examples.jsonl'), lines)
  await chooseFiles(page, folder)
  await expect(dialog).toContainText('good-examples.jsonl, line 1')
  await expect(dialog).toContainText('An example needs a text.')
  writeFileSync(
    join(folder, 'good-examples.jsonl'),
    lines.replace(/"text":" {2}"/, '"text":"Some"'),
  )
  await chooseFiles(page, folder)
  await expect(dialog).toContainText('good-examples.jsonl, line 3')
  await expect(dialog).toContainText('The case “nowhere” is not in this project.')
  expect(await (await api.get(`/api/projects/${slug}/versions`)).json()).toHaveLength(1)
})

/** Downloads the version in view and unpacks it into a folder. */
async function downloadTo(page: Page, info: TestInfo, name: string): Promise<string> {
  const link = page.getByRole('link', { name: 'Download files' })
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()])
  const folder = info.outputPath(name)
  mkdirSync(folder, { recursive: true })
  const files = unzipSync(new Uint8Array(readFileSync(await file.path())))
  for (const [path, bytes] of Object.entries(files)) writeFileSync(join(folder, path), bytes)
  return folder
}

const readAll = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )

const readLines = (folder: string, name: string) =>
  readFileSync(join(folder, name), 'utf8').trim().split('\n')

/** Chooses the files of a folder in the import dialog of the project in view. */
async function chooseFiles(page: Page, folder: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Import files' })
  if (!(await dialog.isVisible())) await page.getByRole('button', { name: 'Import files' }).click()
  const paths = readdirSync(folder).map((name) => join(folder, name))
  await dialog.getByLabel('Files to import').setInputFiles(paths)
}

/** Packs a folder, as one that comes out of git, and imports the zip: opens the draft it makes. */
async function importFrom(page: Page, folder: string): Promise<void> {
  const before = page.url()
  await page.goto(`/projects/${slug}/versions`)
  await page.getByRole('button', { name: 'Import files' }).click()
  const packed = zipSync(
    Object.fromEntries(
      Object.entries(readAll(folder)).map(([name, text]) => [`prompt/${name}`, strToU8(text)]),
    ),
  )
  await page
    .getByRole('dialog', { name: 'Import files' })
    .getByLabel('Files to import')
    .setInputFiles({
      ...{ name: 'prompt.zip', mimeType: 'application/zip' },
      buffer: Buffer.from(packed),
    })
  await expect(page.getByText('The files are a draft now.')).toBeVisible()
  await expect(page).toHaveURL(/\/versions\/[0-9a-f-]{36}$/)
  await expect(page).not.toHaveURL(before)
}
