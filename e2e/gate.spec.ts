import type { APIRequestContext, Page } from '@playwright/test'
import { answerCases } from './answering'
import { runImport, uploadFile } from './own-project'
import { expect, test } from './people'
import { promoteNext } from './promoting'

/**
 * Cases of three kinds. What v2 says of doors in its first category takes in people who are locked
 * out of their account, and nothing it says of accounts uses their words: the stand-in, which goes by
 * words alone, gets every one of them wrong until it is shown some.
 */
const KINDS = {
  Delivery: {
    description: 'Where a parcel is, when the courier comes, or that it was left at a locked door.',
    words: 'parcel courier door',
  },
  Refunds: { description: 'A refund of a charge on an invoice.', words: 'refund charge invoice' },
  Access: { description: 'Signing in.', words: 'locked password login' },
}
type Kind = keyof typeof KINDS

const CASES = 200
const FILLERS =
  'amber birch copper delta ember falcon garnet harbor indigo jasper kernel lantern meadow nectar'.split(
    ' ',
  )

const cases = Array.from({ length: CASES }, (_, at) => {
  const label: Kind = (['Delivery', 'Refunds', 'Access', 'Access'] as const)[at % 4] ?? 'Access'
  const { words } = KINDS[label]
  const filler = FILLERS.map((word, n) => `${word}${at}q${n}`).join(' ')
  return { id: `case-${at}`, text: `${words} ${filler} ${words}`, label }
})
const truth = new Map<string, Kind>(cases.map(({ id, label }) => [id, label]))

let slug = ''
const href = (rest: string) => `/projects/${slug}/${rest}`

test.describe.configure({ mode: 'serial' })

test('a manager sets what the gate asks for, and a reviewer corrects three cases', async ({
  as,
  ask,
}) => {
  const api = await ask('engineer')
  slug = await makeReleasedV2(api)

  const manager = await as('manager')
  await manager.goto(href('settings'))
  const gate = manager.getByRole('region', { name: 'Release gate' })
  await expect(gate.getByRole('checkbox', { name: 'Two runs' })).toBeChecked()
  await gate.getByLabel('Fewest labelled test cases').fill('20')
  await gate.getByRole('button', { name: 'Save the gate' }).click()
  await expect(manager.getByText('Saved: it holds from the next test on')).toBeVisible()

  const reviewer = await as('reviewer')
  await reviewer.goto(href('review'))
  let corrected = 0
  while (corrected < 3) {
    await answerCases(reviewer, 1, (externalId) => {
      const label = truth.get(externalId)
      if (label === 'Access') corrected += 1
      return label
    })
  }
})

test('three corrections become a draft that is better on dev', async ({ as }) => {
  const page = await as('engineer')
  await page.goto(href('versions'))
  await page.getByRole('button', { name: 'New draft from v2' }).click()
  await expect(page).toHaveURL(/\/versions\/[0-9a-f-]{36}$/)
  const draft = page.url()
  await page.goto(href('corrections'))
  for (let done = 0; done < 3; done++) await promoteNext(page)

  await page.goto(`${draft}/trial`)
  await page.getByRole('button', { name: 'Try on dev' }).click()
  await expect(page.getByRole('heading', { name: /^Better than v2 on dev/ })).toBeVisible({
    timeout: 60_000,
  })
  await page.getByRole('button', { name: /^\d+ fixed in Access$/ }).click()
  const fixed = page.getByRole('list', { name: 'Fixed' })
  await expect(fixed.getByRole('listitem').first()).toContainText('Access, was Delivery')

  await page.getByRole('button', { name: 'Run it again' }).click()
  await expect(page.getByText(/^0 of \d+ labels differ between two identical runs/)).toBeVisible({
    timeout: 60_000,
  })

  await page.getByRole('button', { name: 'Freeze as v3' }).click()
  await page.getByRole('button', { name: 'Freeze', exact: true }).click()
  await expect(page).toHaveURL(/\/versions\/3\/release$/)
})

test('v3 passes the gate and is released', async ({ as }) => {
  const page = await as('engineer')
  await page.goto(href('versions/3/release'))
  await expect(
    page.getByText(/labelled test cases a gain of about \d+ points? would be/),
  ).toBeVisible()
  await expect(page.getByText('v2 is in force and was never tested')).toBeVisible()
  await testVersion(page, 2)
  await expect(page.getByText('first score', { exact: true })).toBeVisible({ timeout: 60_000 })
  await testVersion(page, 3)
  await expect(page.getByText('passed', { exact: true })).toBeVisible({ timeout: 60_000 })
  const conditions = page.getByRole('list', { name: 'Conditions of the gate' })
  await expect(conditions).toContainText('At least 20 labelled test cases')
  await expect(conditions).toContainText('The second, identical run passes all of this too')
  await expect(conditions).not.toContainText('fail')

  await page.getByRole('button', { name: 'Release v3', exact: true }).click()
  await expect(page.getByText('v3 is released', { exact: true })).toBeVisible()
})

