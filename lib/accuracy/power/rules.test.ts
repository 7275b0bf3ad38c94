import { describe, expect, test } from 'vitest'
import { ladder, mcnemar, type PairCounts } from '@/lib/accuracy/comparison/rules'
import { seeded } from '@/lib/platform/testing/random'
import { casesToSee, pairedPower, sharesOf, smallestGain } from './rules'

const found = (pair: PairCounts) => pair.onlyNew > pair.onlyOld && mcnemar(pair).midP < 0.05
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

  test('is 0 where nothing differs and 1 where all speak for the new one', () => {
    expect(pairedPower(100, { onlyOld: 0, onlyNew: 0 }, found)).toBe(0)
    expect(pairedPower(100, { onlyOld: 0, onlyNew: 1 }, found)).toBeCloseTo(1, 10)
    expect(() => pairedPower(100, { onlyOld: 0.6, onlyNew: 0.6 }, found)).toThrow(RangeError)
  })
})

describe('what a number of cases can show', () => {
  const powerOn = (n: number) => (gain: number) => pairedPower(n, sharesOf(gain, 0.2), found)

  test('the smallest gain has the power, and a tenth of a point less has not', () => {
    const gain = smallestGain(powerOn(60)) ?? 0
    expect(powerOn(60)(gain)).toBeGreaterThanOrEqual(0.8)
    expect(powerOn(60)(gain - 0.001)).toBeLessThan(0.8)
    expect(gain).toBeGreaterThan(0.15)
    expect(gain).toBeLessThan(0.19)
  })

  test('too few cases show no gain at all', () => {
    expect(smallestGain(powerOn(3))).toBeNull()
  })

  test('so many cases see it, and more are asked for a smaller gain', () => {
    const toSee = (gain: number) => casesToSee((n) => powerOn(n)(gain), 20_000)
    const [five, two] = [toSee(0.05) ?? 0, toSee(0.02) ?? 0]
    expect(powerOn(five)(0.05)).toBeGreaterThanOrEqual(0.8)
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
