import type { APIRequestContext } from '@playwright/test'
import type { Candidate } from '@/lib/versions/examples/schema'

const CATEGORIES = ['Billing', 'Security', 'Feature', 'Defect', 'Docs', 'Education']
const POLL_MS = 500
/** Two in three of them fall into the example pool. */
const CASES_PER_EXAMPLE = 2.2

type Project = { slug: string; draftId: string }

/** A project with a draft of so many examples, half of them in its parent too, some of those rewritten. */
export async function makeDraftProject(api: APIRequestContext, examples: number): Promise<Project> {
  async function ask(method: string, path: string, data?: unknown) {
    const headers: Record<string, string> = Buffer.isBuffer(data)
      ? { 'content-type': 'application/octet-stream' }
      : {}
    const answer = await api.fetch(path, { method, data, headers })
    const text = await answer.text()
    if (!answer.ok()) throw new Error(`${method} ${path}: ${text}`)
    return text === '' ? null : JSON.parse(text)
  }

  async function addExamples(base: string, versionId: string, count: number): Promise<void> {
    const path = `${base}/versions/${versionId}`
    const wanted = Array.from({ length: count })
    let candidates: Candidate[] = []
    for (const [at] of wanted.entries()) {
      if (candidates.length === 0) candidates = await ask('GET', `${path}/candidates`)
      const candidate = candidates.pop()
      if (!candidate) throw new Error('There are too few cases to make examples from.')
      const { caseId, text, labelId, externalId } = candidate
      const { edit, categories } = await ask('GET', path)
      const other = categories.find((one: { categoryId: string }) => one.categoryId !== labelId)
      const isBad = at % 2 === 1
      await ask('POST', `${path}/examples`, {
        edit,
        caseId,
        kind: isBad ? 'bad' : 'good',
        text,
        labelId,
        wrongLabelId: isBad ? other.categoryId : null,
        explanation: `What the agent did at the end of ${externalId} decides, not what was asked for first.`,
      })
    }
  }

  const name = `Drafts ${Date.now()}`
  const categories = CATEGORIES.map((category) => ({ name: category, description: words(40) }))
  const { slug } = await ask('POST', '/api/projects', { name, categories })
  const base = `/api/projects/${slug}`
  const file = Buffer.from(makeCases(Math.ceil(examples * CASES_PER_EXAMPLE)))
  const { id } = await ask('POST', `${base}/imports?fileName=cases.jsonl`, file)
  const { guess } = await ask('GET', `${base}/imports/${id}/preview`)
  await ask('POST', `${base}/imports/${id}/start`, { mapping: guess, labelUse: 'all' })
  while ((await ask('GET', `${base}/imports/${id}`)).pooledAt === null) {
    await new Promise((done) => setTimeout(done, POLL_MS))
  }
  const [first] = await ask('GET', `${base}/versions`)
  await addExamples(base, first.id, Math.floor(examples / 2))
  // Its parent is a draft too: so many long examples leave the stand-in's window no room to be frozen.
  const { id: draftId } = await ask('POST', `${base}/versions`, { parentId: first.id })
  await addExamples(base, draftId, Math.ceil(examples / 2))
  const draft = await ask('GET', `${base}/versions/${draftId}`)
  for (const [at, example] of draft.examples.slice(0, 20).entries()) {
    const path = `${base}/versions/${draftId}/examples/${example.id}`
    await ask('PATCH', path, { edit: draft.edit + at, text: `${example.text}\n\n${words(30)}` })
  }
  return { slug, draftId }
}

function makeCases(count: number): string {
  const rows = Array.from({ length: count }, (_, at) => {
    const messages = (['customer', 'agent'] as const).map((role, turn) => ({
      role,
      time: new Date(1_770_000_000_000 + at * 60_000 + turn * 3_600_000).toISOString(),
      text: Array.from({ length: 4 }, () => words(30)).join('\n\n'),
    }))
    const label = CATEGORIES[at % CATEGORIES.length]
    return JSON.stringify({ id: `D-${at}`, subject: `D-${at} ${words(6)}`, label, messages })
  })
  return rows.join('\n')
}

const WORDS =
  'the invoice export login page shows an error after update please help we tried again report team setting user cannot find button customer agent plan charge refund token sync slow file'.split(
    ' ',
  )

let state = 4_242
function next(below: number): number {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
  return (state >>> 8) % below
}

/** Every third word is one of its own, so that no two texts are near-duplicates. */
function words(n: number): string {
  return Array.from({ length: n }, () =>
    next(3) === 0 ? `w${next(99_999)}` : WORDS[next(WORDS.length)],
  )
    .join(' ')
    .concat('.')
}
