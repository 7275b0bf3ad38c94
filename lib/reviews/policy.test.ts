import { expect, test } from 'vitest'
import { mayReview } from './policy'

test.each([
  ['reviewer', false, true],
  ['prompt_engineer', false, true],
  ['manager', false, false],
  ['manager', true, true],
] as const)('a %s (admin: %s) may review: %s', (role, isAdmin, allowed) => {
  expect(mayReview({ role, isAdmin })).toBe(allowed)
})
