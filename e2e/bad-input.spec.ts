import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import type { Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { downloadText } from './downloads'
import {
  makeProject,
  makeProjectWith,
  readImport,
  runImport,
  someCases,
  uploadFile,
} from './own-project'
import { expect, stateFile, test } from './people'

const MB = 1024 ** 2

async function choose(page: Page, slug: string, name: string, content: string | Buffer) {
  await page.goto(`/projects/${slug}/imports`)
  await page
    .getByLabel('File to import')
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) })
}

const importAll = (page: Page) => page.getByRole('button', { name: 'Import', exact: true }).click()

/** A figure of the card that says what became of the rows. */
const figure = (page: Page, name: string) =>
  page.getByText(name, { exact: true }).locator('..').getByRole('definition').first()

test('an empty file is refused with the reason, and so is one in UTF-16', async ({ as, ask }) => {
  const slug = await makeProject(await ask('manager'), 'Unreadable files')
  const page = await as('manager')
  await choose(page, slug, 'empty.csv', '')
  await expect(page.getByText('empty.csv was not taken')).toBeVisible()
  await expect(page.getByText('The file is empty.')).toBeVisible()
  await choose(page, slug, 'wide.csv', Buffer.from('\ufeffid,text\n1,some words\n', 'utf16le'))
  await expect(page.getByText('wide.csv was not taken')).toBeVisible()
  await expect(page.getByText(/Save it as UTF-8 and upload it again/)).toBeVisible()
})

test('ten thousand columns are refused, in a first line and in a row', async ({ as, ask }) => {
  const slug = await makeProject(await ask('manager'), 'Wide files')
  const page = await as('manager')
  const names = Array.from({ length: 10_000 }, (_, at) => `column${at}`)
  await choose(page, slug, 'wide.csv', `${names.join(',')}\n${names.join(',')}\n`)
  await expect(page.getByText('wide.csv was not taken')).toBeVisible()
  await expect(page.getByText(/The file has 10000 columns; at most 500 can be read/)).toBeVisible()
  const wide = JSON.stringify(Object.fromEntries(names.map((name) => [name, name])))
  await choose(page, slug, 'wide.jsonl', wide)
  await expect(page.getByText('No row of this file can be read')).toBeVisible()
  await expect(page.getByText('The row has more than 500 columns.')).toBeVisible()
})

test('a byte order mark and mixed line ends are taken as they come', async ({ as, ask }) => {
  const slug = await makeProject(await ask('manager'), 'Mixed line ends')
  const page = await as('manager')
  const [a, b, c] = someCases(3)
  await choose(
    page,
    slug,
    'mixed.csv',
    `\ufeffid,text\r\n${a?.id},${a?.text}\n${b?.id},${b?.text}\r${c?.id},"${c?.text}\r\nand more"\r\n`,
  )
  await expect(page.getByText(/byte order mark/)).toBeVisible()
  await expect(page.getByLabel('External id')).toHaveValue('id')
  await importAll(page)
  await expect(figure(page, 'Added')).toHaveText('3')
})

test('bytes that are not UTF-8 make their row bad, and the others can be imported', async ({
  as,
  ask,
}) => {
  const slug = await makeProject(await ask('manager'), 'Broken bytes')
  const page = await as('manager')
  const [a, b] = someCases(2)
  const broken = Buffer.from('broken,caf\u00e9 in Latin-1\n', 'latin1')
  const lines = [`id,text\n${a?.id},${a?.text}\n`, broken, `${b?.id},${b?.text}\n`]
  await choose(page, slug, 'latin.csv', Buffer.concat(lines.map((line) => Buffer.from(line))))
  await importAll(page)
  await expect(page.getByText('Nothing was imported: 1 of 3 rows are bad')).toBeVisible()
  const bad = page.getByRole('table', { name: 'Bad rows' }).getByRole('row').nth(1)
  await expect(bad.getByRole('cell').first()).toHaveText('3')
  await expect(bad).toContainText('The row has bytes that are not UTF-8.')
  await page.getByRole('button', { name: 'Import the good rows' }).click()
  await expect(figure(page, 'Added')).toHaveText('2')
})

test('unknown labels are named with line and reason, to download as well', async ({ as, ask }) => {
  const slug = await makeProject(await ask('manager'), 'Unknown labels')
  const page = await as('manager')
  const labels = ['One', 'Two', '=Three', 'one']
  const rows = someCases(4).map((row, at) => ({ ...row, label: labels[at] }))
  await choose(page, slug, 'labels.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'))
  await expect(page.getByText('1 label is none of the categories')).toBeVisible()
  await importAll(page)
  await expect(page.getByText('Nothing was imported: 1 of 4 rows are bad')).toBeVisible()
  const problems: Record<string, string>[] = parse(
    await downloadText(page, 'Download all as CSV'),
    { columns: true },
  )
  expect(problems).toHaveLength(1)
  expect(problems[0]?.line).toBe('3')
  expect(problems[0]?.reason).toContain('=Three')
  await page.getByRole('button', { name: 'Import the good rows' }).click()
  await expect(figure(page, 'Added')).toHaveText('3')
  await expect(figure(page, 'Bad rows')).toHaveText('1')
})

