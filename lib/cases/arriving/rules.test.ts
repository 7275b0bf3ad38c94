import { describe, expect, test } from 'vitest'
import { judgeArriving, readArriving } from './rules'
import { arrivingCase } from './schema'

const read = (given: object) => readArriving(arrivingCase.parse(given))

describe('readArriving', () => {
  test('the same text has the same hash, whoever wrote it and whatever stands beside it', () => {
    const one = read({ subject: 'Late', messages: [{ text: 'Where is\r\nmy order?' }] })
    const other = read({
      externalId: ' A-1 ',
      subject: 'Late',
      messages: [{ author: 'Ann', role: 'customer', text: 'Where is\nmy order?' }],
      metadata: { plan: ' Pro ', empty: ' ' },
    })
    expect(other.textHash).toEqual(one.textHash)
    expect(other).toMatchObject({ externalId: 'A-1', metadata: { plan: 'Pro' } })
    expect(one.externalId).toMatch(/^text-[0-9a-f]{16}$/)
  })

  test('what is no case is told in words', () => {
    expect(() => read({ messages: [] })).toThrow('The case has no text.')
    expect(() => read({ messages: [{ text: 'A', time: 'soon' }] })).toThrow('soon')
    expect(() => read({ messages: [{ text: 'A' }], metadata: { origin: 'Playground' } })).toThrow(
      'kept from the playground',
    )
    expect(arrivingCase.safeParse({ subject: 'x'.repeat(200_001) }).success).toBe(false)
  })
})

describe('judgeArriving', () => {
  const hash = (n: number) => new Uint8Array([n])
  const known = (externalId: string, n: number) => ({
    id: externalId,
    externalId,
    textHash: hash(n),
  })
  const judge = (externalId: string, n: number, ...others: ReturnType<typeof known>[]) =>
    judgeArriving({ externalId, textHash: hash(n) as Uint8Array<ArrayBuffer> }, others)

  test('a case is known by its external id, else by its text', () => {
    expect(judge('A', 1)).toEqual({ kind: 'new', archives: null })
    expect(judge('A', 1, known('A', 1))).toMatchObject({ kind: 'known', id: 'A' })
    expect(judge('A', 1, known('B', 1))).toMatchObject({ kind: 'known', id: 'B' })
    expect(judge('A', 1, known('B', 1), known('A', 1))).toMatchObject({ id: 'A' })
  })

  test('another text under a known external id is a revision, even where another case has that text', () => {
    expect(judge('A', 2, known('A', 1))).toEqual({ kind: 'new', archives: 'A' })
    expect(judge('A', 2, known('B', 2), known('A', 1))).toEqual({ kind: 'new', archives: 'A' })
  })
})
