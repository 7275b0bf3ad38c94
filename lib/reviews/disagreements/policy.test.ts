import { expect, test } from 'vitest'
import { maySettle, maySettlePool, whyNotSettle } from './policy'

test.each([
  ['reviewer', false, false, false],
  ['prompt_engineer', false, true, false],
  ['manager', false, true, true],
  ['reviewer', true, true, true],
] as const)(
  'a %s (admin: %s) may settle: %s, in the test pool: %s',
  (role, isAdmin, open, locked) => {
    expect(maySettle({ role, isAdmin })).toBe(open)
    expect(maySettlePool({ role, isAdmin }, 'dev')).toBe(open)
    expect(maySettlePool({ role, isAdmin }, 'test')).toBe(locked)
  },
)

const disputed = { hasReviewed: false, isDisputed: true, label: null }

test.each([
  ['may settle a disagreement', disputed],
  [
    'may replace an imported label',
    { ...disputed, isDisputed: false, label: { source: 'imported', isOwn: false } },
  ],
  [
    'may change their mind',
    { ...disputed, isDisputed: false, label: { source: 'settled', isOwn: true } },
  ],
] as const)('one %s', (_, facts) => {
  expect(whyNotSettle(facts)).toBeNull()
})

test.each([
  ['You have reviewed', 'one has answered it', { ...disputed, hasReviewed: true }],
  [
    'has settled',
    'someone else was first',
    { ...disputed, isDisputed: false, label: { source: 'settled', isOwn: false } },
  ],
  [
    'Nobody disagrees',
    'people agree',
    { ...disputed, isDisputed: false, label: { source: 'agreement', isOwn: false } },
  ],
  ['Nobody disagrees', 'it waits for reviews', { ...disputed, isDisputed: false }],
] as const)('says "%s …" where %s', (words, _, facts) => {
  expect(whyNotSettle(facts)).toContain(words)
})