test('HTML and script in a case are shown as text, under review and on its page', async ({
  as,
  ask,
}) => {
  const attack = `<img src=x onerror="alert(1)"><script>alert(2)</script><b id="planted">bold</b>`
  const rows = someCases(16).map(({ id, text }) => ({
    id: `${id} ${attack}`,
    subject: `Subject ${attack}`,
    text: `${attack} ${text}`,
    colour: attack,
    url: 'javascript:alert(3)',
  }))
  const slug = await makeProjectWith(await ask('engineer'), 'Planted markup', rows)
  const page = await as('engineer')
  const dialogs: string[] = []
  page.on('dialog', async (dialog) => {
    dialogs.push(dialog.message())
    await dialog.dismiss()
  })
  const expectText = async () => {
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`Subject ${attack}`)
    await expect(page.getByRole('article').first()).toContainText(attack)
    await expect(page.locator('#planted, [onerror], a[href^="javascript:"]')).toHaveCount(0)
  }
  await page.goto(`/projects/${slug}/review`)
  await expectText()
  await page.goto(`/projects/${slug}/cases`)
  await page
    .getByRole('link', { name: `Subject ${attack}` })
    .first()
    .click()
  await expect(page).toHaveURL(/\/cases\/[0-9a-f-]{36}$/)
  await expectText()
  expect(dialogs).toEqual([])
})

test('what a spreadsheet would run is text in the CSV, and untouched in JSON Lines', async ({
  as,
  ask,
}) => {
  const rows = someCases(4).map(({ id, text }, at) => ({
    id,
    subject: `${'=+-@'[at]}HYPERLINK("http://example.com/${at}")`,
    text: `=1+1 ${text}`,
    label: 'One',
  }))
  const slug = await makeProjectWith(await ask('manager'), 'Formulas', rows, 'all')
  const page = await as('manager')
  await page.goto(`/projects/${slug}/training-data`)
  const exported: Record<string, string>[] = parse(await downloadText(page, 'Download CSV'), {
    columns: true,
  })
  expect(exported.map(({ subject }) => subject).sort()).toEqual(
    rows.map(({ subject }) => `'${subject}`).sort(),
  )
  for (const row of exported) {
    for (const cell of Object.values(row)) expect(cell).not.toMatch(/^\s*[=+\-@]/)
  }
  const lines = (await downloadText(page, 'Download JSON Lines')).trim().split('\n')
  expect(lines.map((line) => JSON.parse(line).subject).sort()).toEqual(
    rows.map(({ subject }) => subject).sort(),
  )
})

test('a project one does not belong to is not there', async ({ as, ask }) => {
  const admin = await ask('admin')
  const slug = await makeProject(admin, 'Of others')
  const members = await (await admin.get(`/api/projects/${slug}/members`)).json()
  for (const { userId, email } of members) {
    if (email.startsWith('engineer@')) await admin.delete(`/api/projects/${slug}/members/${userId}`)
  }
  const page = await as('engineer')
  for (const path of [slug, `${slug}/review`, `${slug}/versions/1`, 'no-such-project/review']) {
    const answer = await page.goto(`/projects/${path}`)
    expect(answer?.status(), path).toBe(404)
    await expect(page.getByText('There is no such page for you')).toBeVisible()
    await expect(page.getByText('Of others')).toHaveCount(0)
  }
})

test('an upload of more than ten megabytes arrives whole', async ({ ask }) => {
  const manager = await ask('manager')
  const slug = await makeProject(manager, 'Large upload')
  const row = `${JSON.stringify({ id: 'x', text: 'word '.repeat(20_000) })}\n`
  const body = row.repeat(Math.ceil((12 * MB) / row.length))
  const id = await uploadFile(manager, slug, 'large.jsonl', body)
  expect((await readImport(manager, slug, id)).bytes).toBe(body.length)
})

test('a line of 200 MB is one bad row, and the rows beside it are read', async ({ ask }) => {
  const manager = await ask('manager')
  const slug = await makeProject(manager, 'One endless line')
  const [a, b, c] = someCases(3).map((row) => Buffer.from(`${JSON.stringify(row)}\n`))
  const piece = Buffer.alloc(MB, 'endless ')
  function* pieces() {
    yield* [a, b]
    yield Buffer.from('{"id":"endless","text":"')
    for (let sent = 0; sent < 200; sent++) yield piece
    yield* [Buffer.from('"}\n'), c]
  }
  const id = await streamUp(slug, pieces())
  const mapping = {
    ...{ externalId: 'id', subject: null, time: null, link: null, metadata: [], label: null },
    messages: { kind: 'text', column: 'text' },
  }
  const imported = await runImport(manager, slug, id, { mapping, importGoodRows: true })
  expect(imported).toMatchObject({ status: 'done', rows: 4, added: 3, bad: 1 })
  expect(imported.problems).toMatchObject([{ line: 3, reason: 'The row is longer than 16 MB.' }])
  expect((await manager.get('/api/health')).ok()).toBe(true)
})

/** Playwright's own requests hold the whole body; this one is made while it is sent. */
async function streamUp(slug: string, pieces: Iterable<Buffer | undefined>): Promise<string> {
  const origin = process.env.E2E_URL ?? ''
  const { cookies }: { cookies: { name: string; value: string }[] } = JSON.parse(
    readFileSync(stateFile('manager'), 'utf8'),
  )
  const answer = await fetch(`${origin}/api/projects/${slug}/imports?fileName=endless.jsonl`, {
    method: 'POST',
    body: Readable.toWeb(Readable.from(pieces)) as ReadableStream,
    headers: { origin, cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') },
    duplex: 'half',
  } as RequestInit)
  expect(answer.ok, 'the upload is taken').toBe(true)
  return (await answer.json()).id
}
