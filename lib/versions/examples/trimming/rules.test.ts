import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ELLIPSIS, trim, trimAway } from './rules'

const at = (text: string, passage: string) => {
  const start = text.indexOf(passage)
  return { start, end: start + passage.length }
}

const CASE =
  'Login fails\n\nCustomer: Since Monday it fails. I tried twice. Help!\n\nAgent: It is fixed.'

test.each([
  [['Since Monday it fails.'], '…\nSince Monday it fails.\n…'],
  [['Since Monday it fails.', 'Help!'], '…\nSince Monday it fails. … Help!\n…'],
  [['Login fails', 'Agent: It is fixed.'], 'Login fails\n…\nAgent: It is fixed.'],
  [
    ['Login fails', 'Customer: Since Monday it fails.'],
    'Login fails\n\nCustomer: Since Monday it fails.\n…',
  ],
  [['Monday'], '…\nMonday\n…'],
  [[], '…'],
])('keeps %j', (passages, kept) => {
  const ranges = passages.map((passage) => at(CASE, passage))
  expect(trim(CASE, ranges)).toBe(kept)
})

test('leaves a passage out, and no second mark beside the first', () => {
  const once = trimAway(CASE, at(CASE, ' I tried twice.'))
  expect(once).toContain('Customer: Since Monday it fails. … Help!')
  expect(trimAway(once, at(once, 'Help!'))).toContain('Since Monday it fails. …')
  expect(trimAway(once, at(once, 'Help!'))).not.toMatch(/…\s*…/)
  expect(trimAway(CASE, at(CASE, CASE))).toBe(ELLIPSIS)
})

test('a character is never torn in two', () => {
  expect(trim('😀x', [{ start: 1, end: 3 }])).toBe('😀x')
  expect(trimAway('a😀b', { start: 0, end: 2 })).toBe('… 😀b')
})

const word = fc.stringMatching(/^[a-z0-9😀]{1,4}$/u)
const text = fc
  .array(fc.tuple(word, fc.constantFrom(' ', '\n', '\n\n', '. ')), { minLength: 1, maxLength: 30 })
  .map((parts) => parts.flat().join(''))
const cut = fc.tuple(text, fc.array(fc.tuple(fc.nat(120), fc.nat(40)), { maxLength: 5 }))
const rangesOf = (places: [number, number][]) =>
  places.map(([start, length]) => ({ start, end: start + length }))

test('all of it is all of it', () => {
  fc.assert(
    fc.property(text, (all) => {
      expect(trim(all, [{ start: 0, end: all.length }])).toBe(all.trim())
    }),
  )
})

test('every kept passage stands in the result, in order, and nothing else but marks and space', () => {
  fc.assert(
    fc.property(cut, ([all, places]) => {
      const ranges = rangesOf(places)
      const result = trim(all, ranges)
      const isKept = (index: number) =>
        ranges.some(({ start, end }) => start <= index && index < end)
      const bare = (said: string) => said.replace(/[\s…]/g, '')
      const kept =
        [...all].length === all.length ? [...all].filter((_, i) => isKept(i)).join('') : null
      if (kept !== null) expect(bare(result)).toBe(bare(kept))
      expect(result).not.toMatch(/…\s*…/)
      expect(result.isWellFormed()).toBe(true)
      expect(result).toBe(result.trim())
    }),
  )
})

test('a mark stands where words are missing, and only there', () => {
  fc.assert(
    fc.property(cut, ([all, places]) => {
      const ranges = rangesOf(places)
      const isKept = (index: number) =>
        ranges.some(({ start, end }) => start <= index && index < end)
      const missing = [...all].some((character, i) => /\S/.test(character) && !isKept(i))
      fc.pre([...all].length === all.length)
      expect(trim(all, ranges).includes(ELLIPSIS)).toBe(missing)
    }),
  )
})

test('trimming what is trimmed to the whole changes nothing', () => {
  fc.assert(
    fc.property(cut, ([all, places]) => {
      const once = trim(all, rangesOf(places))
      expect(trim(once, [{ start: 0, end: once.length }])).toBe(once)
    }),
  )
})
