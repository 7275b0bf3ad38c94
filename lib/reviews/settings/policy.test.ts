import { expect, it } from 'vitest'
import { mayChangeReviewSettings, mayReadReviewSettings } from './policy'

it.each([
  ['reviewer', false, false],
  ['prompt_engineer', false, false],
  ['manager', false, true],
  ['reviewer', true, true],
] as const)(
  'a %s (admin: %s) reads how the queue is mixed, and changes it: %s',
  (role, isAdmin, may) => {
    expect(mayReadReviewSettings({ role, isAdmin })).toBe(true)
    expect(mayChangeReviewSettings({ role, isAdmin })).toBe(may)
  },
)
