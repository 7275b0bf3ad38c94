import { expect, test } from 'vitest'
import { ROLES } from '@/lib/platform/access'
import { mayTry } from './policy'

test('prompt engineers and admins try cases', () => {
  expect(ROLES.filter((role) => mayTry({ role, isAdmin: false }))).toEqual(['prompt_engineer'])
  expect(mayTry({ role: 'reviewer', isAdmin: true })).toBe(true)
})
