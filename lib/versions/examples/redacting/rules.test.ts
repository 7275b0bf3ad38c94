import fc from 'fast-check'
import { expect, test } from 'vitest'
import { redactPassage, snapToWords } from './rules'

const redact = (text: string, passage: string) => {
  const start = text.indexOf(passage)
  return redactPassage(text, { start, end: start + passage.length })
}

test.each([
  ['Call Jane Smith today.', 'ane Smi', 'Call [REDACTED] today.'],
  ['Call Jane Smith today.', ' Jane ', 'Call [REDACTED] Smith today.'],
  ['Call Jane Smith.', 'Jane Smith', 'Call [REDACTED].'],
  ['Write to jane.doe@mail.example.com, please.', 'doe@mail', 'Write to [REDACTED], please.'],
  ['Anne-Marie O’Neill said so', 'Marie O', '[REDACTED] said so'],
  ['Case K-12/7 is open', '12', 'Case [REDACTED] is open'],
  ['One line\nJane\nanother', 'an', 'One line\n[REDACTED]\nanother'],
  ['Zoë called', 'o', '[REDACTED] called'],
  ['nothing here', ' ', 'nothing here'],
])('%j: of %j', (text, passage, redacted) => expect(redact(text, passage)).toBe(redacted))

test('in a script without spaces a word is not the whole sentence', () => {
  expect(redact('我的名字是王小明。', '王小明')).toMatch(/^我的名字是?\[REDACTED\]。$/)
})

test('holds what was selected, cuts no word, and does nothing more to what it gave', () => {
  const piece = fc.constantFrom('Jane', 'doe@x.com', ' ', '\n', ', ', 'Ü', '1', '-', '.')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), fc.nat(60), fc.nat(60), (pieces, a, b) => {
      const text = pieces.join('')
      const range = {
        start: Math.min(a, b, text.length),
        end: Math.min(Math.max(a, b), text.length),
      }
      const whole = snapToWords(text, range)
      const selected = text.slice(range.start, range.end).trim()
      if (!whole) {
        expect(selected).toBe('')
        return
      }
      expect(text.slice(whole.start, whole.end)).toContain(selected)
      for (const cut of [whole.start, whole.end]) {
        expect(text.slice(Math.max(0, cut - 1), cut + 1)).not.toMatch(/^[\p{L}\p{N}]{2}$/u)
      }
      expect(snapToWords(text, whole)).toEqual(whole)
    }),
  )
})
