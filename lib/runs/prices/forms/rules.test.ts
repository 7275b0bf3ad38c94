import { expect, test } from 'vitest'
import type { Price } from '../schema'
import { formerPrice, readTyped, typePrice } from './rules'

const LISTED: Price = {
  ...{ input: 60_000, output: 240_000, cacheWrite: 75_000, cacheRead: 6_000 },
  ...{ batchShare: 0.5, date: '2026-09-23', own: false },
}

test('what is typed unchanged is the price it began with', () => {
  expect(readTyped(typePrice(LISTED))).toEqual({
    price: {
      ...{ input: 60_000, output: 240_000, cacheWrite: 75_000, cacheRead: 6_000 },
      batchPercent: 50,
    },
    wrong: [],
  })
})

test('cached tokens may stay empty; a comma is a point', () => {
  const typed = { ...typePrice(null), input: '3', output: ' 0,25 ' }
  expect(readTyped(typed).price).toEqual({
    ...{ input: 3_000_000, output: 250_000, cacheWrite: 3_750_000, cacheRead: 300_000 },
    batchPercent: 50,
  })
})

test.each([
  [{ input: '' }, ['input']],
  [{ output: '-1' }, ['output']],
  [{ output: '' }, ['output']],
  [{ input: '10001' }, ['input']],
  [{ cacheRead: 'a tenth' }, ['cacheRead']],
  [{ batchPercent: '50.5' }, ['batchPercent']],
  [{ batchPercent: '' }, ['batchPercent']],
  [{ input: 'x', cacheWrite: '' }, ['input']],
])('%j is told at its field', (change, wrong) => {
  const typed = { ...typePrice(null), input: '1', output: '5', ...change }
  expect(readTyped(typed)).toEqual({ price: null, wrong })
})

test('only a price that had been set is put back', () => {
  expect(formerPrice(LISTED)).toBeNull()
  expect(formerPrice(null)).toBeNull()
  expect(formerPrice({ ...LISTED, own: true })).toMatchObject({ input: 60_000, batchPercent: 50 })
})
