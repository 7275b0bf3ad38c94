import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ladder, mcnemar, type PairCounts } from '@/lib/accuracy/comparison/rules'
import { seeded } from '@/lib/platform/testing/random'
import { atLeast, spread } from './binomials/rules'
import { casesToSee, type PairShares, type Passes, powerOn, sharesOf, smallestGain } from './rules'

const found = (pair: PairCounts) => pair.onlyNew > pair.onlyOld && mcnemar(pair).midP < 0.05
const pairedPower = (n: number, shares: PairShares, passes: Passes) => powerOn(n, passes)(shares)
const published = (pair: PairCounts) => ladder(pair).publish

describe('power on the same cases', () => {
  test('only-old 2 %, only-new 8 % of 150 is found with 67 %', () => {
    const shares = { onlyOld: 0.02, onlyNew: 0.08 }
    // McNemar's test in its first form, χ² with one degree of freedom; mid-p finds hardly less.
    const byChiSquare = ({ onlyOld, onlyNew }: PairCounts) =>
      onlyNew > onlyOld && (onlyNew - onlyOld) ** 2 / (onlyNew + onlyOld) > 3.841459
    expect(pairedPower(150, shares, byChiSquare)).toBeCloseTo(0.6664, 4)
    expect(pairedPower(150, shares, found)).toBeCloseTo(0.6627, 4)
  })

  test('equal versions pass the Ladder rule about one time in six, mid-p one in forty', () => {
    const equal = { onlyOld: 0.1, onlyNew: 0.1 }
    for (const n of [150, 500, 2_000]) {
      expect(pairedPower(n, equal, published)).toBeGreaterThan(1 / 7)
      expect(pairedPower(n, equal, published)).toBeLessThan(1 / 5.5)
      expect(pairedPower(n, equal, found)).toBeLessThan(0.0275)
    }
  })

  test('is what a simulation finds', () => {
    const random = seeded(5)
    const [n, tries] = [120, 4_000]
    const shares = { onlyOld: 0.05, onlyNew: 0.15 }
    let passed = 0
    for (let i = 0; i < tries; i++) {
      const pair = { n, onlyOld: 0, onlyNew: 0 }
      for (let k = 0; k < n; k++) {
        const draw = random()
        if (draw < shares.onlyOld) pair.onlyOld += 1
        else if (draw < shares.onlyOld + shares.onlyNew) pair.onlyNew += 1
      }
      if (found(pair)) passed += 1
    }
    expect(passed / tries).toBeCloseTo(pairedPower(n, shares, found), 1)
  })

  test('is the sum over every outcome of few cases', () => {
    const shares = fc
      .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([differing, forNew]) => ({
        onlyOld: differing * (1 - forNew),
        onlyNew: differing * forNew,
      }))
    const asked = fc.constantFrom(found, published, (pair: PairCounts) => lossOf(pair) <= 0.1)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), shares, asked, (n, share, passes) => {
        expect(pairedPower(n, share, passes)).toBeCloseTo(sumOfAll(n, share, passes), 9)
      }),
    )
  })

  test.each([
    [3_000, 0.2, 0.03],
    [3_000, 0.9, 0.02],
    [20_000, 0.05, 0.004],
    [20_000, 0.2, 0.1],
  ])('of %i cases of which %f differ, with a gain of %f, it is the two binomials', (n, d, gain) => {
    const shares = sharesOf(gain, d)
    let [sum, limit] = [0, 0]
    const { from, chances } = spread(n, d)
    for (const [at, chance] of chances.entries()) {
      const all = from + at
      const passes = (onlyNew: number) => found({ n, onlyOld: all - onlyNew, onlyNew })
      limit = Math.max(limit, Math.floor(all / 2))
      while (!passes(limit)) limit += 1
      sum += chance * atLeast(limit, all, shares.onlyNew / d)
    }
    expect(pairedPower(n, shares, found)).toBeCloseTo(sum, 9)
  })

  test('of 100,000 cases it asks once for each number that may differ, for all gains together', () => {
    let asked = 0
    const power = powerOn(100_000, (pair) => {
      asked += 1
      return found(pair)
    })
    expect(smallestGain((gain) => power(sharesOf(gain, 0.2)))).toBe(0.004)
    expect(asked).toBeLessThan(3_000)
  })

  test('is 0 where nothing differs and 1 where all speak for the new one', () => {
    expect(pairedPower(100, { onlyOld: 0, onlyNew: 0 }, found)).toBe(0)
    expect(pairedPower(100, { onlyOld: 0, onlyNew: 1 }, found)).toBeCloseTo(1, 10)
    expect(() => pairedPower(100, { onlyOld: 0.6, onlyNew: 0.6 }, found)).toThrow(RangeError)
  })
})

describe('what a number of cases can show', () => {
  const seenOn = (n: number) => (gain: number) => pairedPower(n, sharesOf(gain, 0.2), found)

  test('the smallest gain has the power, and a tenth of a point less has not', () => {
    const gain = smallestGain(seenOn(60)) ?? 0
    expect(seenOn(60)(gain)).toBeGreaterThanOrEqual(0.8)
    expect(seenOn(60)(gain - 0.001)).toBeLessThan(0.8)
    expect(gain).toBeGreaterThan(0.15)
    expect(gain).toBeLessThan(0.19)
  })

  test('too few cases show no gain at all', () => {
    expect(smallestGain(seenOn(3))).toBeNull()
  })

  test('so many cases see it, and more are asked for a smaller gain', () => {
    const toSee = (gain: number) => casesToSee((n) => seenOn(n)(gain), 20_000)
    const [five, two] = [toSee(0.05) ?? 0, toSee(0.02) ?? 0]
    expect(seenOn(five)(0.05)).toBeGreaterThanOrEqual(0.8)
    // Connor's approximation for d = .2 and g = .05 is 625.
    expect(five).toBeGreaterThan(590)
    expect(five).toBeLessThan(680)
    expect(two).toBeGreaterThan(5 * five)
    expect(toSee(0.001)).toBeNull()
  })

  test('a gain needs at least that many differing cases', () => {
    const { onlyOld, onlyNew } = sharesOf(0.3, 0.2)
    expect([onlyOld, onlyNew]).toEqual([0, 0.3])
    expect(sharesOf(0.1, 0.2).onlyNew).toBeCloseTo(0.15, 10)
  })
})

const lossOf = ({ n, onlyOld, onlyNew }: PairCounts) => (n === 0 ? 0 : (onlyOld - onlyNew) / n)

/** Case by case: how likely each pair of counts is, from the one with a case less. */
function sumOfAll(
  n: number,
  { onlyOld, onlyNew }: { onlyOld: number; onlyNew: number },
  passes: (pair: PairCounts) => boolean,
): number {
  let counts = new Map([['0 0', 1]])
  for (let i = 0; i < n; i++) {
    const next = new Map<string, number>()
    const add = (b: number, c: number, chance: number) =>
      next.set(`${b} ${c}`, (next.get(`${b} ${c}`) ?? 0) + chance)
    for (const [key, chance] of counts) {
      const [b = 0, c = 0] = key.split(' ').map(Number)
      add(b, c, chance * Math.max(0, 1 - onlyOld - onlyNew))
      add(b + 1, c, chance * onlyOld)
      add(b, c + 1, chance * onlyNew)
    }
    counts = next
  }
  return [...counts].reduce((sum, [key, chance]) => {
    const [b = 0, c = 0] = key.split(' ').map(Number)
    return passes({ n, onlyOld: b, onlyNew: c }) ? sum + chance : sum
  }, 0)
}
