import { expect, test } from 'vitest'
import {
  countCallsLeft,
  explainTooLow,
  findLimitPassed,
  foreseeLimit,
  readCaseLimit,
  readEnough,
  readLimitPassed,
  sayLimitPassed,
  shareLimits,
} from './rules'

test.each([
  ['1', 1],
  [' 150 ', 150],
  ['10000000', 10_000_000],
  ['1,000', 1_000],
])('%j is a number of cases', (text, limit) => expect(readCaseLimit(text)).toBe(limit))

test.each(['', ' ', '0', '-3', '1.5', '10000001', 'all', 'Infinity', '1,5'])(
  '%j is no number of cases',
  (text) => expect(readCaseLimit(text)).toBeNull(),
)

test('what would pass a limit is known before it is begun, and said so that it is read again', () => {
  const run = { calls: 40, callLimit: 60, cost: 500_000, costLimit: null }
  expect(findLimitPassed(run, { calls: 20, cost: 900_000 })).toBeNull()
  const more = { calls: 21, cost: 123_456 }
  expect(findLimitPassed(run, more)).toBe('calls')
  expect(findLimitPassed({ ...run, costLimit: 600_000 }, more)).toBe('cost')
  const message = sayLimitPassed('cost', run, more)
  expect(message).toContain('Raise the budget to $0.63')
  expect(readLimitPassed(message)).toBe('cost')
  expect(readEnough(message)).toBe('0.63')
  expect(readEnough(sayLimitPassed('calls', run, more))).toBe('61')
  expect(readEnough('Paused by Eva.')).toBe('')
  expect(readLimitPassed(sayLimitPassed('calls', run, more))).toBe('calls')
  expect(readLimitPassed('Paused by Eva.')).toBeNull()
})

test('what runs share is never more than was typed, and at least something', () => {
  const limits = { costLimit: 1_000, callLimit: 2, targetPerHour: 60 }
  expect(shareLimits(limits, 3)).toEqual({ costLimit: 333, callLimit: 1, targetPerHour: 60 })
  expect(shareLimits(limits, 1)).toEqual(limits)
  expect(shareLimits({ costLimit: null }, 3).costLimit).toBeNull()
})

test('a budget allows the calls that it pays for, and the last one; unsaved ones are begun already', () => {
  const run = { calls: 10, callLimit: null, cost: 1_000, costLimit: 1_500 }
  expect(countCallsLeft(run, 0)).toBe(5)
  expect(countCallsLeft(run, 3)).toBe(2)
  expect(countCallsLeft({ ...run, cost: 1_499 }, 0)).toBe(1)
  expect(countCallsLeft({ ...run, callLimit: 12 }, 1)).toBe(1)
  // Nothing is known of the cost yet, or never will be.
  expect(countCallsLeft({ ...run, calls: 0, cost: 0 }, 0)).toBeLessThan(20)
  expect(countCallsLeft({ ...run, cost: null }, 0)).toBe(Number.POSITIVE_INFINITY)
  expect(countCallsLeft({ ...run, costLimit: null }, 4)).toBe(Number.POSITIVE_INFINITY)
})

test('what a batch run would pause at before it has asked anything is known beforehand', () => {
  const estimate = { calls: 179, cost: 1_210_000, batch: { first: 179 } }
  const limits = { callLimit: 120, costLimit: null }
  expect(foreseeLimit(limits, estimate)).toEqual({ limit: 'calls', enough: 179, atOnce: true })
  expect(foreseeLimit({ ...limits, callLimit: 179 }, estimate)).toBeNull()
  const budget = { callLimit: null, costLimit: 1_000_000 }
  const passed = { limit: 'cost', enough: 1_210_000, atOnce: true }
  expect(foreseeLimit(budget, estimate)).toEqual(passed)
  // The first of two jobs takes half of it: the second is the one that it pauses before.
  const inTwo = { ...estimate, batch: { first: 90 } }
  expect(foreseeLimit(budget, inTwo)).toEqual({ ...passed, atOnce: false })
  expect(foreseeLimit(limits, { ...estimate, batch: null })).toMatchObject({ atOnce: false })
  // Where the price is not known no budget can be.
  expect(foreseeLimit(budget, { ...estimate, cost: null })).toBeNull()
})

test('why a limit is too low for a run to go on is said', () => {
  const run = { calls: 120, callLimit: 120, cost: 500_000, costLimit: 400_000, message: null }
  expect(explainTooLow('calls', null, run)).toContain('More than 120')
  expect(explainTooLow('calls', 120, run)).toContain('More than 120')
  expect(explainTooLow('calls', Number.NaN, run)).toContain('whole number')
  expect(explainTooLow('calls', 121, run)).toBeNull()
  expect(explainTooLow('cost', 0.5, run)).toContain('More than $0.50')
  expect(explainTooLow('cost', 0.51, run)).toBeNull()
  const more = { calls: 179, cost: 1_000_000 }
  const before = { ...run, calls: 0, cost: 0 }
  const held = { ...before, message: sayLimitPassed('calls', before, more) }
  expect(explainTooLow('calls', 150, held)).toContain('At least 179')
  expect(explainTooLow('calls', 179, held)).toBeNull()
})
