import { expect, test } from 'vitest'
import { DEFAULT_RULE } from '../../gate/rules'
import type { Reach } from '../../gate/schema'
import type { GateView } from '../schema'
import { describeSpending } from './rules'

const rule = { ...DEFAULT_RULE, minCategoryCases: 20 }
const gate = (best: number | null, testsSpent: number) =>
  ({
    ...{ version: { id: 'c', number: 3 }, rule, testsSpent },
    best: best === null ? null : { id: 'b', number: best },
  }) as GateView
const reach = (n: number, smallestGain: number | null): Reach => ({
  ...{ n, rule, smallestGain, differing: 0.2, measuredAgainst: null, olderTrial: false },
  wished: { gain: 0.05, cases: 640 },
})

test('says what is spent, how much was spent before, what is to beat and what can be seen', () => {
  expect(describeSpending(gate(2, 4), reach(60, 0.152))).toEqual([
    'v3 gets one score from this pool, of two identical runs, and can’t be tested again.',
    '4 versions have been tested on it so far. The more are, the likelier one comes out ahead by luck: choose on dev.',
    'It is compared with v2, the best so far, and its score is shown only if it is clearly ahead.',
    'A gain of less than about 15 points would mostly go unseen.',
  ])
})

test('where nothing is to beat, that is said before it is spent', () => {
  const said = describeSpending(gate(null, 0), reach(60, 0.152))
  expect(said).toHaveLength(3)
  expect(said[1]).toBe('No version has been tested on it yet.')
  expect(said[2]).toMatch(/^Nothing is published yet to beat/)
})

test('a pool that can prove nothing says so', () => {
  expect(describeSpending(gate(2, 1), reach(12, 0.165)).at(-1)).toBe(
    'The gate asks for 50 labelled cases and there are 12: it can’t pass yet.',
  )
  expect(describeSpending(gate(2, 1), reach(60, null)).at(-1)).toMatch(/can’t show any gain/)
})