test('a draft that does not help is refused', async ({ as, ask }) => {
  const api = await ask('engineer')
  await freezeCopy(api, 3, 'Read every case twice.')
  const page = await as('engineer')
  await testVersion(page, 4)
  await expect(page.getByText('not passed', { exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(/^No clear gain over v3/)).toBeVisible()
  const conditions = page.getByRole('list', { name: 'Conditions of the gate' })
  await expect(conditions.getByText('fail', { exact: true })).toHaveCount(1)
  await expect(conditions.getByText('kept back', { exact: true })).toHaveCount(3)
  await expect(page.getByText(/Only a manager can release it, with a written reason/)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Release v4/ })).toHaveCount(0)
  const refused = await api.post(`/api/projects/${slug}/releases`, {
    data: { version: '4', reason: 'It must go out today.' },
  })
  expect(refused.status()).toBe(403)
})

test('a manager overrides the gate with a reason, on record, and goes back', async ({ as }) => {
  const page = await as('manager')
  await page.goto(href('versions/4/release'))
  const release = page.getByRole('button', { name: 'Release v4 anyway' })
  await expect(release).toBeDisabled()
  const reason = 'The new rule is wanted by the auditors.'
  await page.getByLabel(/^Why should v4 be released anyway/).fill(reason)
  await release.click()
  await expect(page.getByText('v4 is released', { exact: true })).toBeVisible()
  const releases = page.getByRole('region', { name: 'Releases' }).getByRole('listitem')
  await expect(releases.first()).toContainText('v4')
  await expect(releases.first()).toContainText('in force')
  await expect(releases.first()).toContainText(reason)

  await page.getByRole('button', { name: 'Roll back to v3' }).click()
  await expect(page.getByText('v3 is back in force.')).toBeVisible()
  await expect(releases.first()).toContainText('v3')
  await expect(releases.first()).toContainText('Back from v4')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('v4 is back in force')).toBeVisible()
  await expect(releases.first()).toContainText('v4')
})

async function testVersion(page: Page, number: number): Promise<void> {
  await page.goto(href(`versions/${number}/release`))
  await page.getByRole('button', { name: `Test v${number}` }).click()
}

/** Cases with labels in dev and test, and a v2 in force that has labelled the example pool. */
async function makeReleasedV2(api: APIRequestContext): Promise<string> {
  const categories = Object.entries(KINDS).map(([name, { description }]) => ({ name, description }))
  const made = await api.post('/api/projects', { data: { name: 'Gate', categories } })
  expect(made.ok(), await made.text()).toBe(true)
  slug = (await made.json()).slug
  const lines = cases.map((one) => JSON.stringify(one)).join('\n')
  const file = await uploadFile(api, slug, 'cases.jsonl', lines)
  const { added } = await runImport(api, slug, file, { labelUse: 'dev_and_test' })
  expect(added).toBe(CASES)

  const [draft] = await (await api.get(`/api/projects/${slug}/versions`)).json()
  await freeze(api, draft.id)
  const v2 = await freezeCopy(api, 1, 'Read the whole case first.')
  await post(api, 'releases', { version: '2' })
  await post(api, 'runs', { versionId: v2, pool: 'example', limit: null })
  const left = async () =>
    (await (await api.get(`/api/projects/${slug}/review/progress`)).json()).left
  await expect.poll(left, { timeout: 60_000 }).toBeGreaterThan(0)
  return slug
}

/** A new version that says the same but for one rule. Gives its id. */
async function freezeCopy(api: APIRequestContext, number: number, rule: string): Promise<string> {
  const path = `/api/projects/${slug}/versions`
  const parent = await (await api.get(`${path}/${number}`)).json()
  const { id } = await post(api, 'versions', { parentId: parent.id })
  const { edit, rules } = await (await api.get(`${path}/${id}`)).json()
  const saved = await api.patch(`${path}/${id}`, { data: { edit, rules: `${rules}\n${rule}` } })
  expect(saved.ok(), await saved.text()).toBe(true)
  await freeze(api, id)
  return id
}

async function freeze(api: APIRequestContext, id: string): Promise<void> {
  const { edit } = await (await api.get(`/api/projects/${slug}/versions/${id}`)).json()
  await post(api, `versions/${id}/freeze`, { edit })
}

async function post(api: APIRequestContext, path: string, data: object) {
  const answer = await api.post(`/api/projects/${slug}/${path}`, { data })
  expect(answer.ok(), await answer.text()).toBe(true)
  return answer.status() === 204 ? null : answer.json()
}
