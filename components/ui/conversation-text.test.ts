import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findFoldedQuotes, findMiddle, splitBlocks, splitPieces } from './conversation-text'

const shown = (text: string) =>
  splitBlocks(text).map((block) => [block.kind, text.slice(block.start, block.end)])

describe('splitBlocks', () => {
  it('tells code and quoted lines from the rest', () => {
    const text = 'Hello\n> you wrote\n> this\n\nSee:\n```js\nlet a = 1\n\n> not a quote\n```\nBye'
    expect(shown(text)).toEqual([
      ['plain', 'Hello\n'],
      ['quote', '> you wrote\n> this\n'],
      ['plain', '\nSee:\n'],
      ['code', 'let a = 1\n\n> not a quote\n'],
      ['plain', 'Bye'],
    ])
  })

  it('tells a log from a sentence with a date', () => {
    const line = '2025-08-01 01:58:11 GET /v2/customers 200'
    expect(shown(`It began:\n${line}\nand went on`)).toEqual([
      ['plain', `It began:\n${line}\nand went on`],
    ])
    const log = `${line}\n  at read (file.js:3:4)\nERROR: gone\n`
    expect(shown(`It began:\n${log}Bye`)).toEqual([
      ['plain', 'It began:\n'],
      ['log', log],
      ['plain', 'Bye'],
    ])
  })

  it('takes a fence that is never closed to the end', () => {
    expect(shown('a\n~~~\nb\n```\nc')).toEqual([
      ['plain', 'a\n'],
      ['code', 'b\n```\nc'],
    ])
  })

  it('loses no word that is not a fence', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('word', '> q', '', 'x `c` y', '>>')), (lines) => {
        const text = lines.join('\n')
        const kept = splitBlocks(text).map((block) => text.slice(block.start, block.end))
        expect(kept.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      }),
    )
  })
})

describe('mails that a message answers', () => {
  const head = 'On Tue, 3 Mar 2026 at 09:12, Pat <pat@example.com> wrote:\n'

  it('take the line above them along, also one that is broken, and blank lines between', () => {
    const quoted = '> Is it down?\n> It is.\n'
    expect(shown(`Yes.\n\n${head}\n${quoted}\nBest, Sam`)).toEqual([
      ['plain', 'Yes.\n\n'],
      ['quote', `${head}\n${quoted}`],
      ['plain', '\nBest, Sam'],
    ])
    const broken = head.replace('<pat', '\n<pat')
    expect(shown(`Yes.\n${broken}${quoted}`)[1]).toEqual(['quote', broken + quoted])
  })

  it('go to the end where no line is marked', () => {
    const original = '-----Original Message-----\nFrom: Pat\n\nIs it down?'
    expect(shown(`Yes.\n${original}`)).toEqual([
      ['plain', 'Yes.\n'],
      ['quote', original],
    ])
    expect(shown(`Ja.\nAm 03.03.2026 um 09:12 schrieb Pat:\nGeht nicht.`)[1]?.[0]).toBe('quote')
  })

  it('are not what a sentence says of writing', () => {
    const text = 'On Monday my colleague wrote: it fails.\nOn the page she wrote:\nit fails.'
    expect(shown(text)).toEqual([['plain', text]])
  })
})

describe('findFoldedQuotes', () => {
  const quote = '> one\n> two\n> three\n'
  const folded = (text: string, highlights: { start: number; end: number }[] = []) =>
    findFoldedQuotes(splitBlocks(text), highlights).map(({ start, end }) => text.slice(start, end))

  it('folds long quotations, not short ones', () => {
    expect(folded(`Hello\n${quote}`)).toEqual([quote])
    expect(folded('Hello\n> one\n> two\n')).toEqual([])
  })

  it('leaves open what holds a highlight', () => {
    const text = `Hello\n${quote}`
    const start = text.indexOf('two')
    expect(folded(text, [{ start, end: start + 3 }])).toEqual([])
  })

  it('never folds all that a message says', () => {
    expect(folded(quote)).toEqual([])
  })
})

describe('splitPieces', () => {
  it('tells words looked for from highlights', () => {
    const text = 'It fails again'
    const block = splitBlocks(text)[0]
    if (!block) throw new Error('no block')
    const pieces = splitPieces(text, block, [{ start: 0, end: 8 }], [{ start: 3, end: 14 }])
    expect(pieces.map(({ start, marked, found }) => [start, marked, found])).toEqual([
      [0, true, false],
      [3, true, true],
      [8, false, true],
    ])
  })

  it('marks a highlight that begins in inline code', () => {
    const text = 'Run `npm ci` again'
    const block = splitBlocks(text)[0]
    if (!block) throw new Error('no block')
    const pieces = splitPieces(text, block, [{ start: 8, end: 14 }])
    expect(pieces.map((piece) => text.slice(piece.start, piece.end)).join('')).toBe(text)
    const marked = pieces.filter((piece) => piece.marked)
    expect(marked.map((piece) => text.slice(piece.start, piece.end))).toEqual([' ci`', ' a'])
    expect(marked[0]?.code).toBe(true)
  })
})

describe('findMiddle', () => {
  const roles = (letters: string) =>
    [...letters].map((letter) => ({ role: letter === 'c' ? 'customer' : 'agent' }) as const)

  it('lies between the first request and the last answer', () => {
    expect(findMiddle(roles('cacacac'))).toEqual({ start: 1, end: 5 })
  })
  it('is not there in a short case', () => {
    expect(findMiddle(roles('cac'))).toBeNull()
    expect(findMiddle(roles('cccc'))).toBeNull()
  })
})
