import { expect, test } from 'vitest'
import { mayChangePrices, mayReadPrices } from './policy'

test.each([
  ['reviewer', false, false],
  ['prompt_engineer', true, false],
  ['manager', true, true],
] as const)('%s', (role, reads, changes) => {
  expect(mayReadPrices({ role, isAdmin: false })).toBe(reads)
  expect(mayChangePrices({ role, isAdmin: false })).toBe(changes)
  expect(mayChangePrices({ role, isAdmin: true })).toBe(true)
})
