import { expect, test } from 'vitest'
import { moveCaret } from './keep-caret'

test.each([
  ['a change behind it', 'one two', 'one three', 2, 2],
  ['a change before it', 'one two', 'One, two', 5, 6],
  ['an addition at its place', 'one', 'one two', 3, 3],
  ['a removal of its place', 'one two three', 'one', 9, 3],
])('%s', (_, former, value, caret, expected) => {
  expect(moveCaret(former, value, caret)).toBe(expected)
})
