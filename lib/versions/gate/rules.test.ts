import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkRun,
  conditionsOf,
  DEFAULT_RULE,
  describeCondition,
  holdAll,
  passOverAll,
} from './rules'
import type { RuleInForce } from './schema'

const rule: RuleInForce = { ...DEFAULT_RULE, minCategoryCases: 20 }

const clear = { n: 200, onlyOld: 10, onlyNew: 30 }
const pair = (categoryId: string, n: number, onlyOld: number, onlyNew: number) => ({
  ...{ categoryId, n, onlyOld, onlyNew },
})

const states = (asked: RuleInForce, total = clear, byCategory = [pair('a', 20, 0, 0)]) =>
  Object.fromEntries(
    checkRun(asked, { total, byCategory }).conditions.map(({ kind, state }) => [kind, state]),
  )

test('a clear gain passes all that a new project asks', () => {
  expect(states(rule)).toEqual({
    cases: 'pass',
    clear: 'pass',
    chance: 'pass',
    categories: 'pass',
  })
})

test('each condition fails alone', () => {
  expect(states({ ...rule, minCases: 201 })).toMatchObject({ cases: 'fail', clear: 'pass' })
  expect(states({ ...rule, minGain: 10 })).toMatchObject({ gain: 'pass' })
  expect(states({ ...rule, minGain: 10.5 })).toMatchObject({ gain: 'fail', chance: 'pass' })
  expect(states(rule, { n: 200, onlyOld: 20, onlyNew: 30 })).toMatchObject({
    clear: 'pass',
    chance: 'fail',
  })
  expect(states(rule, { n: 200, onlyOld: 30, onlyNew: 10 })).toMatchObject({ clear: 'fail' })
})

describe('categories', () => {
  const state = (...byCategory: ReturnType<typeof pair>[]) =>
    states(rule, clear, byCategory).categories

  test('may lose ten points and not more', () => {
    expect(state(pair('a', 20, 2, 0))).toBe('pass')
    expect(state(pair('a', 20, 3, 0))).toBe('fail')
    expect(state(pair('a', 20, 3, 1), pair('b', 30, 0, 9))).toBe('pass')
  })

  test('are not judged below the fewest cases: with ten one flip is ten points', () => {
    expect(state(pair('a', 10, 5, 0))).toBe('too few to tell')
    expect(state(pair('a', 10, 5, 0), pair('b', 20, 0, 0))).toBe('pass')
    const { conditions } = checkRun(rule, { total: clear, byCategory: [pair('a', 10, 5, 0)] })
    expect(holdAll(conditions)).toBe(true)
  })

  test('are not asked about where any loss is fine', () => {
    expect(states({ ...rule, maxCategoryLoss: 100 })).not.toHaveProperty('categories')
  })
})

test('asked without words, it is what is asked of all cases together', () => {
  const counts = fc.record({ onlyOld: fc.nat(60), onlyNew: fc.nat(60), alike: fc.nat(200) })
  fc.assert(
    fc.property(counts, fc.constantFrom(0, 5), (found, minGain) => {
      const { onlyOld, onlyNew, alike } = found
      const total = { n: onlyOld + onlyNew + alike, onlyOld, onlyNew }
      const asked = { ...rule, minGain }
      const { conditions } = checkRun(asked, { total, byCategory: [] })
      expect(passOverAll(asked)(total)).toBe(holdAll(conditions))
    }),
  )
})

test('the rule reads as a list of sentences', () => {
  const asked = { ...rule, minGain: 1 }
  expect(conditionsOf(asked).map((kind) => describeCondition(kind, asked))).toEqual([
    'At least 50 labelled test cases',
    'Ahead of the best so far by more than a standard error',
    'At least 1 point more than the best so far',
    'A gain that is rare between equal versions (mid-p below .05)',
    'No category with 20 cases or more loses over 10 points',
    'The second, identical run passes all of this too',
  ])
  const short = { ...rule, maxCategoryLoss: 100, twoRuns: false }
  expect(conditionsOf(short)).toEqual(['cases', 'clear', 'chance'])
})
