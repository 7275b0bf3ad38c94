import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clipBlocks, shortenText } from './conversation-shortening'
import { splitBlocks } from './conversation-text'

const lines = (n: number, text = 'one more line of the log') =>
  Array.from({ length: n }, (_, at) => `${at} ${text}`).join('\n')

describe('shortenText', () => {
  it('leaves what is not long as it is', () => {
    expect(shortenText(lines(14), [])).toBeNull()
    expect(shortenText('a '.repeat(600), [])).toBeNull()
    expect(shortenText(lines(15, ''), [])).toBeNull()
  })

  it('keeps the first ten lines of a log', () => {
    const text = lines(100)
    const [head, ...rest] = shortenText(text, []) ?? []
    expect(rest).toEqual([])
    expect(text.slice(head?.start, head?.end)).toBe(`${lines(10)}\n`)
  })

  it('keeps about ten lines of one long paragraph, cut between words', () => {
    const text = 'word '.repeat(1_000)
    const [head] = shortenText(text, []) ?? []
    expect(head?.end).toBeGreaterThan(850)
    expect(head?.end).toBeLessThan(1_000)
    expect(text[(head?.end ?? 0) - 1]).toBe(' ')
  })

  it('counts a folded quotation as one line', () => {
    const quote = `${lines(60, 'quoted').replace(/^/gm, '> ')}\n`
    const folded = [{ start: 0, end: quote.length }]
    expect(shortenText(`${quote}My own words.`, [], folded)).toBeNull()
    const text = quote + lines(60)
    const [head] = shortenText(text, [], folded) ?? []
    expect(text.slice(head?.start, head?.end)).toBe(`${quote}${lines(9)}\n`)
  })

  it('keeps the line of a highlight far below', () => {
    const text = lines(100)
    const start = text.indexOf('70 one')
    const parts = shortenText(text, [{ start: start + 3, end: start + 10 }]) ?? []
    expect(parts).toHaveLength(2)
    expect(text.slice(parts[1]?.start, parts[1]?.end)).toMatch(/^70 one.*\n/)
  })

  it('has every highlight in view, in order and apart, whatever the text', () => {
    const words = fc.array(fc.constantFrom('word', '\n', ' ', 'x'.repeat(300)), { maxLength: 400 })
    const places = fc.array(fc.tuple(fc.nat(5_000), fc.integer({ min: 1, max: 300 })), {
      maxLength: 3,
    })
    fc.assert(
      fc.property(words, places, (pieces, wanted) => {
        const text = pieces.join('')
        const highlights = wanted
          .map(([start, length]) => ({ start, end: Math.min(text.length, start + length) }))
          .filter(({ start, end }) => start < end)
        const parts = shortenText(text, highlights)
        if (parts === null) return
        for (const { start, end } of highlights) {
          expect(parts.some((part) => part.start <= start && end <= part.end)).toBe(true)
        }
        parts.forEach((part, at) => {
          expect(part.start).toBeLessThan(part.end)
          expect(part.start).toBeGreaterThanOrEqual(parts[at - 1]?.end ?? 0)
        })
      }),
    )
  })
})

describe('clipBlocks', () => {
  it('keeps the kind of what it cuts', () => {
    const text = 'Look:\n```\nlet a = 1\nlet b = 2\n```\nBye'
    const blocks = clipBlocks(splitBlocks(text), { start: 0, end: text.indexOf('let b') })
    expect(blocks.map(({ kind, start, end }) => [kind, text.slice(start, end)])).toEqual([
      ['plain', 'Look:\n'],
      ['code', 'let a = 1\n'],
    ])
  })
})
