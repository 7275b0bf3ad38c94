import { expect, test } from 'vitest'
import { compareCosts, makeCostEstimate } from './rules'

const row = (
  predictedId: string | null,
  finalId: string | null,
  n: number,
  secondId: string | null = null,
) => ({ runId: 'r', predictedId, finalId, secondId, n })
const pair = (suggestedId: string | null, rightId: string | null) =>
  ({ kind: 'label', suggestedId, rightId }) as const

test('the share of the labelled ones holds for all that got the label', () => {
  // 600 got A, 40 of them are labelled, 4 as B: 60 of 600; 400 got B, 20 labelled, 1 as A: 20 of 400.
  const cost = makeCostEstimate([
    row('A', 'A', 36),
    row('A', 'B', 4),
    row('A', null, 560),
    row('B', 'B', 19),
    row('B', 'A', 1),
    row('B', null, 380),
  ])
  expect(cost(pair('A', 'B'))).toBeCloseTo(60)
  expect(cost(pair('B', 'A'))).toBeCloseTo(20)
  // Counting what was labelled alone would make it 66 and 17 of 1,000.
  expect(cost(pair('A', 'C'))).toBe(0)
})

test('close calls have a cost of their own, and no valid label is a prediction too', () => {
  const cost = makeCostEstimate([
    row('A', 'B', 1, 'A'),
    row('A', 'B', 3),
    row('A', 'A', 6),
    row(null, 'B', 10),
  ])
  expect(cost({ ...pair('A', 'B'), kind: 'close' })).toBeCloseTo(50)
  expect(cost(pair('A', 'B'))).toBeCloseTo(150)
  expect(cost(pair(null, 'B'))).toBeCloseTo(500)
})

test.each([
  ['nothing is counted', [], pair('A', 'B')],
  ['none with the label is labelled', [row('A', null, 9), row('B', 'B', 1)], pair('A', 'B')],
  ['the right label is not known', [row('A', 'A', 9)], pair('A', null)],
  ['the suggestion was right', [row('A', 'A', 9)], pair('A', 'A')],
  ['only the reason was wrong', [row('A', 'A', 9)], { ...pair('A', 'A'), kind: 'reason' as const }],
])('no estimate where %s', (_why, rows, of) => {
  expect(makeCostEstimate(rows)(of)).toBeNull()
})

test('costly pairs come first, then unknown ones by their number, then what costs nothing now', () => {
  const pairs = [
    { cost: 0, total: 99 },
    { cost: null, total: 2 },
    { cost: 3, total: 1 },
    { cost: null, total: 7 },
    { cost: 12, total: 1 },
  ]
  expect(pairs.toSorted(compareCosts).map(({ cost, total }) => cost ?? `? ${total}`)).toEqual([
    12,
    3,
    '? 7',
    '? 2',
    0,
  ])
})
