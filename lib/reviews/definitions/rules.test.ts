import { describe, expect, it } from 'vitest'
import { findCategories } from './rules'

const categories = [
  'Card arrival',
  'Lost or stolen card',
  'Card payment fee charged',
  'Top-up by card charge',
  'Exchange rate',
  'Café vouchers',
].map((name) => ({ name }))

const found = (typed: string) => findCategories(categories, typed).map(({ name }) => name)

describe('findCategories', () => {
  it('gives all of them, in their order, while nothing is typed', () => {
    expect(findCategories(categories, '  ')).toBe(categories)
  })

  it('puts names that begin with it first, then words that do, then the others', () => {
    expect(found('c')).toEqual([
      ...['Card arrival', 'Card payment fee charged', 'Café vouchers'],
      ...['Lost or stolen card', 'Top-up by card charge', 'Exchange rate'],
    ])
    expect(found('up')).toEqual(['Top-up by card charge'])
  })

  it('wants all the words, whatever their order', () => {
    expect(found('fee card')).toEqual(['Card payment fee charged'])
    expect(found('card xyz')).toEqual([])
  })

  it('minds neither case nor accents', () => {
    expect(found('CAFE')).toEqual(['Café vouchers'])
    expect(found('café')).toEqual(['Café vouchers'])
  })
})
