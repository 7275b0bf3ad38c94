import { describe, expect, it } from 'vitest'
import { categoryKeys, freeName, readCategoryLines, slugOf } from './rules'

describe('slugOf', () => {
  it.each([
    ['Support root causes', 'support-root-causes'],
    ['  Ärger & Lob!  ', 'arger-lob'],
    ['???', ''],
    ['質問', '質問'],
  ])('makes an address of %j', (name, slug) => {
    expect(slugOf(name)).toBe(slug)
  })
})

it('takes the next free name', () => {
  expect(freeName('a', new Set())).toBe('a')
  expect(freeName('a', new Set(['a', 'a-2']))).toBe('a-3')
})

it('gives names that read alike different keys, and names without letters one too', () => {
  expect(categoryKeys(['Not a Bug', 'Not a bug?', '?'])).toEqual([
    'not-a-bug',
    'not-a-bug-2',
    'category',
  ])
})

it('makes of a pasted list one category a line, with its description after a tab', () => {
  expect(
    readCategoryLines('Billing\tCharges and credits.\r\n\n  Bug \nQuestion\t\tAsks how.\n'),
  ).toEqual([
    { name: 'Billing', description: 'Charges and credits.' },
    { name: 'Bug', description: '' },
    { name: 'Question', description: 'Asks how.' },
  ])
})
