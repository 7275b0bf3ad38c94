import { expect, test } from 'vitest'
import { readNumber } from './numbers'

test.each([
  ['1,000', 1_000],
  [' 1,234,567.5 ', 1_234_567.5],
  ['-4', -4],
  ['0.5', 0.5],
  ['0', 0],
])('%j is a number', (text, value) => expect(readNumber(text)).toBe(value))

// A comma that is no separator of thousands could be meant as a point: nobody guesses which.
test.each(['', ' ', '0,5', '1,00', '1,0000', ',000', 'many', '1 000'])('%j is none', (text) =>
  expect(readNumber(text)).toBeNaN(),
)
