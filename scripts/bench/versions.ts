import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { AccuracyView } from '@/lib/accuracy/schema'
import type { ProjectView } from '@/lib/projects/schema'
import type { Claim } from '@/lib/reviews/queue/schema'
import type {
  CorrectionOverview,
  CorrectionPage,
  CorrectionView,
} from '@/lib/versions/corrections/schema'
import type { VersionSummary } from '@/lib/versions/history/schema'
import type { GateView } from '@/lib/versions/releases/schema'
import { compare, type Figure, report } from './figures'
import { type Caller, signIn } from './people'
import { startProduct } from './product'

const API = '/api/projects/support-root-causes'
/** Bad examples promoted: as many as the stand-in's window takes without crowding the case out. */
const PROMOTED = 30

type Truth = { external_id: string; label: string; why: string }

/**
 * Once round the loop with the starter project, over the API: a reviewer who is always right answers
 * all labelled example cases, corrections become bad examples of v3, and v1 to v3 are measured on dev
 * and on test.
 */
export async function measureVersions(): Promise<Figure[]> {
  const dataDir = resolve('.test/bench/versions')
  rmSync(dataDir, { recursive: true, force: true })
  const product = await startProduct('.', dataDir)
  try {
    const engineer = await signIn(product.url, 'engineer')
    const truth = readTruth()
    await waitUntil(async () => (await listVersions(engineer)).every(({ dev }) => dev !== null))
    const reviewed = await reviewAll(await signIn(product.url, 'reviewer'), truth)
    const promoted = await promote(engineer, truth)
    await freezeAndTest(engineer)
    const view = await get<AccuracyView>(engineer, `${API}/accuracy`)
    return [
      report({ part: 'versions', name: 'cases reviewed', value: reviewed, unit: 'cases' }),
      report({ part: 'versions', name: 'bad examples in v3', value: promoted, unit: 'examples' }),
      ...accuracyFigures(view, 'dev'),
      ...accuracyFigures(view, 'test'),
    ]
  } finally {
    await product.stop()
  }
}

function readTruth(): Map<string, Truth> {
  const lines = readFileSync('prompts/support-root-causes/labels.jsonl', 'utf8').trim().split('\n')
  return new Map(
    lines.map((line): [string, Truth] => {
      const truth: Truth = JSON.parse(line)
      return [truth.external_id, truth]
    }),
  )
}

async function reviewAll(reviewer: Caller, truth: Map<string, Truth>): Promise<number> {
  const { categories } = await get<ProjectView>(reviewer, API)
  const ids = new Map(categories.map(({ id, name }) => [name, id]))
  for (let reviewed = 0; ; ) {
    const claimed = await reviewer('POST', `${API}/review/claims`, { n: 5 })
    const { claims } = (await claimed.json()) as { claims: Claim[] }
    if (claims.length === 0) return reviewed
    for (const { assignmentId, suggestion, case: item } of claims) {
      const right = truth.get(item.externalId)
      await reviewer('POST', `${API}/review/answers`, {
        id: randomUUID(),
        assignmentId,
        suggestionId: suggestion?.id ?? null,
        labelId: ids.get(right?.label ?? '') ?? null,
        note: right?.why ?? '',
        answeredAt: new Date().toISOString(),
      })
      reviewed++
    }
  }
}

/** Corrections in turn from each confusion pair, so that none crowds out the others. */
async function promote(engineer: Caller, truth: Map<string, Truth>): Promise<number> {
  const v2 = (await listVersions(engineer)).find(({ number }) => number === 2)
  const made = await engineer('POST', `${API}/versions`, { parentId: v2?.id })
  const { id: versionId } = (await made.json()) as { id: string }
  const { pairs } = await get<CorrectionOverview>(engineer, `${API}/corrections/pairs`)
  const { categories } = await get<ProjectView>(engineer, API)
  const names = new Map(categories.map(({ id, name }) => [id, name]))
  const piles: CorrectionView[][] = []
  for (const { kind, suggestedId, rightId } of pairs) {
    const query = `kind=${kind}&suggested=${suggestedId ?? 'none'}&right=${rightId ?? 'none'}`
    const { rows } = await get<CorrectionPage>(engineer, `${API}/corrections?${query}`)
    piles.push(rows)
  }
  const longest = Math.max(0, ...piles.map((pile) => pile.length))
  const inTurn = Array.from({ length: longest }, (_, at) =>
    piles.flatMap((pile) => pile.slice(at, at + 1)),
  ).flat()
  for (const correction of inTurn.slice(0, PROMOTED)) {
    const { reviewId, text, externalId, suggestedId, rightId } = correction
    const right = names.get(rightId ?? '') ?? ''
    const wrong = names.get(suggestedId ?? '') ?? ''
    const why = truth.get(externalId)?.why ?? ''
    const explanation = `Classification should be ${right} and not ${wrong}. ${why}`
    await engineer('POST', `${API}/corrections/${reviewId}/promote`, {
      versionId,
      kind: suggestedId === null ? 'good' : 'bad',
      text,
      explanation,
    })
  }
  return Math.min(PROMOTED, inTurn.length)
}

async function freezeAndTest(engineer: Caller): Promise<void> {
  const draft = (await listVersions(engineer)).find(({ number }) => number === null)
  const { edit } = await get<{ edit: number }>(engineer, `${API}/versions/${draft?.id}`)
  await engineer('POST', `${API}/versions/${draft?.id}/freeze`, { edit })
  await engineer('POST', `${API}/runs`, { versionId: draft?.id, pool: 'dev', limit: null })
  for (const number of [1, 2, 3]) {
    const gate = () => get<GateView>(engineer, `${API}/versions/${number}/gate`)
    await engineer('POST', `${API}/runs/test`, { setupId: (await gate()).setupId })
    await waitUntil(async () => (await gate()).test.score !== null)
  }
  await waitUntil(async () => (await listVersions(engineer)).every(({ dev }) => dev !== null))
}

function accuracyFigures({ versions }: AccuracyView, pool: 'dev' | 'test'): Figure[] {
  let former: number | null = null
  return versions.flatMap(({ version, dev, test }) => {
    const exact = pool === 'dev' ? dev?.exact : test?.exact
    if (!exact || exact.rate === null) return []
    const measured = {
      part: 'versions' as const,
      name: `stand-in: v${version.number} on ${pool}, exact accuracy of ${exact.n} cases`,
      value: exact.rate * 100,
      unit: '%',
    }
    const figure =
      former === null ? report(measured) : compare(measured, { name: 'its parent', value: former })
    former = measured.value
    return [figure]
  })
}

const listVersions = (engineer: Caller) => get<VersionSummary[]>(engineer, `${API}/versions`)

async function get<T>(call: Caller, path: string): Promise<T> {
  return (await (await call('GET', path)).json()) as T
}

async function waitUntil(holds: () => Promise<boolean>): Promise<void> {
  const limit = Date.now() + 120_000
  while (!(await holds())) {
    if (Date.now() > limit) throw new Error('It took longer than two minutes.')
    await wait(300)
  }
}
