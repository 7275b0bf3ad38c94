import { describe, expect, it } from 'vitest'
import { neutralise, toCellText } from './rules'

describe('neutralising', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1+1',
    '\n@x',
    '=HYPERLINK("x")',
    '＝1',
    '＠x',
  ])('keeps %j from being a formula', (text) => expect(neutralise(text)).toBe(`'${text}`))
  it.each(['', 'Refund', 'a=b', "'=1", '1-2', ' plain'])('leaves %j alone', (text) =>
    expect(neutralise(text)).toBe(text),
  )
})

it('cuts what no cell can hold', () => {
  expect(toCellText('x'.repeat(40_000))).toHaveLength(32_767)
  expect(toCellText(`=${'x'.repeat(32_765)}`)).toBe(`'=${'x'.repeat(32_765)}`)
})
