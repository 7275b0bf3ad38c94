import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  hideWatch,
  LONGEST_PAUSE_MS,
  noticeLife,
  type Stopwatch,
  secondsBy,
  showWatch,
  startWatch,
} from './rules'

/** Runs what happened, each after so many seconds of the clock, and reads the watch at the end. */
function run(...steps: [after: number, what: 'life' | 'hide' | 'show' | 'read'][]): number {
  let now = 5_000
  let watch: Stopwatch = startWatch(now, false)
  for (const [after, what] of steps) {
    now += after * 1000
    if (what === 'life') watch = noticeLife(watch, now)
    if (what === 'hide') watch = hideWatch(watch, now)
    if (what === 'show') watch = showWatch(watch, now)
  }
  return secondsBy(watch, now)
}

describe('seconds on a case', () => {
  it('are those of the clock while someone is at it', () => {
    expect(run([3.2, 'life'], [1.04, 'read'])).toBe(4.2)
  })

  it('leave out the time in which the page was hidden', () => {
    expect(run([10, 'hide'], [3_600, 'show'], [5, 'read'])).toBe(15)
    expect(run([10, 'hide'], [3_600, 'read'])).toBe(10)
  })

  it('count the first minute of a pause and no more', () => {
    expect(run([60, 'read'])).toBe(60)
    expect(run([61, 'read'])).toBe(60)
    expect(run([900, 'life'], [5, 'read'])).toBe(65)
    expect(run([40, 'life'], [40, 'life'], [40, 'read'])).toBe(120)
  })

  it('begin when the page is first seen', () => {
    const hidden = startWatch(0, true)
    expect(secondsBy(noticeLife(hidden, 9_000), 10_000)).toBe(0)
    expect(secondsBy(showWatch(hidden, 20_000), 23_000)).toBe(3)
  })

  it('do not mind being told twice', () => {
    expect(run([5, 'show'], [5, 'hide'], [5, 'hide'], [5, 'read'])).toBe(10)
  })
})

it('never counts more than the clock, nor more than a minute for each sign of life', () => {
  const step = fc.tuple(
    fc.integer({ min: 0, max: 500 }),
    fc.constantFrom('life' as const, 'hide' as const, 'show' as const),
  )
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const total = steps.reduce((sum, [after]) => sum + after, 0)
      const seconds = run(...steps)
      expect(seconds).toBeLessThanOrEqual(total)
      expect(seconds).toBeLessThanOrEqual((steps.length * LONGEST_PAUSE_MS) / 1000)
    }),
  )
})
