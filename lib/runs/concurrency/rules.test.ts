import { expect, test } from 'vitest'
import { adaptPace, chooseWait, estimateDuration, MOST_IN_FLIGHT, startPace } from './rules'

const ok = { startedAt: 0, now: 10, throttled: false }

test('until the first throttling each round doubles the places, up to the most', () => {
  let pace = startPace()
  for (let call = 0; call < 8; call++) pace = adaptPace(pace, ok)
  expect(pace.limit).toBe(16)
  for (let call = 0; call < 1_000; call++) pace = adaptPace(pace, ok)
  expect(pace.limit).toBe(MOST_IN_FLIGHT)
  expect(startPace(3).limit).toBe(3)
  expect(adaptPace(startPace(3), ok).limit).toBe(3)
})

test('after it a round without throttling adds one place', () => {
  let pace = adaptPace(startPace(), { startedAt: 0, now: 10, throttled: true })
  expect(pace.limit).toBe(4)
  for (let call = 0; call < 4; call++) pace = adaptPace(pace, { ...ok, startedAt: 20 })
  expect(pace.limit).toBeGreaterThan(4.9)
  expect(pace.limit).toBeLessThan(5.1)
})

test('throttling halves, once for all calls that were in flight, never below one', () => {
  let pace = adaptPace(startPace(), { startedAt: 0, now: 100, throttled: true })
  expect(pace.limit).toBe(4)
  pace = adaptPace(pace, { startedAt: 50, now: 120, throttled: true })
  expect(pace.limit).toBe(4)
  pace = adaptPace(pace, { startedAt: 110, now: 150, throttled: true })
  expect(pace.limit).toBe(2)
  for (let at = 200; at < 1_000; at += 10) {
    pace = adaptPace(pace, { startedAt: at, now: at + 1, throttled: true })
  }
  expect(pace.limit).toBe(1)
})

test('waits double and are spread, and end at 20 seconds', () => {
  expect(chooseWait(1, 0)).toBe(250)
  expect(chooseWait(1, 1)).toBe(500)
  expect(chooseWait(2, 1)).toBe(1_000)
  expect(chooseWait(30, 1)).toBe(20_000)
})

test('the time that calls take is estimated by rounds that double, and by what is around each call', () => {
  expect(estimateDuration(0, 2_000)).toBe(0)
  expect(estimateDuration(8, 2_000)).toBe(2_500)
  expect(estimateDuration(24, 2_000)).toBe(4_500)
  // Long runs go at the full pace, or at the one that was found before.
  expect(estimateDuration(128_000, 2_000) / 1_000).toBeCloseTo(2_000, -2)
  expect(estimateDuration(128_000, 2_000, 16) / 1_000).toBeCloseTo(16_000, -2)
  // Of fast calls it is the worker that takes the time: three times the calls take longer.
  expect(estimateDuration(1_790, 20)).toBeGreaterThan(2.5 * estimateDuration(610, 20))
})
