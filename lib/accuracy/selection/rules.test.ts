import { describe, expect, test } from 'vitest'
import { seeded } from '@/lib/platform/testing/random'
import { bestOfEqual } from './rules'

const CANDIDATES = 10
const CASES = 150
const RATE = 0.84

/**
 * Ten equally good prompts on 150 cases, over and over. `alike`: the share of cases that all of them
 * get right or wrong together. Gives how much better than its true accuracy the best one looks.
 */
function simulate(alike: number, seed: number): { gain: number; differing: number } {
  const random = seeded(seed)
  const tries = 1_000
  let [gain, differing] = [0, 0]
  for (let i = 0; i < tries; i++) {
    const right = Array.from({ length: CANDIDATES }, () => 0)
    let first = 0
    for (let k = 0; k < CASES; k++) {
      if (random() < alike) {
        const all = random() < RATE ? 1 : 0
        for (let c = 0; c < CANDIDATES; c++) right[c] = (right[c] ?? 0) + all
        continue
      }
      const draws = right.map(() => (random() < RATE ? 1 : 0))
      for (const [c, draw] of draws.entries()) right[c] = (right[c] ?? 0) + draw
      if (draws[0] !== draws[1]) first += 1
    }
    // Against the mean of all of them: cases that were easy for all make nobody look better.
    const mean = right.reduce((sum, n) => sum + n, 0) / CANDIDATES
    gain += (Math.max(...right) - mean) / CASES
    differing += first / CASES
  }
  return { gain: gain / tries, differing: differing / tries }
}

describe('the best of ten equal prompts on the same 150 cases', () => {
  test.each([
    ['where seven cases in ten are alike for all', 0.7, 1],
    ['where four in ten are', 0.4, 2],
    ['where hardly any is', 0.05, 3],
  ])('looks like a gain of 2.5 to 4.5 points %s', (_name, alike, seed) => {
    const { gain, differing } = simulate(alike, seed)
    expect(gain).toBeGreaterThan(0.0225)
    expect(gain).toBeLessThan(0.0475)
    expect(bestOfEqual({ candidates: CANDIDATES, differing, n: CASES })).toBeCloseTo(gain, 2)
  })

  test('is 2.5 points where two differ on 8 %, and 4.5 where on a quarter', () => {
    const look = (differing: number) => bestOfEqual({ candidates: CANDIDATES, differing, n: CASES })
    expect(look(0.08)).toBeCloseTo(0.025, 3)
    expect(look(0.257)).toBeCloseTo(0.045, 3)
  })
})

test('one candidate, or no case, looks like nothing', () => {
  expect(bestOfEqual({ candidates: 1, differing: 0.2, n: 150 })).toBe(0)
  expect(bestOfEqual({ candidates: 5, differing: 0.2, n: 0 })).toBe(0)
})

test('two candidates: √(d/2n) times .564', () => {
  expect(bestOfEqual({ candidates: 2, differing: 0.2, n: 100 })).toBeCloseTo(0.564 * 0.031623, 4)
})
