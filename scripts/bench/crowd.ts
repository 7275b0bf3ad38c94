import { setTimeout as wait } from 'node:timers/promises'
import { type Caller, inviteReviewer, signIn } from './people'

export type Crowd = { slug: string; categoryId: string; projectId: string; people: Caller[] }

const ROOTS = 'amber birch copper delta ember falcon garnet harbor indigo jasper'.split(' ')

/** Cases that have hardly a word in common, so that none is taken for another's duplicate. */
const caseLine = (at: number): string => {
  const words = Array.from({ length: 40 }, (_, n) => `${ROOTS[(at + n) % ROOTS.length]}${at}x${n}`)
  return JSON.stringify({ id: `case-${at}`, text: words.join(' ') })
}

/** A project with so many cases ready for review, a third blind, and so many reviewers signed in. */
export async function gatherCrowd(
  url: string,
  { cases, people }: { cases: number; people: number },
): Promise<Crowd> {
  const [manager, engineer] = [await signIn(url, 'manager'), await signIn(url, 'engineer')]
  const categories = ['Billing', 'Defect', 'Education'].map((name) => ({ name }))
  const { slug } = await read<{ slug: string }>(
    manager('POST', '/api/projects', { name: `Crowd of ${people}`, categories }),
  )
  const base = `/api/projects/${slug}`
  await importCases(manager, base, cases)
  await release(engineer, base)
  await waitUntil(async () => {
    const { left } = await read<{ left: number }>(engineer('GET', `${base}/review/progress`))
    return left >= cases
  })
  const project = await read<{ id: string; categories: { id: string }[] }>(manager('GET', base))
  const crowd: Caller[] = []
  for (let n = 0; n < people; n++) crowd.push(await inviteReviewer(url, manager, slug, `p${n}`))
  return { slug, projectId: project.id, categoryId: project.categories[0]?.id ?? '', people: crowd }
}

async function importCases(manager: Caller, base: string, cases: number) {
  const lines = Array.from({ length: cases }, (_, at) => caseLine(at)).join('\n')
  const { id } = await read<{ id: string }>(
    manager('POST', `${base}/imports?fileName=cases.jsonl`, lines),
  )
  const at = `${base}/imports/${id}`
  const { guess } = await read<{ guess: unknown }>(manager('GET', `${at}/preview`))
  await manager('POST', `${at}/start`, { mapping: guess, labelUse: 'none' })
  await waitUntil(
    async () => (await read<{ pooledAt: string | null }>(manager('GET', at))).pooledAt,
  )
}

async function release(engineer: Caller, base: string): Promise<void> {
  const [draft] = await read<{ id: string }[]>(engineer('GET', `${base}/versions`))
  const { edit } = await read<{ edit: unknown }>(engineer('GET', `${base}/versions/${draft?.id}`))
  await engineer('POST', `${base}/versions/${draft?.id}/freeze`, { edit })
  await engineer('POST', `${base}/releases`, { version: '1' })
  await engineer('POST', `${base}/runs`, { versionId: draft?.id, pool: 'example', limit: null })
}

const read = async <T>(answer: Promise<Response>): Promise<T> => (await answer).json() as Promise<T>

async function waitUntil(isDone: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; !(await isDone()); tries++) {
    if (tries > 1_200) throw new Error('Nothing came of it within ten minutes.')
    await wait(500)
  }
}
