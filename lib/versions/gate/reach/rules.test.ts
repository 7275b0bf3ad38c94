import { describe, expect, test } from 'vitest'
import { DEFAULT_RULE } from '../rules'
import type { RuleInForce } from '../schema'
import { ASSUMED_DIFFERING, describeReach, gatePower, measureReach } from './rules'

const rule: RuleInForce = { ...DEFAULT_RULE, minCategoryCases: 20 }
const pool = (n: number, ...categories: number[]) => ({ n, categories })
const differing = ASSUMED_DIFFERING

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
    const reach = { n: 60, rule, differing, measuredAgainst: null }
    const said = describeReach({
      ...{ ...reach, smallestGain: 0.172, wished: { gain: 0.05, cases: 643 } },
    })
    expect(said.sentence).toBe(
      'With 60 labelled test cases a gain of about 17 points would be seen four times in five; for 5 points you need about 640.',
    )
    expect(said.basis).toContain('Assuming that the two differ in being right on 20 % of the cases')
  })

  test('with too few cases for the rule nothing can pass, and it is told what could', () => {
    const few = measureReach(rule, pool(12), differing)
    expect(few.smallestGain).toBeGreaterThan(0.16)
    const { sentence } = describeReach({ n: 12, rule, differing, measuredAgainst: null, ...few })
    expect(sentence).toMatch(
      /^The gate asks for at least 50 labelled test cases and there are 12: nothing can pass yet\. With 50 a gain of about \d\d points/,
    )
  })

  test('a large pool is told of no more than it needs', () => {
    const large = measureReach(rule, pool(15_000), 0.1)
    expect(large.smallestGain).toBeLessThan(0.01)
    const measuredAgainst = { number: 2, n: 400 }
    const said = describeReach({ n: 15_000, rule, differing: 0.1, measuredAgainst, ...large })
    expect(said.sentence).toMatch(/0\.\d points would be seen four times in five\.$/)
    expect(said.basis).toBe('On 400 cases of dev it and v2 differ in being right on 10 %.')
  })
})
