import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  exactLowerBound,
  type Interval,
  judgeTarget,
  reviewsMissing,
  reviewsNeeded,
  reviewsToDecide,
  watchedInterval,
  watchedReviewsNeeded,
  wilsonInterval,
} from './rules'

const share = fc
  .integer({ min: 1, max: 5000 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))

function expectInterval(actual: Interval, low: number, high: number, digits: number) {
  expect(actual.low).toBeCloseTo(low, digits)
  expect(actual.high).toBeCloseTo(high, digits)
}

describe('Wilson interval', () => {
  test.each([
    [92, 150, 0.5335, 0.68751],
    [126, 150, 0.77296, 0.89006],
    [136, 150, 0.84944, 0.94359],
    [150, 150, 0.97503, 1],
    [0, 10, 0, 0.27753],
  ])('%i of %i', (right, n, low, high) => {
    expectInterval(wilsonInterval(right, n), low, high, 5)
  })

  test('150 cases tell 61 % from 84 %, but hardly 84 % from 90 %', () => {
    const [poor, good, better] = [92, 126, 136].map((right) => wilsonInterval(right, 150))
    expect(poor?.high ?? 1).toBeLessThan(good?.low ?? 0)
    expect(good?.high ?? 0).toBeGreaterThan(better?.low ?? 1)
  })

  test('reaches exactly 0 and 1 at the ends', () => {
    expect(wilsonInterval(150, 150).high).toBe(1)
    expect(wilsonInterval(0, 10).low).toBe(0)
  })
})

describe('watched interval', () => {
  test.each([
    [126, 150, 0.724585, 0.922474],
    [840, 1000, 0.795224, 0.878877],
    [10, 10, 0.58312, 1],
  ])('%i of %i', (right, n, low, high) => {
    expectInterval(watchedInterval(right, n), low, high, 6)
  })

  test('is about ± 5.4 points at 574', () => {
    const { low, high } = watchedInterval(0.84 * 574, 574)
    expect((high - low) / 2).toBeCloseTo(0.054, 3)
  })

  test('stays computable at a million cases', () => {
    const { low, high } = watchedInterval(840_000, 1_000_000)
    expect(low).toBeGreaterThan(0.837)
    expect(high).toBeLessThan(0.843)
  })
})

describe.each([
  ['Wilson', wilsonInterval],
  ['watched', watchedInterval],
])('%s interval', (_name, interval) => {
  test('holds the rate, stays within [0, 1] and mirrors when right and wrong change places', () => {
    fc.assert(
      fc.property(share, ([right, n]) => {
        const { low, high } = interval(right, n)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(right / n)
        expect(high).toBeGreaterThanOrEqual(right / n)
        expect(high).toBeLessThanOrEqual(1)
        const mirrored = interval(n - right, n)
        expect(mirrored.low).toBeCloseTo(1 - high, 8)
        expect(mirrored.high).toBeCloseTo(1 - low, 8)
      }),
    )
  })

  test('knows nothing without cases', () => {
    expect(interval(0, 0)).toEqual({ low: 0, high: 1 })
  })

  test('refuses counts that are no share', () => {
    expect(() => interval(3, 2)).toThrow(RangeError)
    expect(() => interval(-1, 2)).toThrow(RangeError)
    expect(() => interval(Number.NaN, 2)).toThrow(RangeError)
  })
})

test('a watched interval is never narrower than Wilson’s', () => {
  fc.assert(
    fc.property(share, ([right, n]) => {
      const wilson = wilsonInterval(right, n)
      const watched = watchedInterval(right, n)
      expect(watched.high - watched.low).toBeGreaterThanOrEqual(wilson.high - wilson.low)
    }),
  )
})

test('a watched interval looked at after every case misses the truth in at most 5 % of series', () => {
  const random = seededRandom(7)
  let missed = 0
  const series = 400
  for (let i = 0; i < series; i++) {
    let right = 0
    for (let n = 1; n <= 200; n++) {
      if (random() < 0.84) right += 1
      const { low, high } = watchedInterval(right, n)
      if (low > 0.84 || high < 0.84) {
        missed += 1
        break
      }
    }
  }
  expect(missed / series).toBeLessThanOrEqual(0.05)
})

