import { describe, expect, it } from 'vitest'
import { type CheckAnswer, isCheckRight, judgeTraining, placesInTraining } from './rules'

const truth = { labelId: 'billing', secondLabelId: 'defect' }
const answered = (answer: string | null): CheckAnswer => ({ answer, truth })
const [right, wrong] = [answered('billing'), answered('docs')]

it('counts the second choice of the known answer as right, and no label as wrong', () => {
  expect(['billing', 'defect', 'docs', null].map((label) => isCheckRight(answered(label)))).toEqual(
    [true, true, false, false],
  )
  expect(isCheckRight({ answer: null, truth: { labelId: 'billing', secondLabelId: null } })).toBe(
    false,
  )
})

describe('judgeTraining', () => {
  const goal = { wanted: 5, pass: 80 }

  it('passes at the share exactly, not before all are answered', () => {
    expect(judgeTraining([right, right, right, right], goal).passed).toBe(false)
    expect(judgeTraining([right, right, wrong, right, right], goal)).toEqual({
      answered: 5,
      right: 4,
      passed: true,
    })
    expect(judgeTraining([wrong, right, wrong, right, right], goal).passed).toBe(false)
  })

  it('looks at the last answers only, newest first', () => {
    const early = [wrong, wrong, wrong]
    expect(judgeTraining([right, right, right, right, ...early], goal)).toEqual({
      answered: 7,
      right: 4,
      passed: true,
    })
    expect(judgeTraining([...early, right, right, right, right, right], goal).passed).toBe(false)
  })

  it('does not fall short of an exact share for want of precision', () => {
    const seven = [right, right, right, right, right, right, right, wrong, wrong, wrong]
    expect(judgeTraining(seven, { wanted: 10, pass: 70 }).passed).toBe(true)
    const most = [
      ...Array.from({ length: 29 }, () => right),
      ...Array.from({ length: 21 }, () => wrong),
    ]
    expect(judgeTraining(most, { wanted: 50, pass: 58 }).passed).toBe(true)
  })
})

it.each([
  [0, 5, 3, 3],
  [0, 2, 5, 2],
  [1, 2, 5, 1],
  [2, 2, 5, 1],
  [9, 2, 5, 1],
])('hands out after %i of %i check cases, of %i asked for: %i', (answered, wanted, n, places) => {
  expect(placesInTraining({ answered, wanted }, n)).toBe(places)
})
