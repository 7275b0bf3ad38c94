import { expect, test } from 'vitest'
import { seeded } from '@/lib/platform/testing/random'
import { flipError, flipNoise } from './rules'

test('6 % flips of 3,000 cases add ± .9 points at 95 %', () => {
  expect(flipError(0.06, 3_000)).toBeCloseTo(0.004472, 6)
  expect(flipNoise(0.06, 3_000)).toBeCloseTo(0.009, 3)
})

test('without flips, or without cases, there is no noise', () => {
  expect(flipNoise(0, 500)).toBe(0)
  expect(flipNoise(0.06, 0)).toBe(0)
})

test('it is how far identical runs lie apart', () => {
  const random = seeded(11)
  const [n, rate, tries] = [1_000, 0.06, 2_000]
  let squares = 0
  for (let i = 0; i < tries; i++) {
    let difference = 0
    for (let k = 0; k < n; k++) if (random() < rate) difference += random() < 0.5 ? 1 : -1
    squares += (difference / n) ** 2
  }
  expect(Math.sqrt(squares / tries)).toBeCloseTo(flipError(rate, n), 3)
})
