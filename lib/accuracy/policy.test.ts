import { expect, it } from 'vitest'
import { mayReadAccuracy } from './policy'

it.each([
  ['reviewer' as const, false, false],
  ['prompt_engineer' as const, false, true],
  ['manager' as const, false, true],
  ['reviewer' as const, true, true],
])('%s (admin: %s) may read accuracy: %s', (role, isAdmin, may) => {
  expect(mayReadAccuracy({ role, isAdmin })).toBe(may)
})
