import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildConfusionMatrix } from './rules'

describe('confusion matrix', () => {
  const matrix = buildConfusionMatrix(
    [
      { finalId: 'bug', answerId: 'bug', count: 6 },
      { finalId: 'bug', answerId: 'bug', count: 1 },
      { finalId: 'bug', answerId: 'docs', count: 2 },
      { finalId: 'docs', answerId: null, count: 1 },
    ],
    ['docs', 'bug', 'billing'],
  )

  test('keeps the order of the categories, with "no valid label" last', () => {
    expect(matrix.answerIds).toEqual(['docs', 'bug', 'billing', null])
    expect(matrix.rows.map((row) => row.finalId)).toEqual(['docs', 'bug', 'billing'])
  })

  test('adds up counts of the same cell and shares by row', () => {
    const bug = matrix.rows[1]
    expect(bug).toMatchObject({ n: 9, right: 7 })
    expect(bug?.cells[1]).toEqual({ answerId: 'bug', count: 7, share: 7 / 9, right: true })
    expect(bug?.cells[0]).toEqual({ answerId: 'docs', count: 2, share: 2 / 9, right: false })
    expect(matrix.rows[2]?.cells.every((cell) => cell.share === 0)).toBe(true)
  })

  test('never counts a missing label as right', () => {
    expect(matrix).toMatchObject({ n: 10, right: 7, columnTotals: [2, 7, 0, 1] })
  })

  test('appends categories that are gone but still counted', () => {
    const old = buildConfusionMatrix([{ finalId: 'gone', answerId: 'bug', count: 1 }], ['bug'])
    expect(old.answerIds).toEqual(['bug', 'gone', null])
    expect(old.n).toBe(1)
  })

  test('rows, columns and cells all add up to the cases counted', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd')
    const count = fc.record({ finalId: id, answerId: fc.option(id), count: fc.nat(50) })
    fc.assert(
      fc.property(fc.array(count), (counts) => {
        const { n, rows, columnTotals } = buildConfusionMatrix(counts, ['a', 'b'])
        const all = counts.reduce((sum, each) => sum + each.count, 0)
        expect(n).toBe(all)
        expect(columnTotals.reduce((sum, each) => sum + each, 0)).toBe(all)
        expect(rows.flatMap((row) => row.cells).reduce((sum, cell) => sum + cell.count, 0)).toBe(
          all,
        )
      }),
    )
  })
})
