import { expect, it } from 'vitest'
import { mayImport } from './policy'

it.each([
  ['reviewer', false, false],
  ['prompt_engineer', false, true],
  ['manager', false, true],
  ['reviewer', true, true],
] as const)('%s (admin: %s) may import: %s', (role, isAdmin, may) => {
  expect(mayImport({ role, isAdmin })).toBe(may)
})
