import { describe, expect, it } from 'vitest'
import { wordsForGiven } from './given-work'

const words = (dueOn: string | null) =>
  wordsForGiven({ note: '', done: 12, cases: 40, dueOn }, new Date(2026, 10, 18, 23, 30))

describe('wordsForGiven', () => {
  it.each([
    [null, 'Given to you: 12 of 40 done'],
    ['2026-11-18', 'Given to you: 12 of 40 done, due today'],
    ['2026-11-19', 'Given to you: 12 of 40 done, due tomorrow'],
    ['2026-11-20', 'Given to you: 12 of 40 done, due Friday'],
    ['2026-11-25', 'Given to you: 12 of 40 done, due 25 November'],
    ['2026-11-16', 'Given to you: 12 of 40 done, due 16 November'],
  ])('with the day %s', (dueOn, expected) => {
    expect(words(dueOn)).toBe(expected)
  })
})
