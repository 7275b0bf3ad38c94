import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measureAgreement, type PairCount, withoutOrder } from './rules'

const table = (rows: readonly (readonly number[])[]): PairCount[] =>
  rows.flatMap((row, a) => row.map((n, b) => ({ a: `label ${a}`, b: `label ${b}`, n })))

describe('measureAgreement', () => {
  it('is Cohen’s κ', () => {
    expect(
      measureAgreement(
        table([
          [20, 5],
          [10, 15],
        ]),
        2,
      ).kappa,
    ).toBeCloseTo(0.4, 10)
  })

  it('has AC1 beside κ, which a label that nearly all cases have sends below nothing', () => {
    const { pairs, agreed, kappa, ac1 } = measureAgreement(
      table([
        [90, 5],
        [5, 0],
      ]),
      2,
    )
    expect(agreed / pairs).toBe(0.9)
    expect(kappa).toBeCloseTo(-0.05263, 5)
    expect(ac1).toBeCloseTo(0.8895, 4)
  })

  it('says nothing where there is nothing to say', () => {
    expect(measureAgreement([], 3)).toEqual({ pairs: 0, agreed: 0, kappa: null, ac1: null })
    // All say the same one label: chance alone would do that.
    expect(measureAgreement(table([[10]]), 3).kappa).toBeNull()
    expect(measureAgreement(table([[10]]), 3).ac1).toBe(1)
  })

  const counts = fc.array(
    fc.record({
      a: fc.constantFrom('x', 'y', 'z'),
      b: fc.constantFrom('x', 'y', 'z'),
      n: fc.integer({ min: 1, max: 50 }),
    }),
    { minLength: 1 },
  )
  it('does not depend on who of a pair comes first', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const turned = given.map(({ a, b, n }) => ({ a: b, b: a, n }))
        const one = measureAgreement(withoutOrder(given), 3)
        const other = measureAgreement(withoutOrder(turned), 3)
        expect(one.kappa ?? 0).toBeCloseTo(other.kappa ?? 0, 10)
        expect(one.pairs).toBeCloseTo(
          given.reduce((sum, { n }) => sum + n, 0),
          10,
        )
      }),
    )
  })
})
