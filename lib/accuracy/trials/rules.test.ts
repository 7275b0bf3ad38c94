import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeCategories, judgeTrial } from './rules'

describe('verdict of a trial', () => {
  test('better, with the figures of the sentence', () => {
    const judged = judgeTrial({ n: 150, onlyOld: 5, onlyNew: 15 })
    expect(judged.verdict).toBe('better')
    expect(judged.gain).toBeCloseTo(10 / 150, 12)
    expect(judged.interval.low).toBeCloseTo(0.00763, 5)
    expect(judged.midP).toBeCloseTo(0.026604, 6)
    expect(judged.moreCases).toBe(0)
  })

  test('worse when old and new change places', () => {
    expect(judgeTrial({ n: 150, onlyOld: 15, onlyNew: 5 }).verdict).toBe('worse')
  })

  test('cannot tell yet, and roughly how many more cases it takes', () => {
    const judged = judgeTrial({ n: 150, onlyOld: 3, onlyNew: 8 })
    expect(judged.verdict).toBe('cannot tell yet')
    // Connor 1987 with d = 11/150 and g = 5/150: 515.7 cases in all.
    expect(judged.moreCases).toBe(516 - 150)
  })

  test('no difference at all: no number of cases can be named', () => {
    expect(judgeTrial({ n: 150, onlyOld: 7, onlyNew: 7 }).moreCases).toBeNull()
    expect(judgeTrial({ n: 0, onlyOld: 0, onlyNew: 0 })).toMatchObject({
      verdict: 'cannot tell yet',
      gain: 0,
      moreCases: null,
    })
  })

  test('is not called better where the interval beside it holds 0', () => {
    const judged = judgeTrial({ n: 500, onlyOld: 4, onlyNew: 12 })
    expect(judged.midP).toBeLessThan(0.05)
    expect(judged.interval.low).toBeLessThan(0)
    expect(judged.verdict).toBe('cannot tell yet')
  })

  test('never contradicts its own interval', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), fc.nat(500), (onlyOld, onlyNew, alike) => {
        const judged = judgeTrial({ n: onlyOld + onlyNew + alike, onlyOld, onlyNew })
        if (judged.verdict === 'better') expect(judged.interval.low).toBeGreaterThan(0)
        else if (judged.verdict === 'worse') expect(judged.interval.high).toBeLessThan(0)
        else expect(judged.moreCases === null || judged.moreCases >= 1).toBe(true)
      }),
    )
  })
})

describe('verdict by category', () => {
  const clear = { categoryId: 'bug', onlyOld: 0, onlyNew: 8 }

  test('too few to tell below 20 cases, however large the difference', () => {
    const [few, enough] = judgeCategories([
      { ...clear, n: 19 },
      { ...clear, n: 20 },
    ])
    expect(few?.verdict).toBe('too few to tell')
    expect(enough).toMatchObject({ categoryId: 'bug', verdict: 'better' })
  })

  test('the minimum is the project’s to set', () => {
    expect(judgeCategories([{ ...clear, n: 30 }], 50)[0]?.verdict).toBe('too few to tell')
  })
})