/** mulberry32: the same series in every run of the tests. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

describe('reviews needed', () => {
  test('for ± 3 points at 84 %', () => {
    expect(reviewsNeeded({ rate: 0.84, halfWidth: 0.03 })).toBe(574)
    expect(reviewsNeeded({ rate: 0.84, halfWidth: 0.03, population: 3000 })).toBe(482)
  })

  test('never more than there are cases', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.double({ min: 0.005, max: 0.2, noNaN: true }),
        fc.integer({ min: 1, max: 10_000 }),
        (rate, halfWidth, population) => {
          expect(reviewsNeeded({ rate, halfWidth, population })).toBeLessThanOrEqual(population)
        },
      ),
    )
  })

  test('for ± 3 points in an interval that is watched: about 2,060', () => {
    const n = watchedReviewsNeeded({ rate: 0.84, halfWidth: 0.03 })
    expect(n).toBeGreaterThan(2050)
    expect(n).toBeLessThan(2070)
  })

  test('to show that 92 % is above 90 %: 865 by Wilson, about 3,130 watched', () => {
    const goal = { rate: 0.92, target: 0.9 }
    // Wilson's interval inverts the score test: z²·p₀(1−p₀)/(p−p₀)² = 864.3.
    expect(reviewsToDecide({ ...goal, interval: 'wilson' })).toBe(865)
    const watched = reviewsToDecide({ ...goal, interval: 'watched' })
    expect(watched).toBeGreaterThan(3120)
    expect(watched).toBeLessThan(3140)
  })

  test('830 is the first size at which whole cases, rounded, can show it, by luck', () => {
    const low = (n: number) => wilsonInterval(Math.round(0.92 * n), n).low
    expect(low(830)).toBeGreaterThan(0.9)
    for (let n = 1; n < 830; n++) expect(low(n)).toBeLessThanOrEqual(0.9)
    expect(low(907)).toBeLessThan(0.9)
  })

  test('is null when the rate is the target: nothing decides that', () => {
    expect(reviewsToDecide({ rate: 0.9, target: 0.9, interval: 'wilson' })).toBeNull()
  })
})

describe('verdict on a target', () => {
  const target = { target: 0.9, interval: 'wilson' } as const

  test('good enough, not good enough', () => {
    expect(judgeTarget({ right: 970, n: 1000, ...target }).verdict).toBe('good enough')
    expect(judgeTarget({ right: 92, n: 150, ...target }).verdict).toBe('not good enough')
  })

  test('cannot tell yet, and the reviews it takes do decide', () => {
    const { verdict, moreReviews } = judgeTarget({ right: 138, n: 150, ...target })
    expect(verdict).toBe('cannot tell yet')
    const n = 150 + (moreReviews ?? 0)
    expect(judgeTarget({ right: 0.92 * n, n, ...target }).verdict).toBe('good enough')
    expect(judgeTarget({ right: 0.92 * (n - 1), n: n - 1, ...target }).verdict).toBe(
      'cannot tell yet',
    )
  })

  test('before the first review nobody can say how many it takes', () => {
    expect(judgeTarget({ right: 0, n: 0, ...target })).toEqual({
      verdict: 'cannot tell yet',
      moreReviews: null,
    })
  })
})

describe('exactLowerBound', () => {
  test.each([
    [200, 12, 0.9],
    [300, 21, 0.9],
    [500, 38, 0.9],
    [99, 0, 0.97],
  ])('of %i at most %i may be wrong for %f', (n, wrong, target) => {
    expect(exactLowerBound(n - wrong, n)).toBeGreaterThanOrEqual(target)
    const oneWorse = wrong === 0 ? [n - 1, n - 1] : [n - wrong - 1, n]
    expect(exactLowerBound(oneWorse[0] ?? 0, oneWorse[1] ?? 0)).toBeLessThan(target)
  })

  test('is nothing without a right one, and holds for large numbers', () => {
    expect(exactLowerBound(0, 10)).toBe(0)
    expect(exactLowerBound(0, 0)).toBe(0)
    expect(exactLowerBound(9_800, 10_000)).toBeCloseTo(0.9775, 3)
  })
})

describe('reviewsMissing', () => {
  test.each([
    [0, 0, 99],
    [99, 99, 0],
    [60, 60, 39],
    [98, 99, 58],
  ])('%i right of %i: %i more for 97 %%', (right, n, missing) => {
    expect(reviewsMissing({ right, n, target: 0.97 })).toBe(missing)
  })
})
