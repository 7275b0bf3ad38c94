import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { estimateByStrata, estimateDrawn, measuredOnLabelsOf, measuredOnOwnLabels } from './rules'

describe('estimate by strata', () => {
  test('targeted picks are certain, the random ones speak for the rest', () => {
    const picked = { size: 100, n: 100, right: 45 }
    const random = { size: 900, n: 50, right: 44 }
    const { rate, error } = estimateByStrata([picked, random])
    expect(rate).toBeCloseTo(0.837, 10)
    expect(error).toBeCloseTo(0.040604, 6)
    const pooled = (picked.right + random.right) / (picked.n + random.n)
    expect(pooled).toBeCloseTo(0.593, 3)
  })

  test('three kinds of 600, 300 and 100', () => {
    const { rate, error, interval } = estimateByStrata([
      { size: 600, n: 50, right: 45 },
      { size: 300, n: 50, right: 40 },
      { size: 100, n: 50, right: 25 },
    ])
    expect(rate).toBeCloseTo(0.83, 10)
    expect(error).toBeCloseTo(0.029606, 6)
    expect(interval.low).toBeCloseTo(0.77197, 5)
    expect(interval.high).toBeCloseTo(0.88803, 5)
  })

  test('looked at whole, it is known', () => {
    expect(estimateByStrata([{ size: 1, n: 1, right: 1 }])).toEqual({
      rate: 1,
      error: 0,
      interval: { low: 1, high: 1 },
    })
  })

  test('one case of many says nothing of its error', () => {
    const { error, interval } = estimateByStrata([{ size: 10, n: 1, right: 1 }])
    expect(error).toBeNull()
    expect(interval).toEqual({ low: 0, high: 1 })
  })

  test('refuses a kind of which no case was looked at', () => {
    expect(() => estimateByStrata([{ size: 10, n: 0, right: 0 }])).toThrow(RangeError)
    expect(() => estimateByStrata([{ size: 10, n: 11, right: 0 }])).toThrow(RangeError)
  })
})

describe('estimate from unequal probabilities', () => {
  test('six cases', () => {
    const right = [true, true, false, true, false, true]
    const drawn = [0.1, 0.1, 0.5, 0.2, 0.5, 0.2].map((probability, i) => ({
      right: right[i] ?? false,
      probability,
    }))
    const estimate = estimateDrawn(drawn)
    expect(estimate?.rate).toBeCloseTo(0.882353, 6)
    expect(estimate?.effectiveN).toBeCloseTo(4.4806, 4)
  })

  test('drawn evenly, it is the plain share of all of them', () => {
    const some = fc.array(fc.boolean(), { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(some, fc.double({ min: 0.01, max: 1, noNaN: true }), (rights, probability) => {
        const estimate = estimateDrawn(rights.map((right) => ({ right, probability })))
        expect(estimate?.rate).toBeCloseTo(rights.filter(Boolean).length / rights.length, 10)
        expect(estimate?.effectiveN).toBeCloseTo(rights.length, 8)
      }),
    )
  })

  test('nothing drawn, nothing known; what could not be drawn is refused', () => {
    expect(estimateDrawn([])).toBeNull()
    expect(() => estimateDrawn([{ right: true, probability: 0 }])).toThrow(RangeError)
  })
})

test('accepting 30 % of wrong suggestions flatters the shown version and wrongs the next', () => {
  const shown = { accuracy: 0.84, accepted: 0.3 }
  expect(measuredOnOwnLabels(shown)).toBeCloseTo(0.888, 10)
  expect(measuredOnLabelsOf({ accuracy: 0.9 }, shown)).toBeCloseTo(0.857, 3)
})

test('nobody who accepts nothing wrong biases anything', () => {
  const shown = { accuracy: 0.84, accepted: 0 }
  expect(measuredOnOwnLabels(shown)).toBe(0.84)
  expect(measuredOnLabelsOf({ accuracy: 0.9 }, shown)).toBe(0.9)
})
