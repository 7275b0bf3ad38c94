import { expect, test } from 'vitest'
import { mayChangeRedaction, mayReadRedaction } from './policy'

test.each([
  ['reviewer', false, false],
  ['prompt_engineer', true, false],
  ['manager', true, true],
] as const)('%s', (role, reads, changes) => {
  expect(mayReadRedaction({ role, isAdmin: false })).toBe(reads)
  expect(mayChangeRedaction({ role, isAdmin: false })).toBe(changes)
  expect(mayChangeRedaction({ role, isAdmin: true })).toBe(true)
})
