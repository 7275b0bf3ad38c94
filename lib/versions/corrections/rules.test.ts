import { expect, test } from 'vitest'
import { formatPlace, isUndecided, mayBePromoted, parsePlace } from './rules'
import { listFilter } from './schema'

test('a place in the list survives an address', () => {
  const place = {
    undecided: true,
    at: new Date('2026-11-28T05:06:07.089Z'),
    reviewId: '019a0000-0000-7000-8000-000000000001',
  }
  expect(parsePlace(formatPlace(place))).toEqual(place)
  expect(listFilter.parse({ after: formatPlace(place), suggested: 'none' })).toMatchObject({
    after: formatPlace(place),
    suggested: null,
  })
})

test.each([
  { after: "1_0000000000000_' OR true" },
  { from: '28.11.2026' },
  { version: '0' },
  { status: 'gone' },
  { reviewer: 'me' },
])('%j is refused', (query) => {
  expect(listFilter.safeParse(query).success).toBe(false)
})

test('what is unsettled waits for a decision but makes no example', () => {
  expect([isUndecided('unsettled'), mayBePromoted('unsettled')]).toEqual([true, false])
  expect([isUndecided('dismissed'), mayBePromoted('dismissed')]).toEqual([false, true])
  expect(mayBePromoted('overruled')).toBe(false)
})
