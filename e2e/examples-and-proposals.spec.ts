import type { APIRequestContext } from '@playwright/test'
import { makeProjectWith, releaseFirst } from './own-project'
import { addGoodExample, draftFrom, readVersion } from './own-versions'
import { expect, openApi, test } from './people'

/**
 * What v1 says of two of the categories takes in the words of the other two, and the stand-in goes by
 * words alone: it is wrong about every lockout and every repair until it is shown some.
 */
const KINDS = {
  Delivery: {
    description: 'Where a parcel is, when the courier comes, or that it was left at a locked door.',
    words: 'parcel courier door',
  },
  Refunds: {
    description: 'A refund of a charge on an invoice, also for what came broken or cracked.',
    words: 'refund charge invoice',
  },
  Access: { description: 'Signing in.', words: 'locked password login' },
  Repairs: { description: 'Mending.', words: 'broken cracked screen' },
}
type Kind = keyof typeof KINDS
const NAMES = Object.keys(KINDS) as Kind[]

const CASES = 160
const FILLERS =
  'amber birch copper delta ember falcon garnet harbor indigo jasper kernel lantern meadow nectar'.split(
    ' ',
  )

const cases = Array.from({ length: CASES }, (_, at) => {
  const label = NAMES[at % NAMES.length] ?? 'Access'
  const { words } = KINDS[label]
  const filler = FILLERS.map((word, n) => `${word}${at}q${n}`).join(' ')
  return { id: `case-${at}`, text: `${words} ${filler} ${words}`, label }
})
const truth = new Map<string, Kind>(cases.map(({ id, label }) => [id, label]))

let slug = ''
let v1 = ''
const href = (rest: string) => `/projects/${slug}/versions/${rest}`

test.beforeAll(async () => {
  const api = await openApi('engineer')
  slug = await makeCorrected(api)
  v1 = (await readVersion(api, slug, '1')).id
  await api.dispose()
})

