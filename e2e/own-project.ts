import type { APIRequestContext } from '@playwright/test'
import { expect } from './people'

/** What of an import the tests look at. */
type Import = {
  status: string
  bytes: number
  rows: number
  added: number
  bad: number
  pooledAt: string | null
  problems: { line: number; reason: string }[]
}

type Row = Record<string, unknown>
type Use = 'none' | 'dev_and_test' | 'all'

/** Names of categories, or what is said of each. */
type Categories = readonly string[] | Record<string, { description: string }>

/** A project of a test's own, so that no other test minds. The demo people belong to it. */
export async function makeProject(
  api: APIRequestContext,
  name: string,
  categories: Categories = ['One', 'Two'],
): Promise<string> {
  const said = isList(categories)
    ? categories.map((category) => ({ name: category }))
    : Object.entries(categories).map(([category, { description }]) => ({
        name: category,
        description,
      }))
  const data = { name, categories: said }
  const made = await api.post('/api/projects', { data })
  expect(made.ok(), await made.text()).toBe(true)
  return (await made.json()).slug
}

const isList = (categories: Categories): categories is readonly string[] =>
  Array.isArray(categories)

/** Uploads a file as the page does. Gives the import's id. */
export async function uploadFile(
  api: APIRequestContext,
  slug: string,
  fileName: string,
  data: string | Buffer,
): Promise<string> {
  const url = `/api/projects/${slug}/imports?${new URLSearchParams({ fileName })}`
  const headers = { 'content-type': 'application/octet-stream' }
  const taken = await api.post(url, { data: Buffer.from(data), headers })
  expect(taken.ok(), await taken.text()).toBe(true)
  return (await taken.json()).id
}

export async function readImport(
  api: APIRequestContext,
  slug: string,
  id: string,
): Promise<Import> {
  return (await api.get(`/api/projects/${slug}/imports/${id}`)).json()
}

type Start = { mapping?: Row; labelUse?: Use; importGoodRows?: boolean }

/** Starts an import, with the guessed mapping unless told otherwise, and waits for its end. */
export async function runImport(
  api: APIRequestContext,
  slug: string,
  id: string,
  { mapping, labelUse = 'none', importGoodRows = false }: Start = {},
): Promise<Import> {
  const url = `/api/projects/${slug}/imports/${id}`
  const guess = mapping ?? (await (await api.get(`${url}/preview`)).json()).guess
  const started = await api.post(`${url}/start`, {
    data: { mapping: guess, labelUse, importGoodRows },
  })
  expect(started.ok(), await started.text()).toBe(true)
  await expect
    .poll(async () => isOver(await readImport(api, slug, id)), { timeout: 60_000 })
    .toBe(true)
  return readImport(api, slug, id)
}

/** Its cases can be reviewed once they have their pools. */
const isOver = ({ status, pooledAt }: Import) =>
  status === 'done' ? pooledAt !== null : status === 'rejected' || status === 'failed'

/** A project with these cases in it, ready for review. */
export async function makeProjectWith(
  api: APIRequestContext,
  name: string,
  rows: readonly Row[],
  labelUse: Use = 'none',
  categories?: Categories,
): Promise<string> {
  const slug = await makeProject(api, name, categories)
  const lines = rows.map((row) => JSON.stringify(row)).join('\n')
  const id = await uploadFile(api, slug, 'cases.jsonl', lines)
  const { added } = await runImport(api, slug, id, { labelUse })
  expect(added).toBe(rows.length)
  if (labelUse === 'none') await waitForReviews(api, slug)
  return slug
}

/** Cases are handed out once the worker has opened them for review, a moment after their pools. */
async function waitForReviews(api: APIRequestContext, slug: string): Promise<void> {
  const left = async () =>
    (await (await api.get(`/api/projects/${slug}/review/progress`)).json()).left
  await expect.poll(left).toBeGreaterThan(0)
}

/** Releases the first draft of a project as v1 and has it label the example pool. */
export async function releaseFirst(api: APIRequestContext, slug: string): Promise<void> {
  const base = `/api/projects/${slug}`
  const post = async (path: string, data: Row) => {
    const answer = await api.post(`${base}/${path}`, { data })
    expect(answer.ok(), await answer.text()).toBe(true)
  }
  const [draft] = await (await api.get(`${base}/versions`)).json()
  const { edit } = await (await api.get(`${base}/versions/${draft.id}`)).json()
  await post(`versions/${draft.id}/freeze`, { edit })
  await post('releases', { version: '1' })
  await post('runs', { versionId: draft.id, pool: 'example', limit: null })
  await waitForReviews(api, slug)
}

const WORDS =
  'amber birch copper delta ember falcon garnet harbor indigo jasper kernel lantern meadow nectar'
    .split(' ')
    .map((word, at, all) => [word, all[(at * 5 + 3) % all.length]])

/** Cases that have hardly a word in common, so that none is taken for another's duplicate. */
export const someCases = (count: number, start = 0): { id: string; text: string }[] =>
  Array.from({ length: count }, (_, n) => {
    const at = n + start
    const [first, second] = WORDS[at % WORDS.length] ?? []
    const text = Array.from({ length: 12 }, (_, word) => `${first}${at}x${word} ${second}${at}`)
    return { id: `case-${at}`, text: text.join(' ') }
  })
