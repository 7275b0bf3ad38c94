import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findWords, splitWords } from './conversation-words'

const found = (text: string, typed: string) =>
  findWords(text, splitWords(typed)).map(({ start, end }) => text.slice(start, end))

describe('splitWords', () => {
  it('takes words apart by blanks and commas, and phrases in quotes as one', () => {
    expect(splitWords('refund, Credit "data loss" “late fee”')).toEqual([
      ...['refund', 'credit', 'data loss', 'late fee'],
    ])
  })

  it('leaves out single letters, doubles and nothing at all', () => {
    expect(splitWords(' a refund  REFUND ,, ')).toEqual(['refund'])
    expect(splitWords('')).toEqual([])
  })
})

describe('findWords', () => {
  it('finds words in any case, and within longer ones', () => {
    expect(found('Refunds: we refund; REFUND!', 'refund')).toEqual(['Refund', 'refund', 'REFUND'])
  })

  it('finds the longer of two words that begin alike', () => {
    expect(found('login, then the log', 'log login')).toEqual(['login', 'log'])
  })

  it('finds a phrase that is broken over two lines', () => {
    expect(found('It was data\n  loss.', '"data loss"')).toEqual(['data\n  loss'])
  })

  it('takes signs as they are', () => {
    expect(found('C++ (v1.2) and C+ v112', 'c++ v1.2')).toEqual(['C++', 'v1.2'])
  })

  it('gives ranges in order and apart, each of them one of the words, whatever the text', () => {
    const piece = fc.constantFrom('abc', 'ab', 'bc', ' ', 'x.', '(')
    fc.assert(
      fc.property(fc.array(piece), fc.array(piece, { maxLength: 4 }), (text, typed) => {
        const words = splitWords(typed.join(' '))
        const ranges = findWords(text.join(''), words)
        ranges.forEach(({ start, end }, at) => {
          expect(words).toContain(text.join('').slice(start, end))
          expect(start).toBeGreaterThanOrEqual(ranges[at - 1]?.end ?? 0)
        })
      }),
    )
  })
})
