import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandsOf, isNear, jaccard, shinglesOf, wordsOf } from './rules'

const content = (text: string) => ({
  subject: '',
  messages: [{ author: '', role: 'customer' as const, time: null, text }],
})
const shingles = (text: string) => shinglesOf(content(text))

describe('wordsOf', () => {
  it('leaves out a subject that is only the start of the text', () => {
    const { messages } = content('Cannot log in since Monday')
    expect(wordsOf({ subject: 'Cannot log…', messages })).toEqual(
      wordsOf({ subject: '', messages }),
    )
    expect(wordsOf({ subject: 'Login', messages })).toContain('login')
  })
})

describe('jaccard', () => {
  it('is the shared part of both sets', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(30)), fc.uniqueArray(fc.nat(30)), (a, b) => {
        const sorted = (list: number[]) => Uint32Array.from(list).sort()
        const both = a.filter((x) => b.includes(x)).length
        const either = new Set([...a, ...b]).size
        expect(jaccard(sorted(a), sorted(b))).toBeCloseTo(either === 0 ? 1 : both / either, 12)
      }),
    )
  })
})

describe('near-duplicates', () => {
  const word = fc.constantFrom(
    ...'invoice login export timeout customer agent error button report page team link'.split(' '),
  )
  const number = fc.nat(5_000).map((n) => `n${n}`)

  it('share a band, whatever their length', () => {
    const text = fc.array(fc.oneof(word, number), { minLength: 12, maxLength: 80 })
    fc.assert(
      fc.property(text, fc.nat(), (words, at) => {
        const other = words.with(at % words.length, 'changed')
        const [a, b] = [shingles(words.join(' ')), shingles(other.join(' '))]
        fc.pre(isNear(a, b))
        const bands = new Set(bandsOf(b))
        expect(bandsOf(a).some((band) => bands.has(band))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('are told from other texts of the same words', () => {
    const a = 'I was charged twice for the March invoice and want one of the charges back please'
    expect(isNear(shingles(a), shingles(a.toUpperCase().replaceAll(' ', '\n')))).toBe(true)
    expect(isNear(shingles(a), shingles(`${a} now`))).toBe(true)
    expect(isNear(shingles(a), shingles(a.split(' ').reverse().join(' ')))).toBe(false)
    expect(isNear(shingles('card lost'), shingles('card stolen'))).toBe(false)
  })

  it('of any length share a shingle size when their lengths differ by a fifth', () => {
    for (let long = 1; long <= 60; long++) {
      const short = Math.ceil(long * 0.8)
      const sizes = (n: number) => [
        ...shingles(Array.from({ length: n }, (_, i) => `w${i}`).join(' ')).keys(),
      ]
      expect(sizes(long).some((size) => sizes(short).includes(size))).toBe(true)
    }
  })
})
