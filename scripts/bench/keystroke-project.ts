import type { APIRequestContext } from '@playwright/test'

const CATEGORIES = ['Billing', 'Security', 'Feature', 'Defect', 'Docs', 'Education']
/** One of so many cases is a long one. */
const LONG_EVERY = 4
const POLL_MS = 500

type Message = { role: 'customer' | 'agent'; time: string; text: string }

/** Support cases of two to four messages; every fourth has dozens, with logs, code and quoted mails. */
function makeCases(count: number): string {
  let state = 4_242
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % below
  }
  const words = (n: number) =>
    Array.from({ length: n }, () =>
      next(3) === 0 ? `w${next(99_999)}` : WORDS[next(WORDS.length)],
    )
      .join(' ')
      .concat('.')
  const log = (n: number) =>
    Array.from({ length: n }, (_, at) => `2026-03-04 09:${10 + (at % 50)} ERROR ${words(9)}`)
  const rows = Array.from({ length: count }, (_, index) => {
    const long = index % LONG_EVERY === 0
    const messages = Array.from(
      { length: long ? 24 + next(24) : 2 + next(3) },
      (_, at): Message => {
        const plain = Array.from({ length: long ? 4 : 2 }, () => words(30 + next(40))).join('\n\n')
        const time = new Date(1_770_000_000_000 + index * 60_000 + at * 3_600_000).toISOString()
        const role = at % 2 === 0 ? 'customer' : 'agent'
        if (!long || at % 3 > 0) return { role, time, text: plain }
        const quoted = `On Tue, 3 Mar 2026 at 09:12, Pat wrote:\n> ${words(20)}\n> ${words(20)}`
        const code = `\`\`\`\n${words(12)}\n${words(12)}\n\`\`\``
        return { role, time, text: [plain, ...log(20), code, quoted].join('\n') }
      },
    )
    const id = `K-${index}`
    return JSON.stringify({ id, subject: `${id} ${words(7)}`, plan: 'Team', messages })
  })
  return rows.join('\n')
}

const WORDS =
  'the invoice export login page shows an error after update please help we tried again report team setting user cannot find button customer agent plan charge refund token sync slow file'.split(
    ' ',
  )

/** A project with so many cases, those of the example pool with the suggestions of a released version. */
export async function makeKeystrokeProject(api: APIRequestContext, cases: number): Promise<string> {
  async function ask(method: string, path: string, data?: unknown) {
    const headers: Record<string, string> = Buffer.isBuffer(data)
      ? { 'content-type': 'application/octet-stream' }
      : {}
    const answer = await api.fetch(path, { method, data, headers })
    const text = await answer.text()
    if (!answer.ok()) throw new Error(`${method} ${path}: ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
  const name = `Keystrokes ${Date.now()}`
  const categories = CATEGORIES.map((category) => ({ name: category }))
  const { slug } = await ask('POST', '/api/projects', { name, categories })
  const base = `/api/projects/${slug}`
  const file = Buffer.from(makeCases(cases))
  const { id } = await ask('POST', `${base}/imports?fileName=cases.jsonl`, file)
  const { guess } = await ask('GET', `${base}/imports/${id}/preview`)
  await ask('POST', `${base}/imports/${id}/start`, { mapping: guess, labelUse: 'none' })
  await until(async () => (await ask('GET', `${base}/imports/${id}`)).pooledAt !== null)
  const [draft] = await ask('GET', `${base}/versions`)
  const { edit } = await ask('GET', `${base}/versions/${draft.id}`)
  await ask('POST', `${base}/versions/${draft.id}/freeze`, { edit })
  await ask('POST', `${base}/releases`, { version: '1' })
  await ask('POST', `${base}/runs`, { versionId: draft.id, pool: 'example', limit: null })
  await until(async () => {
    const { left, withoutSuggestion } = await ask('GET', `${base}/review/progress`)
    return left > 0 && withoutSuggestion === 0
  })
  return slug
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((done) => setTimeout(done, POLL_MS))
}
