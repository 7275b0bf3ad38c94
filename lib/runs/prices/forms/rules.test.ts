import { expect, test } from 'vitest'
import type { Price } from '../schema'
import { explainWrong, formerPrice, readTyped, sayUsual, typePrice } from './rules'

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

test('cached tokens may stay empty', () => {
  const typed = { ...typePrice(null), input: '3', output: ' .25 ' }
  expect(readTyped(typed).price).toEqual({
    ...{ input: 3_000_000, output: 250_000, cacheWrite: 3_750_000, cacheRead: 300_000 },
    batchPercent: 50,
  })
})

test('what is usual stays empty, and follows the input when that is changed', () => {
  const typed = typePrice(LISTED)
  expect(typed).toMatchObject({ input: '0.06', cacheWrite: '', cacheRead: '' })
  expect(sayUsual('cacheWrite', typed)).toBe('0.075')
  const dearer = { ...typed, input: '10' }
  expect(readTyped(dearer).price).toMatchObject({ cacheWrite: 12_500_000, cacheRead: 1_000_000 })
  expect(sayUsual('cacheRead', dearer)).toBe('1')
  expect(sayUsual('cacheRead', { ...typed, input: 'x' })).toBe('')
  expect(sayUsual('output', typed)).toBe('')
})

test('another price of cached tokens is kept when the input is changed', () => {
  const typed = typePrice({ ...LISTED, cacheWrite: 60_000 })
  expect(typed).toMatchObject({ cacheWrite: '0.06', cacheRead: '' })
  expect(readTyped({ ...typed, input: '10' }).price).toMatchObject({
    ...{ cacheWrite: 60_000, cacheRead: 1_000_000 },
  })
})

test('a comma is refused, whether it stands before cents or between thousands', () => {
  for (const text of ['1,5', '1,500', '1,500.00']) {
    expect(readTyped({ ...typePrice(null), input: text, output: '5' }).wrong).toEqual(['input'])
    expect(explainWrong('input', text)).toContain('No commas')
  }
  expect(explainWrong('input', 'cheap')).toBe('Dollars, from 0 to 10,000.')
})

test.each([
  [{ input: '' }, ['input']],
  [{ output: '-1' }, ['output']],
  [{ output: '' }, ['output']],
  [{ input: '10001' }, ['input']],
  [{ input: '1e2' }, ['input']],
  [{ input: '0x10' }, ['input']],
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
