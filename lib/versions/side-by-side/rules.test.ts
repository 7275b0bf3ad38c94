import { expect, test } from 'vitest'
import { arrangeSides, describeSideBySide, judgeTogether, listMissing } from './rules'
import type { Side, SideBySideView } from './schema'

const pair = (onlyOld: number, onlyNew: number, n = 150) => ({ n, onlyOld, onlyNew })

test('mid-p is corrected for all that are compared: what convinces alone need not among others', () => {
  // METHODS §3: (5,15) → .026604; alone it is found, among three no more.
  expect(judgeTogether([pair(5, 15)])[0]).toMatchObject({ verdict: 'better' })
  const three = judgeTogether([pair(5, 15), pair(20, 30), pair(0, 0)])
  expect(three[0]?.midP).toBeCloseTo(0.026604, 6)
  expect(three[0]?.adjustedP).toBeCloseTo(3 * 0.026604, 5)
  expect(three[0]?.verdict).toBe('cannot tell yet')
  expect(judgeTogether([pair(1, 25), pair(25, 1), null]).map((one) => one?.verdict)).toEqual([
    'better',
    'worse',
    undefined,
  ])
})

test('one that was not run is no try, and without cases there is nothing to compare', () => {
  expect(judgeTogether([pair(5, 15), null])[0]?.adjustedP).toBeCloseTo(0.026604, 6)
  expect(judgeTogether([pair(0, 0, 0)])).toEqual([null])
})

const side = (id: string, number: number | null = null, note = ''): Side => ({
  ...{ id, number, note, parent: null, promptTokens: 100, accuracy: null },
  run: {
    ...{ id, status: 'done', standIn: true, done: 150, items: 150, caseLimit: 150 },
    ...{ costPerThousand: 0, priced: null, tokensPerThousand: 0, latency: null, finishedAt: null },
    startedAt: '2026-11-01T00:00:00.000Z',
  },
})
const view = (...pairs: (ReturnType<typeof pair> | null)[]): SideBySideView => {
  const comparisons = judgeTogether(pairs)
  return {
    base: side('base', 2),
    candidates: pairs.map((_, at) => ({
      ...side(`c${at}`, null, `Proposal ${at}`),
      comparison: comparisons[at] ?? null,
    })),
    ...{ devCases: 200, labelledDevCases: 150 },
  }
}

test('the sentence says which is better, and that the best of several looks better than it is', () => {
  const { headline, sentence } = describeSideBySide(view(pair(1, 25), pair(10, 12)))
  expect(headline).toBe('Better than v2 on dev: draft (Proposal 0)')
  expect(sentence).toContain('+16.0 points')
  expect(sentence).toContain('after the correction for 2 comparisons')
  expect(sentence).toContain('The best of 2 looks better than it is')
  expect(sentence).toContain('Confirm the one you choose on test.')
})

test('or that none can be told, or that all are worse', () => {
  expect(describeSideBySide(view(pair(5, 9), pair(9, 5))).headline).toBe(
    'None can be told to be better than v2 yet',
  )
  expect(describeSideBySide(view(pair(30, 1), pair(25, 0))).headline).toBe(
    'All 2 are worse than v2 on dev',
  )
  expect(describeSideBySide(view(null)).headline).toBe('Nothing to compare yet')
  const two = describeSideBySide(view(pair(1, 30), pair(1, 25), pair(40, 1))).sentence
  expect(two).toContain('So is draft (Proposal 1)')
  expect(two).toContain('Worse than v2: draft (Proposal 2)')
})

test('versions without a run are missing', () => {
  const some = view(null, null)
  const [first] = some.candidates
  if (first) first.run = null
  expect(listMissing(some)).toEqual(['c0'])
})

test('chosen versions are compared with the parent they share, else with the oldest', () => {
  const v2 = { id: 'v2', number: 2 }
  const draft = (id: string, parent: { id: string; number: number | null } | null, at: string) => ({
    ...{ id, parent, at, number: null },
  })
  const [a, b] = [draft('a', v2, '2'), draft('b', v2, '3')]
  expect(arrangeSides([a, b])).toEqual({ base: v2, of: [a, b] })
  const parent = { ...v2, parent: null, at: '1' }
  expect(arrangeSides([a, parent, b])).toMatchObject({ base: { id: 'v2' }, of: [a, b] })
  // A draft saved after those that were made from it is their baseline all the same.
  const late = draft('late', null, '9')
  const child = draft('child', { id: 'late', number: null }, '5')
  expect(arrangeSides([child, late])).toMatchObject({ base: { id: 'late' }, of: [child] })
  const stranger = draft('c', null, '0')
  expect(arrangeSides([a, stranger])).toEqual({ base: stranger, of: [a] })
  expect(arrangeSides([a])).toBeNull()
})
