import type { APIRequestContext } from '@playwright/test'
import { inviteReviewer } from './inviting'
import { makeProject, runImport, someCases, uploadFile } from './own-project'
import { expect, test } from './people'

const SENTENCE = 'What is asked for first decides, whatever came after.'
const NARROW = { width: 390, height: 844 }

type Claim = { assignmentId: string; case: { id: string } }

/** A project that wants two reviews of each case, and its two categories. */
async function makeContested(
  engineer: APIRequestContext,
  manager: APIRequestContext,
  name: string,
) {
  const slug = await makeProject(engineer, name)
  const wanted = await manager.patch(`/api/projects/${slug}`, { data: { reviewsWanted: 2 } })
  expect(wanted.ok(), await wanted.text()).toBe(true)
  const lines = someCases(40).map((row) => JSON.stringify(row))
  await runImport(engineer, slug, await uploadFile(engineer, slug, 'cases.jsonl', lines.join('\n')))
  const left = async () =>
    (await (await engineer.get(`/api/projects/${slug}/review/progress`)).json()).left
  await expect.poll(left).toBeGreaterThan(0)
  const answer = await engineer.get(`/api/projects/${slug}/review/definitions`)
  const [one, two]: { id: string }[] = await answer.json()
  if (!one || !two) throw new Error('two categories')
  return { slug, one: one.id, two: two.id }
}

async function claim(api: APIRequestContext, slug: string): Promise<Claim[]> {
  const claimed = await api.post(`/api/projects/${slug}/review/claims`, { data: { n: 10 } })
  expect(claimed.ok(), await claimed.text()).toBe(true)
  return (await claimed.json()).claims
}

/** Answers a case as a close call; gives what comes back. */
async function callClose(
  api: APIRequestContext,
  slug: string,
  claimed: Claim,
  [labelId, secondLabelId]: readonly [string, string],
) {
  const saved = await api.post(`/api/projects/${slug}/review/answers`, {
    data: {
      ...{ id: crypto.randomUUID(), assignmentId: claimed.assignmentId, suggestionId: null },
      ...{ labelId, secondLabelId, closeCall: true, answeredAt: new Date().toISOString() },
    },
  })
  expect(saved.ok(), await saved.text()).toBe(true)
  return saved.json()
}

/** All that both are given but one of the first person's, which stays in hand. */
async function disagree(
  [first, second]: readonly [APIRequestContext, APIRequestContext],
  { slug, one, two }: { slug: string; one: string; two: string },
): Promise<Claim> {
  const [kept, ...mine] = await claim(first, slug)
  if (!kept) throw new Error('nothing was handed out')
  for (const item of mine) await callClose(first, slug, item, [one, two])
  for (const item of await claim(second, slug)) {
    const isShared = mine.some((own) => own.case.id === item.case.id)
    if (isShared) await callClose(second, slug, item, [two, one])
  }
  return kept
}

test('two people disagree, a prompt engineer settles it by keyboard, and the sentence helps at the next', async ({
  as,
  ask,
}) => {
  const [engineer, manager] = [await ask('engineer'), await ask('manager')]
  const contested = await makeContested(engineer, manager, 'Close calls')
  const { slug, one, two } = contested
  const ann = await inviteReviewer(manager, slug, 'Ann')
  const ben = await inviteReviewer(manager, slug, 'Ben')
  const kept = await disagree([ann, ben], contested)

  const page = await as('engineer')
  await page.goto(`/projects/${slug}/disagreements`)
  const cases = page.getByRole('navigation', { name: 'Cases' }).getByRole('button')
  const shown = page.getByRole('article', { name: 'Case' }).getByRole('heading', { level: 2 })
  const answers = page.getByRole('region', { name: 'Answers' })
  await expect(answers).toContainText('Ann')
  await expect(answers).toContainText('Ben')
  const waiting = await cases.count()
  expect(waiting).toBeGreaterThan(1)

  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await page.keyboard.press('Escape')
  const subject = (await shown.textContent()) ?? ''
  await page.keyboard.press('j')
  await expect(shown).not.toHaveText(subject)
  await page.keyboard.press('k')
  await expect(shown).toHaveText(subject)

  await page.keyboard.press('1')
  const why = page.getByRole('textbox', { name: 'Why, in one sentence' })
  await expect(why).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(why).toHaveAttribute('aria-invalid', 'true')
  await page.keyboard.type(SENTENCE)
  await page.keyboard.press('Enter')
  await expect(shown).not.toHaveText(subject)
  await expect(cases).toHaveCount(waiting - 1)

  await page.getByRole('tab', { name: 'Settled' }).click()
  const decision = page.getByRole('region', { name: 'Decision' })
  await expect(shown).toHaveText(subject)
  await expect(decision).toContainText(SENTENCE)
  await expect(decision).toContainText('(you)')
  const settledId = new URL(page.url()).searchParams.get('case')
  const [settled] = await (await engineer.get(`/api/projects/${slug}/precedents`)).json()
  expect(settledId ?? settled.caseId).toBe(settled.caseId)

  // The next one that is close between the same two.
  const saved = await callClose(ann, slug, kept, [one, two])
  expect(saved.precedents).toEqual([{ sentence: SENTENCE, label: 'One', others: ['Two'] }])

  await page.goto(`/projects/${slug}/cases/${settled.caseId}`)
  const label = page.getByRole('region', { name: 'Final label' })
  await expect(label).toContainText(SENTENCE)
  await expect(label).toContainText(/People had said: (One, Two|Two, One)/)

  // Offered as a rule, and taken back again.
  const [draft] = await (await engineer.get(`/api/projects/${slug}/versions`)).json()
  await page.goto(`/projects/${slug}/versions/${draft.id}`)
  const rules = page.getByRole('textbox', { name: 'Rules', exact: true })
  await page.getByRole('button', { name: `Add to rules: ${SENTENCE}` }).click()
  await expect(rules).toHaveValue(new RegExp(`\\n${SENTENCE}$`))
  await expect(page.getByText('in the rules', { exact: true })).toBeVisible()
  // The editor has a button of that name too.
  const told = page.getByRole('region', { name: /^Notifications/ })
  await told.getByRole('button', { name: 'Undo' }).click()
  await expect(rules).not.toHaveValue(new RegExp(SENTENCE))
  await Promise.all([ann.dispose(), ben.dispose()])
})

test('who has reviewed a case can’t settle it, and is told so', async ({ as, ask }) => {
  const [engineer, manager] = [await ask('engineer'), await ask('manager')]
  const contested = await makeContested(engineer, manager, 'Own disagreements')
  const ann = await inviteReviewer(manager, contested.slug, 'Ann')
  await disagree([engineer, ann], contested)
  const page = await as('engineer', NARROW)
  await page.goto(`/projects/${contested.slug}/disagreements`)
  const decision = page.getByRole('region', { name: 'Decision' })
  await expect(decision).toContainText('You have reviewed this case')
  await page.keyboard.press('1')
  await expect(page.getByRole('textbox', { name: 'Why, in one sentence' })).toHaveCount(0)
  await ann.dispose()
})
