import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DifferenceLine, diffLines } from './rules'

const without = (lines: DifferenceLine[], left: DifferenceLine['kind']) =>
  lines.flatMap(({ kind, text }) => (kind === left ? [] : [text]))

test('what it says leads from one to the other, and back', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { maxLength: 25 })
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const difference = diffLines(before, after)
      expect(without(difference, 'removed')).toEqual(after)
      expect(without(difference, 'added')).toEqual(before)
    }),
  )
})

test('the same lines are unchanged, whatever repeats', () => {
  const lines = ['<e>', 'one', '</e>', '<e>', 'two', '</e>']
  expect(diffLines(lines, lines).every(({ kind }) => kind === 'unchanged')).toBe(true)
})

test('one changed line among many that repeat is found alone', () => {
  const example = (n: number) => ['<example>', `case ${n}`, 'label', '</example>']
  const before = Array.from({ length: 200 }, (_, n) => example(n)).flat()
  const after = before.with(401, 'another case')
  expect(diffLines(before, after).filter(({ kind }) => kind !== 'unchanged')).toEqual([
    { kind: 'removed', text: 'case 100' },
    { kind: 'added', text: 'another case' },
  ])
})

test('thousands of other lines are told apart, and either text is whole', () => {
  const make = (word: string) =>
    Array.from({ length: 6_000 }, (_, n) => (n % 5 === 0 ? '</example>' : `${word} ${n}`))
  const difference = diffLines(make('old'), make('new'))
  expect(without(difference, 'added')).toEqual(make('old'))
  expect(without(difference, 'removed')).toEqual(make('new'))
})
