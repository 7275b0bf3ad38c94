import { expect, test } from 'vitest'
import { countStatuses, keepsTarget, measureProgress, measureWork } from './rules'

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

test('time at work is what went before the last pause, and what goes on since', () => {
  expect(measureWork({ workingSince: null, workedMs: 4_000n }, after(90_000))).toBe(4_000)
  expect(measureWork({ workingSince: start, workedMs: 4_000n }, after(5_000))).toBe(9_000)
  // By a clock that is behind that of the database.
  expect(measureWork({ workingSince: start, workedMs: 4_000n }, after(-5))).toBe(4_000)
})

test('the rate is that of the time at work', () => {
  expect(measureProgress({ workedMs: 30_000, ended: 15, left: 30 })).toEqual({
    ratePerMinute: 30,
    timeLeftMs: 60_000,
  })
})

test('nothing done yet tells nothing', () => {
  const nothing = { ratePerMinute: null, timeLeftMs: null }
  expect(measureProgress({ workedMs: 10_000, ended: 0, left: 10 })).toEqual(nothing)
  expect(measureProgress({ workedMs: 0, ended: 5, left: 10 })).toEqual(nothing)
})

test('a promise is kept or not by the rate at work, and of a run that ended early nobody can say', () => {
  const run = { perHour: 600, ratePerMinute: 10 }
  expect(keepsTarget({ ...run, status: 'paused' })).toBe(true)
  expect(keepsTarget({ ...run, status: 'done', ratePerMinute: 9.9 })).toBe(false)
  expect(keepsTarget({ ...run, status: 'stopped' })).toBeNull()
})
