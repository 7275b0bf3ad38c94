import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agrestiMinInterval, changeOf, countPairs, holm, isRareGap, ladder, mcnemar } from './rules'

const pair = fc
  .record({ onlyOld: fc.nat(300), onlyNew: fc.nat(300), alike: fc.nat(1000) })
  .map(({ onlyOld, onlyNew, alike }) => ({ n: onlyOld + onlyNew + alike, onlyOld, onlyNew }))

describe('McNemar', () => {
  test.each([
    [5, 15, 0.041389, 0.026604],
    [3, 12, 0.035156, 0.021271],
    [0, 6, 0.03125, 0.015625],
    [20, 30, 0.202639, 0.16078],
  ])('only old %i, only new %i', (onlyOld, onlyNew, exact, midP) => {
    const test = mcnemar({ onlyOld, onlyNew })
    expect(test.exact).toBeCloseTo(exact, 6)
    expect(test.midP).toBeCloseTo(midP, 6)
  })

  test('says nothing when nothing differs', () => {
    expect(mcnemar({ onlyOld: 0, onlyNew: 0 })).toEqual({ exact: 1, midP: 1 })
  })

  test('a gap is rare exactly where mid-p is below .05, looked at near the line and all around', () => {
    const differs = ({ onlyOld, onlyNew }: { onlyOld: number; onlyNew: number }) =>
      isRareGap({ onlyOld, onlyNew }) !== mcnemar({ onlyOld, onlyNew }).midP < 0.05
    const wrong: string[] = []
    for (let d = 0; d <= 20_000; d += d < 400 ? 1 : 37) {
      const line = Math.round((d + 1.96 * Math.sqrt(d)) / 2)
      const [from, to] = d < 400 ? [0, d] : [line - 3, line + 3]
      for (let c = from; c <= to; c++)
        if (differs({ onlyOld: d - c, onlyNew: c })) wrong.push(`${c} of ${d}`)
    }
    expect(wrong).toEqual([])
  })

  test('is symmetric, between 0 and 1, and mid-p is the smaller', () => {
    fc.assert(
      fc.property(pair, ({ onlyOld, onlyNew }) => {
        const test = mcnemar({ onlyOld, onlyNew })
        expect(mcnemar({ onlyOld: onlyNew, onlyNew: onlyOld })).toEqual(test)
        expect(test.midP).toBeGreaterThanOrEqual(0)
        expect(test.midP).toBeLessThanOrEqual(test.exact)
        expect(test.exact).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('Agresti–Min interval', () => {
  test('150 cases, (5, 15)', () => {
    const { low, high } = agrestiMinInterval({ n: 150, onlyOld: 5, onlyNew: 15 })
    expect(low).toBeCloseTo(0.00763, 5)
    expect(high).toBeCloseTo(0.12395, 5)
  })

  test('mirrors when old and new change places', () => {
    fc.assert(
      fc.property(pair, ({ n, onlyOld, onlyNew }) => {
        const { low, high } = agrestiMinInterval({ n, onlyOld, onlyNew })
        const mirrored = agrestiMinInterval({ n, onlyOld: onlyNew, onlyNew: onlyOld })
        expect(low).toBeLessThan(high)
        expect(mirrored.low).toBeCloseTo(-high, 12)
        expect(mirrored.high).toBeCloseTo(-low, 12)
      }),
    )
  })

  test('refuses more differing cases than cases', () => {
    expect(() => agrestiMinInterval({ n: 10, onlyOld: 6, onlyNew: 5 })).toThrow(RangeError)
  })
})

describe('Ladder', () => {
  test('500 cases, (20, 35): published', () => {
    const step = ladder({ n: 500, onlyOld: 20, onlyNew: 35 })
    expect(step.gain).toBeCloseTo(0.03, 12)
    expect(step.threshold).toBeCloseTo(0.014772, 6)
    expect(step.publish).toBe(true)
  })

  test('500 cases, (20, 25): the old score stays', () => {
    const step = ladder({ n: 500, onlyOld: 20, onlyNew: 25 })
    expect(step.gain).toBeCloseTo(0.01, 12)
    expect(step.threshold).toBeCloseTo(0.013409, 6)
    expect(step.publish).toBe(false)
  })

  test('never publishes without a gain', () => {
    expect(ladder({ n: 0, onlyOld: 0, onlyNew: 0 }).publish).toBe(false)
    fc.assert(
      fc.property(pair, ({ n, onlyOld, onlyNew }) => {
        const lower = {
          n,
          onlyOld: Math.max(onlyOld, onlyNew),
          onlyNew: Math.min(onlyOld, onlyNew),
        }
        expect(ladder(lower).publish).toBe(false)
      }),
    )
  })
})

describe('Holm', () => {
  test('multiplies the smallest by all, the next by one less, and never turns the order round', () => {
    // As R's p.adjust(c(.01, .04, .03, .005), "holm").
    const adjusted = holm([0.01, 0.04, 0.03, 0.005])
    expect(adjusted.map((p) => Number(p.toFixed(10)))).toEqual([0.03, 0.06, 0.06, 0.02])
  })

  test('leaves one alone, stops at 1, and takes none', () => {
    expect(holm([0.2])).toEqual([0.2])
    expect(holm([0.6, 0.7])).toEqual([1, 1])
    expect(holm([])).toEqual([])
  })

  test('finds nothing that Bonferroni would not, save by being less strict', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (ps) => {
        for (const [i, p] of holm(ps).entries()) {
          expect(p).toBeGreaterThanOrEqual(ps[i] ?? 0)
          expect(p).toBeLessThanOrEqual(Math.min(1, (ps[i] ?? 0) * ps.length))
        }
      }),
    )
  })
})

describe('pairing answers', () => {
  const truth = { labelId: 'bug', secondLabelId: 'docs' }
  const billing = { labelId: 'billing', secondLabelId: null }
  const counts = [
    { truth, oldAnswer: 'bug', newAnswer: 'bug', n: 7 },
    { truth, oldAnswer: null, newAnswer: 'bug', n: 1 },
    { truth, oldAnswer: 'bug', newAnswer: 'docs', n: 2 },
    { truth: billing, oldAnswer: 'billing', newAnswer: null, n: 5 },
  ]

  test('counts over all, and by final label', () => {
    expect(countPairs(counts, 'exact')).toEqual({
      total: { n: 15, onlyOld: 7, onlyNew: 1 },
      byCategory: [
        { categoryId: 'bug', n: 10, onlyOld: 2, onlyNew: 1 },
        { categoryId: 'billing', n: 5, onlyOld: 5, onlyNew: 0 },
      ],
    })
  })

  test('counting close calls, the second choice breaks nothing', () => {
    expect(countPairs(counts, 'countingCloseCalls').total).toEqual({
      n: 15,
      onlyOld: 5,
      onlyNew: 1,
    })
  })

  test('no valid label is wrong; two different mistakes change nothing', () => {
    const change = (oldAnswer: string | null, newAnswer: string | null) =>
      changeOf({ truth, oldAnswer, newAnswer }, 'exact')
    expect(change('bug', null)).toBe('broken')
    expect(change('docs', 'bug')).toBe('fixed')
    expect(change('docs', null)).toBeNull()
    expect(change('bug', 'bug')).toBeNull()
  })
})
