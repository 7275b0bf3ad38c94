import { expect, test } from 'vitest'
import { countStatuses, measureProgress } from './rules'

test('every status has its count, also those that never came', () => {
  const counts = countStatuses([
    { status: 'parsed', n: 5 },
    { status: 'off_list', n: 2 },
  ])
  expect(counts).toEqual({
    parsed: 5,
    repaired: 0,
    off_list: 2,
    missing: 0,
    absent: 0,
    refused: 0,
    cut_off: 0,
    failed: 0,
  })
})

const start = new Date('2026-01-01T00:00:00Z')
const after = (ms: number) => new Date(start.getTime() + ms)

test('the rate is that of the last window', () => {
  const run = { startedAt: start, now: after(60_000), windowMs: 30_000 }
  expect(measureProgress({ ...run, endedInWindow: 15, left: 30 })).toEqual({
    ratePerMinute: 30,
    timeLeftMs: 60_000,
  })
})

test('the rate is that since the start where the run is younger than the window', () => {
  const run = { startedAt: start, now: after(10_000), windowMs: 30_000 }
  expect(measureProgress({ ...run, endedInWindow: 20, left: 10 })).toEqual({
    ratePerMinute: 120,
    timeLeftMs: 5_000,
  })
})

test('nothing done yet tells nothing', () => {
  const nothing = { ratePerMinute: null, timeLeftMs: null }
  const run = { now: after(10_000), windowMs: 30_000, endedInWindow: 0, left: 10 }
  expect(measureProgress({ ...run, startedAt: null })).toEqual(nothing)
  expect(measureProgress({ ...run, startedAt: start })).toEqual(nothing)
})
