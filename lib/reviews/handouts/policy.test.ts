import { expect, it } from 'vitest'
import { mayGiveWork } from './policy'

it.each([
  ['reviewer', false, false],
  ['prompt_engineer', false, true],
  ['manager', false, true],
  ['reviewer', true, true],
] as const)('a %s (admin: %s) may give work: %s', (role, isAdmin, may) => {
  expect(mayGiveWork({ role, isAdmin })).toBe(may)
})
