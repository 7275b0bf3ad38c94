import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { placeNewcomer, poolOfText } from './rules'

const hash = (text: string) => createHash('sha256').update(text).digest()

describe('poolOfText', () => {
  it('keeps the shares and always says the same', () => {
    const shares = { exampleShare: 60, devShare: 20 }
    const counts = { example: 0, dev: 0, test: 0 }
    for (let i = 0; i < 20_000; i++) counts[poolOfText(hash(`text ${i}`), shares)]++
    expect(counts.example / 20_000).toBeCloseTo(0.6, 1)
    expect(counts.dev / 20_000).toBeCloseTo(0.2, 1)
    expect(poolOfText(hash('a'), shares)).toBe(poolOfText(hash('a'), shares))
  })

  it('can leave a pool empty', () => {
    for (let i = 0; i < 200; i++) {
      expect(poolOfText(hash(`${i}`), { exampleShare: 0, devShare: 100 })).toBe('dev')
    }
  })
})

describe('placeNewcomer', () => {
  const a = { id: 'a', pool: 'dev' as const }
  const b = { id: 'b', pool: 'dev' as const }
  const c = { id: 'c', pool: 'test' as const }

  it('founds, joins, merges into the older, or is quarantined', () => {
    expect(placeNewcomer([])).toEqual({ kind: 'new' })
    expect(placeNewcomer([b])).toEqual({ kind: 'join', cluster: b, merged: [] })
    expect(placeNewcomer([b, a])).toEqual({ kind: 'join', cluster: a, merged: [b] })
    expect(placeNewcomer([a, b, c])).toEqual({ kind: 'quarantine' })
  })

  it('lets what was tried in the playground stand in the example pool only', () => {
    const example = { id: 'e', pool: 'example' as const }
    expect(placeNewcomer([], true)).toEqual({ kind: 'new' })
    expect(placeNewcomer([example], true)).toEqual({ kind: 'join', cluster: example, merged: [] })
    for (const near of [[b], [c], [a, b], [example, c]]) {
      expect(placeNewcomer(near, true)).toEqual({ kind: 'quarantine' })
    }
  })
})
