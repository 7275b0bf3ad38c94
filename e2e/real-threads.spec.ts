import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { answerCases } from './answering'
import { downloadText, expectWorkbook } from './downloads'
import { expect, test } from './people'
import { promoteNext } from './promoting'

const REAL = resolve(process.env.CLOSECALL_REAL_DATA ?? '../shared/data', 'npm_issue_threads.jsonl')

/** The same loop twice: threads that nobody made up for us, and a few of our own in their shape. */
const SETS = [
  { title: 'the real issue threads', project: 'Issue threads', file: REAL, answers: 15 },
  {
    title: 'made-up issue threads',
    project: 'Made-up issue threads',
    file: resolve('e2e/fixtures/issue-threads.jsonl'),
    answers: 12,
  },
]

const CATEGORIES = [
  {
    name: 'Intrinsic',
    description: 'The defect is in the code of the package itself. The maintainers mend it there.',
  },
  {
    name: 'Extrinsic',
    description:
      'The cause lies outside the package: a dependency, a tool, the environment or an update of it.',
  },
  {
    name: 'Not a Bug',
    description: 'A question, a wish or a misuse, or the package works as intended.',
  },
]

const MOST_PROMOTED = 3
const GOOD = 3

type Thread = { id: string; label: string }

for (const { title, project, file, answers } of SETS) {
  test.describe(title, () => {
    test.describe.configure({ mode: 'serial' })
    test.skip(
      !existsSync(file),
      `Skipped: ${file} is not there. CLOSECALL_REAL_DATA names its folder.`,
    )

    const threads: Thread[] = existsSync(file)
      ? readFileSync(file, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
      : []
    const labels = new Map(threads.map(({ id, label }) => [id, label]))
    let home = ''

    test('a manager makes a project and imports the file as it is', async ({ as }) => {
      const page = await as('manager')
      home = await makeProject(page, project)
      await page.getByLabel('File to import').setInputFiles(file)
      await expect(page).toHaveURL(/\/imports\/[0-9a-f-]{36}$/)
      await expectGuessedMapping(page)
      await page.getByRole('button', { name: 'Import', exact: true }).click()
      await expect(page.getByText('All cases are sorted and ready')).toBeVisible({
        timeout: 60_000,
      })
      const added = page.getByRole('definition').filter({ hasText: /^\d+$/ }).first()
      await expect(added).toHaveText(String(threads.length))
    })

    test('a prompt engineer freezes and releases v1, labels cases, tries it on dev', async ({
      as,
    }) => {
      const page = await as('engineer')
      await page.goto(`${home}/versions`)
      await page.getByRole('link', { name: 'Draft', exact: true }).click()
      await freeze(page, 1)
      await page.getByRole('button', { name: 'Release v1' }).click()
      // It labels the example pool by itself.
      await expect(
        page.getByText(/^It has labelled all \d+ cases of the example pool/),
      ).toBeVisible({
        timeout: 60_000,
      })

      await page.goto(`${home}/versions/1/trial`)
      await page.getByRole('button', { name: 'Try on dev' }).click()
      await expect(page.getByRole('heading', { name: /\d\s% right on dev/ })).toBeVisible({
        timeout: 60_000,
      })
    })

    test('a reviewer answers example cases by keyboard', async ({ as }) => {
      const page = await as('reviewer')
      await page.goto(`${home}/review`)
      await answerCases(page, answers, (externalId) => labels.get(externalId))
      await page.goto(`${home}/answers`)
      await expect(page.getByRole('listitem')).toHaveCount(answers)
    })

    test('a prompt engineer makes v2 of corrections and of good examples', async ({ as }) => {
      const page = await as('engineer')
      await page.goto(`${home}/versions`)
      await page.getByRole('button', { name: 'New draft from v1' }).click()
      await expect(page).toHaveURL(/\/versions\/[0-9a-f-]{36}$/)
      const draft = page.url()

      await page.goto(`${home}/corrections`)
      const promoted = Math.min(MOST_PROMOTED, await countOpen(page))
      expect(promoted, 'the suggestions were not all right').toBeGreaterThan(0)
      for (let done = 0; done < promoted; done++) await promoteNext(page)

      await page.goto(draft)
      for (let done = 0; done < GOOD; done++) await addGoodExample(page)
      const examples = (kind: string) =>
        page.getByRole('region', { name: `${kind} examples` }).getByRole('listitem')
      await expect(examples('Bad')).toHaveCount(promoted)
      await expect(examples('Good')).toHaveCount(GOOD)

      await page.getByRole('link', { name: 'Trial on dev' }).click()
      await page.getByRole('button', { name: 'Try on dev' }).click()
      await expect(page.getByText(/\d+ fixed · \d+ broken/)).toBeVisible({ timeout: 60_000 })
      await freeze(page, 2)
      for (const number of [1, 2]) {
        await page.goto(`${home}/versions/${number}/release`)
        await page.getByRole('button', { name: `Test v${number}` }).click()
        await expect(page.getByText(/ of \d+ cases;/)).toBeVisible({ timeout: 60_000 })
      }
    })

    test('a manager releases v2 and takes figures and files along', async ({ as }) => {
      const page = await as('manager')
      await page.goto(`${home}/versions/2/release`)
      const release = page.getByRole('button', { name: /^Release v2/ })
      await expect(release).toBeVisible()
      const reason = page.getByLabel('Why should v2 be released anyway?')
      if (await reason.isVisible()) await reason.fill('Its examples are our own; dev is no worse.')
      await release.click()
      await expect(page.getByText('v2 is released', { exact: true })).toBeVisible()

      await page.goto(`${home}/accuracy`)
      const figures = page.getByRole('table', { name: 'Accuracy of each version' })
      for (const name of ['v1', 'v2']) {
        const row = figures.getByRole('row').filter({ has: page.getByRole('link', { name }) })
        await expect(row.getByRole('cell').first()).toContainText(/\d\s%/)
        await expect(row.getByRole('cell').nth(3)).toContainText(/\d\s%/)
      }

      await page.goto(`${home}/training-data`)
      const csv = await downloadText(page, 'Download CSV')
      const rows: Record<string, string>[] = parse(csv, { columns: true })
      for (const row of rows) expect(row.label).toBe(labels.get(row.external_id ?? ''))
      const from = (source: string) => rows.filter((row) => row.source === source)
      expect(from('review')).toHaveLength(answers)
      expect(from('imported')).toHaveLength(rows.length - answers)
      const lines = (await downloadText(page, 'Download JSON Lines')).trim().split('\n')
      expect(lines.map((line) => JSON.parse(line).external_id)).toEqual(
        rows.map((row) => row.external_id),
      )
      await expectWorkbook(page, rows.filter(({ pool }) => pool === 'dev').length)
    })
  })
}

async function makeProject(page: Page, name: string): Promise<string> {
  await page.goto('/?all')
  await page.getByRole('link', { name: 'New project' }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('What do you call one?').fill('root cause')
  await page.getByRole('button', { name: 'Add a root cause' }).click()
  for (const [at, category] of CATEGORIES.entries()) {
    await page.getByLabel(`Name of root cause ${at + 1}`).fill(category.name)
    await page.getByLabel(`Description of ${category.name}`).fill(category.description)
  }
  await page.getByRole('button', { name: 'Create project' }).click()
  await expect(page).toHaveURL(/\/projects\/[\w-]+\/imports$/)
  return new URL(page.url()).pathname.replace(/\/imports$/, '')
}

async function expectGuessedMapping(page: Page): Promise<void> {
  const guessed = {
    'External id': 'id',
    Subject: 'title',
    Link: 'url',
    'A case is': 'list',
    Messages: 'messages',
    'Text of a message': 'body',
    Author: 'author',
    Role: 'role',
    'Time of a message': 'created_at',
    Label: 'label',
    'Use the labels': 'dev_and_test',
  }
  for (const [field, column] of Object.entries(guessed)) {
    await expect(page.getByLabel(field, { exact: true }), field).toHaveValue(column)
  }
  for (const { name } of CATEGORIES) {
    const means = page.getByLabel(`Category of ${name}`)
    await expect(means.getByRole('option', { selected: true })).toHaveText(name)
  }
  // What gives the answer away is not shown beside the case.
  await expect(page.getByLabel('github_labels')).not.toBeChecked()
}

async function freeze(page: Page, number: number): Promise<void> {
  await page.getByRole('button', { name: `Freeze as v${number}` }).click()
  await page.getByRole('button', { name: 'Freeze', exact: true }).click()
  await expect(page).toHaveURL(new RegExp(`/versions/${number}/release$`))
}

/** How many corrections wait for a decision, over all pairs. */
async function countOpen(page: Page): Promise<number> {
  await expect(page.getByRole('article').first()).toBeVisible()
  const badges = await page.getByText(/^\d+ open$/).allTextContents()
  return badges.reduce((sum, text) => sum + Number.parseInt(text, 10), 0)
}

async function addGoodExample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add an example' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add an example' })
  await dialog.getByRole('listitem').first().getByRole('button').click()
  await expect(dialog.getByLabel('Kind')).toHaveValue('good')
  await dialog.getByRole('button', { name: 'Add to the draft' }).click()
  await expect(dialog).toBeHidden()
}
