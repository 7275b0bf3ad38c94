import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { powerOn, sharesOf } from '@/lib/accuracy/power/rules'
import { DEFAULT_RULE, isLossBearable } from '../rules'
import type { RuleInForce } from '../schema'
import {
  ASSUMED_DIFFERING,
  describeReach,
  gatePowerOn,
  isSureToBear,
  measureReach,
  type TestPool,
} from './rules'

const rule: RuleInForce = { ...DEFAULT_RULE, minCategoryCases: 20 }
const pool = (n: number, ...categories: number[]) => ({ n, categories })
const differing = ASSUMED_DIFFERING
const gatePower = (
  ...[asked, of, truth]: [RuleInForce, TestPool, { gain: number; differing: number }]
) => gatePowerOn(asked, of)(truth)

describe('power of the whole gate', () => {
  test('is nothing below the fewest cases that the rule allows', () => {
    expect(gatePower(rule, pool(49), { gain: 0.5, differing })).toBe(0)
    expect(gatePower(rule, pool(50), { gain: 0.5, differing })).toBeGreaterThan(0.99)
  })

  test('categories with enough cases take some of it, small ones none', () => {
    const truth = { gain: 0.17, differing }
    const alone = gatePower(rule, pool(60), truth)
    expect(gatePower(rule, pool(60, 15, 15, 15, 15), truth)).toBe(alone)
    const judged = gatePower(rule, pool(60, 30, 30), truth)
    expect(judged).toBeLessThan(alone)
    expect(judged).toBeGreaterThan(alone - 0.05)
    const any = { ...rule, maxCategoryLoss: 100 }
    expect(gatePower(any, pool(60, 30, 30), truth)).toBe(alone)
  })

  test('a gain that must be larger is seen less often', () => {
    const truth = { gain: 0.1, differing }
    expect(gatePower({ ...rule, minGain: 8 }, pool(300), truth)).toBeLessThan(
      gatePower(rule, pool(300), truth),
    )
  })

  test('equal versions pass in less than 5 % of all tests', () => {
    for (const n of [50, 60, 150, 600])
      expect(gatePower({ ...rule, minCases: 1 }, pool(n), { gain: 0, differing })).toBeLessThan(
        0.05,
      )
  })
})

test('a category is left out only where it can hardly lose too much', () => {
  const size = fc.integer({ min: 20, max: 3_000 })
  const share = fc.integer({ min: 0, max: 40 }).map((percent) => percent / 100)
  const allowed = fc.integer({ min: 0, max: 20 })
  fc.assert(
    fc.property(size, share, share, allowed, (n, gain, differs, maxCategoryLoss) => {
      const shares = sharesOf(gain, Math.max(0.01, differs))
      const asked = { ...rule, maxCategoryLoss }
      if (!isSureToBear(asked, n, shares)) return
      const bears = powerOn(n, (pair) => isLossBearable(asked, pair))(shares)
      expect(1 - bears).toBeLessThan(2e-9)
    }),
  )
  expect(isSureToBear(rule, 1_000, sharesOf(0.05, 0.2))).toBe(true)
  expect(isSureToBear(rule, 100, sharesOf(0.05, 0.2))).toBe(false)
})

/** Worked out by summing each outcome on its own, before the sums were made to follow from each other. */
test.each([
  [12, 0.01, 0.131, 0.05, 134],
  [60, 0.2, 0.152, 0.05, 664],
  [60, 0.9, 0.337, 0.05, 3_040],
  [150, 0.05, 0.048, 0.02, 960],
  [600, 0.01, 0.012, 0.01, 672],
  [600, 0.4, 0.08, 0.05, 1_360],
  [1_500, 0.1, 0.023, 0.02, 1_952],
  [4_000, 0.2, 0.02, 0.01, 15_872],
  [12_000, 0.5, 0.019, 0.01, null],
])(
  '%i cases of which %f differ: %f is seen, and %f with %s cases',
  (n, differs, seen, gain, cases) => {
    const categories = [0.3, 0.25, 0.2, 0.12, 0.08, 0.05].map((share) => Math.round(share * n))
    expect(measureReach(rule, { n, categories }, differs)).toEqual({
      smallestGain: seen,
      wished: { gain, cases },
    })
  },
)

describe('what the pool can prove', () => {
  test('60 cases see about 15 points; 5 points take about 640', () => {
    const { smallestGain, wished } = measureReach(rule, pool(60), differing)
    expect(smallestGain).toBeGreaterThan(0.145)
    expect(smallestGain).toBeLessThan(0.16)
    expect(wished.gain).toBe(0.05)
    expect(wished.cases).toBeGreaterThan(590)
    expect(wished.cases).toBeLessThan(690)
  })

  test('in words', () => {
    const reach = { n: 60, rule, differing, measuredAgainst: null, olderTrial: false }
    const said = describeReach({
      ...{ ...reach, smallestGain: 0.172, wished: { gain: 0.05, cases: 643 } },
    })
    expect(said.sentence).toBe(
      'With 60 labelled test cases a gain of about 17 points would be seen four times in five; for 5 points you need about 640.',
    )
    expect(said.basis).toContain('Assuming that the two differ in being right on 20 % of the cases')
    const wished = { smallestGain: 0.172, wished: { gain: 0.05, cases: 643 } }
    expect(describeReach({ ...reach, ...wished, olderTrial: true }).basis).toMatch(
      /: the last trial on dev was of what it said before\.$/,
    )
  })

  test('with too few cases for the rule nothing can pass, and it is told what could', () => {
    const few = measureReach(rule, pool(12), differing)
    expect(few.smallestGain).toBeGreaterThan(0.16)
    const { sentence } = describeReach({
      n: 12,
      rule,
      differing,
      measuredAgainst: null,
      olderTrial: false,
      ...few,
    })
    expect(sentence).toMatch(
      /^The gate asks for at least 50 labelled test cases and there are 12: nothing can pass yet\. With 50 a gain of about \d\d points/,
    )
  })

  test('a large pool is told of no more than it needs', () => {
    const large = measureReach(rule, pool(15_000), 0.1)
    expect(large.smallestGain).toBeLessThan(0.01)
    const known = { measuredAgainst: { number: 2, n: 400 }, olderTrial: false }
    const said = describeReach({ n: 15_000, rule, differing: 0.1, ...known, ...large })
    expect(said.sentence).toMatch(/0\.\d points would be seen four times in five\.$/)
    expect(said.basis).toBe('On 400 cases of dev it and v2 differ in being right on 10 %.')
  })
})
