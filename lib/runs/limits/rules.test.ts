import { expect, test } from 'vitest'
import {
  findLimitPassed,
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
])('%j is a number of cases', (text, limit) => expect(readCaseLimit(text)).toBe(limit))

test.each(['', ' ', '0', '-3', '1.5', '10000001', 'all', 'Infinity'])(
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
