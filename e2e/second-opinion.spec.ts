import type { APIRequestContext } from '@playwright/test'
import { makeProjectWith } from './own-project'
import { draftFrom, firstDraft, readVersion } from './own-versions'
import { expect, test } from './people'

/**
 * What the first draft says of accounts uses none of the words of people who are locked out, and what it
 * says of doors does: the stand-in gets these cases wrong. The second draft, by which the judge goes, says
 * it better.
 */
const KINDS = {
  Delivery: {
    description: 'Where a parcel is, when the courier comes, or that it was left at a locked door.',
    words: 'parcel courier door',
  },
  Access: { description: 'Signing in.', words: 'locked password login' },
}
const BETTER = 'A locked account, a password, a login.'

const cases = Array.from({ length: 60 }, (_, at) => {
  const label = at % 2 === 0 ? ('Delivery' as const) : ('Access' as const)
  const { words } = KINDS[label]
  const filler = 'amber birch copper delta ember falcon garnet harbor indigo jasper kernel lantern'
    .split(' ')
    .map((word, n) => `${word}${at}q${n}`)
    .join(' ')
  return { id: `case-${at}`, text: `${words} ${filler} ${words}`, label }
})

test('a second model finds wrong suggestions, and people’s labels say how good it is', async ({
  as,
  ask,
}) => {
  const api = await ask('engineer')
  const slug = await makeProjectWith(api, 'Second opinion', cases, 'all', KINDS)
  const draft = await firstDraft(api, slug)
  const runId = await label(api, slug, draft.id)
  const other = await draftFrom(api, slug, draft.id)
  const { edit, categories } = await readVersion(api, slug, other)
  const described = categories.map(({ categoryId, name, description }) => ({
    categoryId,
    description: name === 'Access' ? BETTER : description,
  }))
  const data = { edit, note: 'Says more of accounts', categories: described }
  const saved = await api.patch(`/api/projects/${slug}/versions/${other}`, { data })
  expect(saved.ok(), await saved.text()).toBe(true)

  const page = await as('engineer')
  await page.goto(`/projects/${slug}/runs/${runId}`)
  const card = page.getByRole('region', { name: 'Second opinion by a model' })
  await card.getByRole('button', { name: 'Ask a second model' }).click()
  await card.getByLabel('Judges by').selectOption(other)
  await expect(card.getByText('those with a valid label')).toBeVisible()
  await card.getByRole('button', { name: 'Start judging' }).click()
  const people = card.getByRole('region', { name: 'Second opinion against people' })
  await expect(people).toContainText(/It finds (\d+) of \1 wrong suggestions, and calls 0 of \d+/)
  await expect(people).toContainText('nothing it says counts as a review')
  await card.getByRole('button', { name: 'Show them with their reasons' }).click()
  const wrong = card.getByRole('table', { name: 'Suggestions that the model calls wrong' })
  await expect(wrong.getByRole('row').nth(1)).toContainText('Access')
  await expect(wrong.getByRole('row').nth(1)).toContainText('which the prompt ties to Access')

  const manager = await as('manager')
  await manager.goto(`/projects/${slug}/runs/${runId}`)
  const read = manager.getByRole('region', { name: 'Second opinion by a model' })
  await expect(read.getByText(/It finds \d+ of \d+ wrong suggestions/)).toBeVisible()
  await expect(read.getByRole('button', { name: 'Ask again' })).toHaveCount(0)
})

test('a judge that has paused at its limit goes on when more is allowed', async ({ as, ask }) => {
  const api = await ask('engineer')
  const slug = await makeProjectWith(api, 'Second opinion with a limit', cases, 'all', KINDS)
  const draft = await firstDraft(api, slug)
  const runId = await label(api, slug, draft.id)
  const judging = `/api/projects/${slug}/runs/${runId}/judging`
  const data = { modelId: 'closecall.lexical-v1', versionId: draft.id, callLimit: 5 }
  expect((await api.post(judging, { data })).ok()).toBe(true)
  const page = await as('engineer')
  await page.goto(`/projects/${slug}/runs/${runId}`)
  const card = page.getByRole('region', { name: 'Second opinion by a model' })
  await expect(card.getByText(/^Paused: it has made as many calls/)).toBeVisible()
  await expect(card.getByRole('button', { name: 'Go on', exact: true })).toHaveCount(0)
  await card.getByLabel('New most of calls').fill('1000')
  await card.getByRole('button', { name: 'Raise it and go on' }).click()
  await expect(card.getByRole('button', { name: 'Ask again' })).toBeVisible({ timeout: 30_000 })
  await expect(card.getByText(/^Paused/)).toHaveCount(0)
})

/** A run of the version over dev, once it has ended. */
async function label(api: APIRequestContext, slug: string, versionId: string): Promise<string> {
  const path = `/api/projects/${slug}/runs`
  const data = { versionId, pool: 'dev', limit: null }
  const made = await api.post(path, { data })
  expect(made.ok(), await made.text()).toBe(true)
  const { id }: { id: string } = await made.json()
  const status = async () => (await (await api.get(`${path}/${id}`)).json()).status
  await expect.poll(status, { timeout: 30_000 }).toBe('done')
  return id
}
