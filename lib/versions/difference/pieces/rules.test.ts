import { expect, test } from 'vitest'
import { cutIntoPieces } from './rules'

const text = (line: string) => line
const lines = Array.from({ length: 2_000 }, (_, n) => (n % 7 === 0 ? '</example>' : `line ${n}`))
const keysOf = (all: string[]) => cutIntoPieces(all, text).map(({ key }) => key)

test('all lines are there, in order, under keys that differ', () => {
  const pieces = cutIntoPieces(lines, text)
  expect(pieces.flatMap((piece) => piece.lines)).toEqual(lines)
  expect(new Set(keysOf(lines)).size).toBe(pieces.length)
  const same = Array.from({ length: 500 }, () => 'same')
  expect(new Set(keysOf(same)).size).toBe(keysOf(same).length)
})

test('lines removed at the top leave most pieces as they were', () => {
  const before = new Set(keysOf(lines))
  const after = keysOf(lines.toSpliced(10, 13))
  expect(after.filter((key) => !before.has(key)).length).toBeLessThan(6)
})
