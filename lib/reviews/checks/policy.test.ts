import { expect, test } from 'vitest'
import { mayLetIn, mayManageChecks, maySeePeople } from './policy'

test.each([
  ['reviewer', false, false, false],
  ['prompt_engineer', false, true, false],
  ['manager', false, true, true],
  ['reviewer', true, true, true],
] as const)(
  'a %s (admin: %s) manages check cases: %s, sees people and lets them in: %s',
  (role, isAdmin, checks, people) => {
    expect(mayManageChecks({ role, isAdmin })).toBe(checks)
    expect(maySeePeople({ role, isAdmin })).toBe(people)
    expect(mayLetIn({ role, isAdmin })).toBe(people)
  },
)
