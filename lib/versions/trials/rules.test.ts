import { describe, expect, test } from 'vitest'
import {
  compareOnDev,
  describeProbability,
  describeRepeat,
  describeTrial,
  gainByChoice,
  noiseOf,
  type SharedCount,
} from './rules'
import type { TrialRun, TrialView } from './schema'

const categories = [
  { id: 'a', name: 'Alpha' },
  { id: 'b', name: 'Beta' },
]
const options = { standIn: true, minCategoryCases: 20 }

const cases = (n: number, oldLabelId: string | null, newLabelId: string | null): SharedCount => ({
  ...{ n, oldLabelId, newLabelId, labelId: 'a', secondLabelId: null },
})

const tell = (...shared: SharedCount[]) =>
  describeTrial(compareOnDev(shared, categories, options), 'v3')

test('a trial is told in one sentence: better, worse, cannot tell and what it would take', () => {
  expect(tell(cases(130, 'a', 'a'), cases(5, 'a', 'b'), cases(15, 'b', 'a'))).toEqual({
    headline: 'Better than v3 on dev',
    sentence:
      '90.0 % → 96.7 % of 150 cases (+6.7 points, between +0.8 and +12.4). A gap this large would be rare between equal versions (mid-p .027). The test pool has not been touched.',
  })
  const worse = tell(cases(130, 'a', 'a'), cases(15, 'a', null), cases(5, 'b', 'a'))
  expect(worse.headline).toBe('Worse than v3 on dev')
  const open = tell(cases(140, 'a', 'a'), cases(4, 'a', 'b'), cases(6, 'b', 'a'))
  expect(open.headline).toBe('Cannot tell yet whether it is better than v3')
  expect(open.sentence).toMatch(/about 2,\d\d\d more labelled cases would show it/)
  const equal = tell(cases(140, 'a', 'a'), cases(5, 'a', 'b'), cases(5, 'b', 'a'))
  expect(equal.sentence).toContain('no difference to be found')
  expect(tell().sentence).toContain('None of the cases')
})

describe('chance between identical runs', () => {
  const result = compareOnDev(
    [cases(130, 'a', 'a'), cases(5, 'a', 'b'), cases(15, 'b', 'a')],
    categories,
    { ...options, standIn: false },
  )
  const trial = (change: Partial<TrialView>) =>
    ({ result, draftFlips: null, parentFlips: null, tried: 1, ...change }) as TrialView
  const run = { standIn: false } as TrialRun

  test('the larger of both rates counts; nothing is known before a repeat', () => {
    expect(noiseOf(trial({}))).toBeNull()
    const [draftFlips, parentFlips] = [
      { n: 200, flipped: 2 },
      { n: 100, flipped: 6 },
    ]
    // 1.96 · √(.06/150)
    expect(noiseOf(trial({ draftFlips, parentFlips }))).toBeCloseTo(0.0392, 4)
    expect(noiseOf(trial({ draftFlips }))).toBeCloseTo(0.016, 4)
  })

  test('the verdict says whether the gain is beyond it', () => {
    expect(describeTrial(result, 'v3', 0.0392).sentence).toContain(
      'and is beyond what identical runs differ by.',
    )
    expect(describeTrial(result, 'v3', 0.08).sentence).toContain(
      ', but identical runs differ by up to 8.0 points as well.',
    )
  })

  test('says what is known, and what is expected of the stand-in', () => {
    const draftFlips = { n: 150, flipped: 9 }
    expect(describeRepeat(trial({ draftFlips }), run)).toContain(
      '9 of 150 labels differ between two identical runs (6.0 %). That alone moves a difference by up to ±3.9 points.',
    )
    const none = { n: 150, flipped: 0 }
    const standIn = { standIn: true } as TrialRun
    expect(describeRepeat(trial({ draftFlips: none }), standIn)).toContain('That is expected')
    expect(describeRepeat(trial({}), standIn)).toContain('0 differences are expected')
    expect(describeRepeat(trial({}), run)).not.toContain('stand-in')
  })

  test('the best of several looks better than it is', () => {
    expect(gainByChoice(trial({ tried: 1 }))).toBeNull()
    // 1.539 · √((20/150)/300)
    expect(gainByChoice(trial({ tried: 10 }))).toBeCloseTo(0.0324, 3)
    const alike = compareOnDev([cases(150, 'a', 'a')], categories, options)
    expect(gainByChoice(trial({ tried: 10, result: alike }))).toBeNull()
  })
})

test('categories that no case has are left out', () => {
  const { categories: judged } = compareOnDev([cases(3, 'a', 'b')], categories, options)
  expect(
    judged.map(({ name, n, parentRight, draftRight }) => [name, n, parentRight, draftRight]),
  ).toEqual([['Alpha', 3, 3, 0]])
})

test.each([
  [0.0053, '.005'],
  [0.00001, 'below .001'],
  [1, '1.000'],
])('probability %d reads %s', (p, text) => {
  expect(describeProbability(p)).toBe(text)
})
