import { expect, test } from 'vitest'
import { readCaseLimit } from './rules'

test.each([
  ['1', 1],
  [' 150 ', 150],
  ['10000000', 10_000_000],
])('%j is a number of cases', (text, limit) => expect(readCaseLimit(text)).toBe(limit))

test.each(['', ' ', '0', '-3', '1.5', '10000001', 'all', 'Infinity'])(
  '%j is no number of cases',
  (text) => expect(readCaseLimit(text)).toBeNull(),
)
