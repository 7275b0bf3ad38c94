import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seeded } from '@/lib/platform/testing/random'
import { buildIndex, type Candidate, findNeighbours } from './rules'

const candidate = (id: string, labelId: string, text: string, clusterId: string | null = null) => ({
  id,
  labelId,
  text,
  clusterId,
})
const ask = (text: string) => ({ caseIds: [], clusterIds: [], text })

const CANDIDATES = [
  candidate('a', 'billing', 'The invoice for March shows a charge that is too high.'),
  candidate('b', 'billing', 'The invoice was paid twice.'),
  candidate('c', 'billing', 'A charge for a seat that nobody uses, on the invoice.'),
  candidate('d', 'defect', 'The page crashes when the invoice is opened.'),
  candidate('e', 'defect', 'Nothing of the kind.'),
]

test('the most similar stands last, and two labels are among them', () => {
  const index = buildIndex(CANDIDATES)
  const found = findNeighbours(index, ask('Why is the charge for March too high?'), 2)
  expect(found).toEqual([
    { id: 'd', labelId: 'defect' },
    { id: 'a', labelId: 'billing' },
  ])
  const three = findNeighbours(index, ask('charge invoice seat'), 3).map(({ id }) => id)
  expect(three.at(-1)).toBe('c')
  expect(three[0]).toBe('d')
})

test('what shares no word with the case is no neighbour, whatever is wanted', () => {
  const index = buildIndex(CANDIDATES)
  expect(findNeighbours(index, ask('Xyzzy'), 10)).toEqual([])
  expect(findNeighbours(index, ask('invoice'), 10)).toHaveLength(4)
  expect(findNeighbours(buildIndex([]), ask('invoice'), 5)).toEqual([])
  const alike = CANDIDATES.slice(0, 3)
  expect(findNeighbours(buildIndex(alike), ask('invoice'), 2)).toHaveLength(2)
})

test('writing without spaces is compared too', () => {
  const index = buildIndex([
    candidate('a', 'x', '请求书的金额不对'),
    candidate('b', 'y', '打开页面时崩溃'),
  ])
  expect(findNeighbours(index, ask('页面崩溃了'), 1)).toEqual([{ id: 'b', labelId: 'y' }])
})

describe('of any candidates', () => {
  const word = fc.constantFrom('invoice', 'charge', 'crash', 'page', 'login', 'seat', 'export')
  const any: fc.Arbitrary<Candidate[]> = fc
    .array(
      fc.record({
        labelId: fc.constantFrom('x', 'y', 'z'),
        clusterId: fc.option(fc.constantFrom('k1', 'k2', 'k3')),
        text: fc.array(word, { maxLength: 8 }).map((words) => words.join(' ')),
      }),
      { maxLength: 30 },
    )
    .map((all) => all.map((one, i) => ({ ...one, id: `id${i}` })))

  test('never the case itself nor a near-duplicate of it; nearest last, the nearest there is', () => {
    fc.assert(
      fc.property(any, fc.nat(29), fc.constantFrom(2, 5, 10), (candidates, which, n) => {
        const asked = candidates[which % Math.max(1, candidates.length)]
        if (!asked) return
        const index = buildIndex(candidates)
        const clusterIds = asked.clusterId === null ? [] : [asked.clusterId]
        const sought = { caseIds: [asked.id], clusterIds, text: asked.text }
        const found = findNeighbours(index, sought, n)
        expect(found.length).toBeLessThanOrEqual(n)
        expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
        for (const { id } of found) {
          expect(id).not.toBe(asked.id)
          const cluster = candidates.find((one) => one.id === id)?.clusterId ?? null
          if (asked.clusterId !== null) expect(cluster).not.toBe(asked.clusterId)
        }
        const all = findNeighbours(index, sought, candidates.length + 1)
        const labels = new Set(all.map(({ labelId }) => labelId))
        if (found.length >= 2 && labels.size >= 2) {
          expect(new Set(found.map(({ labelId }) => labelId)).size).toBeGreaterThanOrEqual(2)
        }
        expect(found.at(-1)).toEqual(all.at(-1))
      }),
      { numRuns: 500 },
    )
  })
})

test('among five thousand cases each text finds its own case as the most similar', () => {
  const random = seeded(1)
  const words = Array.from({ length: 8_000 }, (_, i) => `w${i.toString(36)}`)
  // Zipf-like, as words are.
  const write = (length: number) =>
    Array.from({ length }, () => words[Math.floor(words.length * random() ** 3)]).join(' ')
  const candidates = Array.from({ length: 5_000 }, (_, i) =>
    candidate(`id${i}`, `label${i % 6}`, write(120)),
  )
  const index = buildIndex(candidates)
  for (const { id, text } of candidates.slice(0, 50)) {
    const found = findNeighbours(index, ask(text), 10)
    expect(found).toHaveLength(10)
    expect(found.at(-1)?.id).toBe(id)
  }
})
