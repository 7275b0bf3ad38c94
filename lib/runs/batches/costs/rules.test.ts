import { expect, test } from 'vitest'
import { compareCosts } from './rules'

test.each([
  [510_000, 1_210_000, 'dearer'],
  [510_000, 255_000, 'cheaper'],
  [510_000, 510_000, 'alike'],
  [0, 0, null],
  [null, null, null],
  // Too few cases for a batch job.
  [510_000, null, null],
])('%j on demand and %j as a batch job: %j', (onDemand, batch, said) => {
  expect(compareCosts({ onDemand, batch, cached: true })).toBe(said)
})
