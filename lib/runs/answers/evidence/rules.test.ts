import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findEvidence } from './rules'

const messages = [
  { text: 'Hello,\r\n  I was “charged   twice” – see invoice 7.' },
  { text: 'We don’t see that… İstanbul 😀 office. I was "refunded".' },
]

/** The original words at the place found. */
function quote(evidence: string): string | null {
  const place = findEvidence(evidence, messages)
  if (place === null) return null
  return messages[place.messageIndex]?.text.slice(place.start, place.end) ?? null
}

describe('evidence', () => {
  test.each([
    ['see invoice 7.', 'see invoice 7.'],
    ['  see invoice 7.  ', 'see invoice 7.'],
    ['Hello, I was "charged twice" - see', 'Hello,\r\n  I was “charged   twice” – see'],
    ['SEE INVOICE 7', 'see invoice 7'],
    ["we don't see that...", 'We don’t see that'],
    ["don't see", 'don’t see'],
    ['…see invoice 7...', 'see invoice 7'],
    ['İstanbul  😀 OFFICE', 'İstanbul 😀 office'],
    ['in\u00advoice 7', 'invoice 7'],
  ])('%j stands as %j', (evidence, original) => {
    expect(quote(evidence)).toBe(original)
  })

  test('prefers a place letter for letter over an earlier one that only looks alike', () => {
    const place = findEvidence('I was "', messages)
    expect(place).toEqual({ messageIndex: 1, start: 39, end: 46 })
  })

  test.each(['', '   ', '...', 'never said', 'charged thrice'])('%j stands nowhere', (evidence) => {
    expect(findEvidence(evidence, messages)).toBeNull()
  })

  test('any part of a message is found, however its spaces and case were changed', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (whole, a, b) => {
        const characters = [...whole]
        const from = a % characters.length
        const part = characters.slice(from, from + 1 + (b % characters.length)).join('')
        fc.pre(part.trim() !== '')
        const exact = findEvidence(part, [{ text: whole }])
        expect(exact && whole.slice(exact.start, exact.end)).toBe(part.trim())
      }),
    )
  })

  test('long texts of dots and spaces do not make the search hang', () => {
    const dots = `${'.'.repeat(20_000)}x${' '.repeat(20_000)}y`
    expect(findEvidence(`${dots}!`, [{ text: dots }])).toBeNull()
  })
})
