import { seeded } from '@/lib/platform/testing/random'
import { buildIndex, findNeighbours } from '@/lib/runs/neighbours/rules'
import { compare, type Figure } from './figures'
import { measureGrowth } from './growth'

const CASES = 10_000
const WORDS = 120
const ASKED = 50

/** What similar examples cost: the index of verified cases, and a question to it. */
export async function measureNeighbours(): Promise<Figure[]> {
  const random = seeded(1)
  const words = Array.from({ length: 8_000 }, (_, i) => `w${i.toString(36)}`)
  // Zipf-like, as words are.
  const write = () =>
    Array.from({ length: WORDS }, () => words[Math.floor(words.length * random() ** 3)]).join(' ')
  const all = Array.from({ length: 2 * CASES }, (_, i) => ({
    ...{ id: `id${i}`, labelId: `label${i % 6}`, text: write(), clusterId: null },
  }))
  const make = (size: number) => {
    const some = all.slice(0, size)
    return () => buildIndex(some)
  }
  const index = buildIndex(all)
  const asked = Array.from({ length: ASKED }, () => ({
    ...{ caseIds: [], clusterIds: [], text: write() },
  }))
  const start = performance.now()
  for (const one of asked) findNeighbours(index, one, 10)
  const each = (performance.now() - start) / ASKED
  return [
    measureGrowth(
      'engine',
      'similar examples: an index of twice as many cases',
      [{ name: 'index', make }],
      CASES,
    ),
    compare(
      {
        ...{ part: 'engine', name: 'similar examples: ten of 20,000 cases of 120 words' },
        ...{ value: each, unit: 'ms' },
      },
      { name: 'limit', value: 60 },
      { atMost: 1 },
    ),
  ]
}
