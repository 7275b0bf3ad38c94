import { expect, test } from 'vitest'
import { markAll, markOf } from './rules'

const PRICE = { input: 1, output: 1, cacheWrite: 1, cacheRead: 1, batchShare: 0.5 }

test('a price is marked with its day; what costs nothing and what is not known has no mark', () => {
  expect(markOf({ ...PRICE, date: '2026-09-23', own: false })).toEqual({
    ...{ date: '2026-09-23', own: false },
  })
  expect(markOf({ ...PRICE, date: null, own: false })).toBeNull()
  expect(markOf(null)).toBeNull()
})

test('a sum has the oldest day, and is the project’s own only where all of it is', () => {
  const listed = { date: '2026-09-23', own: false }
  const set = { date: '2026-11-28', own: true }
  expect(markAll([set, null, listed])).toEqual({ date: '2026-09-23', own: false })
  expect(markAll([set, null])).toEqual(set)
  expect(markAll([null])).toBeNull()
})
