import { expect, test } from 'vitest'
import { mayReview, mayTakeEscalated } from './policy'

test.each([
  ['reviewer', false, true],
  ['prompt_engineer', false, true],
  ['manager', false, false],
  ['manager', true, true],
] as const)('a %s (admin: %s) may review: %s', (role, isAdmin, allowed) => {
  expect(mayReview({ role, isAdmin })).toBe(allowed)
})

test.each([
  ['reviewer', false, false],
  ['prompt_engineer', false, true],
  ['manager', false, false],
  ['manager', true, true],
] as const)('a %s (admin: %s) gets what others passed on: %s', (role, isAdmin, allowed) => {
  expect(mayTakeEscalated({ role, isAdmin })).toBe(allowed)
})