test('what each example does is measured on dev, and what helps nothing is pruned', async ({
  as,
  ask,
}) => {
  const api = await ask('engineer')
  const draft = await draftFrom(api, slug, v1)
  // Of lockouts one example says it all; what the other ones say, the model did right before.
  await addGoodExample(api, slug, draft, 'Access', { text: 'locked password login' })
  await addGoodExample(api, slug, draft, 'Delivery', { text: 'parcel courier door' })
  await addGoodExample(api, slug, draft, 'Delivery', { text: 'parcel' })
  const page = await as('engineer')
  await page.goto(href(`${draft}/examples`))
  await expect(page.getByRole('status')).toContainText(/3 examples × \d+ labelled cases/)
  await expect(page.getByRole('status')).toContainText(/About \d+ calls, .* tokens in/)
  await page.getByRole('button', { name: 'Start', exact: true }).click()

  const effects = page.getByRole('table', { name: 'What each example does' })
  const access = effects.getByRole('row', { name: /^Access good example/ })
  await expect(access.getByText('helps', { exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(effects.getByText('not measured yet')).toHaveCount(0, { timeout: 60_000 })
  await access.getByRole('button', { name: /^\d+ cases$/ }).click()
  const dialog = page.getByRole('dialog', { name: 'A good example of Access' })
  const fixed = dialog.getByRole('region', { name: 'Fixed by it' })
  await expect(fixed.getByRole('listitem').first()).toContainText('Access, without it Delivery')
  await page.keyboard.press('Escape')

  // The better one of Delivery is kept, so that the category has an example.
  const prune = page.getByRole('region', { name: 'Prune: a smaller draft' })
  await expect(prune.getByRole('checkbox')).toHaveCount(2)
  await expect(prune.getByRole('checkbox', { checked: true })).toHaveCount(1)
  await prune.getByRole('button', { name: 'New draft without 1 example' }).click()
  await expect(page).toHaveURL(/\/trial$/)
  const pruned = new URL(page.url()).pathname.split('/').at(-2) ?? ''
  expect(pruned).not.toBe(draft)
  const inUse = async (id: string) =>
    (await readVersion(api, slug, id)).examples.filter(({ enabled }) => enabled)
  expect(await inUse(pruned)).toHaveLength(2)
  expect(await inUse(draft)).toHaveLength(3)

  // Beside each example of the draft stands what it does.
  await page.goto(href(draft))
  await expect(page.getByText(/^fixes \d+, breaks 0, \d+ tokens$/).first()).toBeVisible()
})

test('a rule is drafted for each costly pair, tried on dev, and taken, changed or turned down', async ({
  as,
  ask,
}) => {
  const api = await ask('engineer')
  const draft = await draftFrom(api, slug, v1)
  const page = await as('engineer')
  await page.goto(href(`${draft}/proposals`))
  const costly = page.getByRole('region', { name: 'The pairs that cost most' })
  await expect(costly.getByRole('listitem')).toHaveCount(2)
  await expect(costly).toContainText('no language model and can’t write rules')
  await costly.getByRole('button', { name: 'Draft a rule for each' }).click()
  const open = page.getByRole('region', { name: 'Open proposals' })
  const decided = page.getByRole('region', { name: 'Decided proposals' })
  const items = open.getByRole('listitem').filter({ hasText: /from a template/ })
  await expect(items).toHaveCount(2)
  await expect(items.first().getByText(/^From .*\d+ corrections/)).toBeVisible()

  await open.getByRole('button', { name: 'One draft for each, side by side' }).click()
  await expect(page).toHaveURL(/\/side-by-side\?/)
  await page.getByRole('button', { name: 'Try them on dev' }).click()
  const sides = page.getByRole('table', { name: 'Side by side on dev' })
  await expect(sides.getByRole('row')).toHaveCount(4)
  await expect(sides.getByText(/^(better|worse|cannot tell)$/)).toHaveCount(2, { timeout: 60_000 })
  await expect(sides.getByRole('row').nth(2)).toContainText('%')

  await page.goto(href(`${draft}/proposals`))
  const first = items.first()
  await first.getByRole('button', { name: 'Edit' }).click()
  const rule = 'Whoever cannot sign in wants access, whatever is locked.'
  await first.getByRole('textbox', { name: 'The rule, as it joins the draft' }).fill(rule)
  await first.getByRole('button', { name: 'Accept as edited' }).click()
  await expect(decided).toContainText(rule)
  await expect(decided).toContainText(/accepted by /)
  const said = async () => {
    const { rules, categories } = await readVersion(api, slug, draft)
    return [rules, ...categories.map(({ description }) => description)].join('\n')
  }
  expect(await said()).toContain(rule)

  await items.first().getByRole('button', { name: 'Reject' }).click()
  await expect(open).toHaveCount(0)
  await expect(decided).toContainText('rejected by')
  const told = page.getByRole('region', { name: /^Notifications/ })
  await told
    .getByRole('listitem')
    .filter({ hasText: 'Rejected' })
    .getByRole('button', { name: 'Undo' })
    .click()
  await expect(items).toHaveCount(1)

  await decided.getByRole('button', { name: 'Take it out again' }).click()
  await expect(items).toHaveCount(2)
  expect(await said()).not.toContain(rule)
})

type Claim = {
  assignmentId: string
  case: { externalId: string }
  suggestion: { id: string; labelId: string } | null
}

/** A v1 in force that has labelled the example pool, and a reviewer who has said what is right. */
async function makeCorrected(api: APIRequestContext): Promise<string> {
  const made = await makeProjectWith(api, 'Examples and proposals', cases, 'dev_and_test', KINDS)
  await releaseFirst(api, made)
  const reviewer = await openApi('reviewer')
  const base = `/api/projects/${made}/review`
  const labels: { id: string; name: string }[] = await (
    await reviewer.get(`${base}/definitions`)
  ).json()
  const idOf = new Map(labels.map(({ id, name }) => [name, id]))
  for (let round = 0; round < 4; round++) {
    const claimed = await reviewer.post(`${base}/claims`, { data: { n: 10 } })
    const { claims }: { claims: Claim[] } = await claimed.json()
    for (const { assignmentId, case: one, suggestion } of claims) {
      const answer = await reviewer.post(`${base}/answers`, {
        data: {
          ...{ id: crypto.randomUUID(), assignmentId, suggestionId: suggestion?.id ?? null },
          labelId: idOf.get(truth.get(one.externalId) ?? ''),
          answeredAt: new Date().toISOString(),
        },
      })
      expect(answer.ok(), await answer.text()).toBe(true)
    }
  }
  await reviewer.dispose()
  return made
}
