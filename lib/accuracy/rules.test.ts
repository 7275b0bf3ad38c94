import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeAccuracy, isRight, scoreAnswers } from './rules'

describe('isRight', () => {
  const plain = { labelId: 'bug', secondLabelId: null }
  const close = { labelId: 'bug', secondLabelId: 'docs' }

  test.each([
    ['bug', plain, true, true],
    ['docs', plain, false, false],
    [null, plain, false, false],
    ['bug', close, true, true],
    ['docs', close, false, true],
    ['billing', close, false, false],
    [null, close, false, false],
  ])('%s against %o', (answer, truth, exact, countingCloseCalls) => {
    expect(isRight(answer, truth)).toEqual({ exact, countingCloseCalls })
  })

  test('whatever is exactly right is right counting close calls', () => {
    const id = fc.constantFrom('a', 'b', 'c', null)
    fc.assert(
      fc.property(id, fc.constantFrom('a', 'b', 'c'), id, (answer, labelId, secondLabelId) => {
        const right = isRight(answer, { labelId, secondLabelId })
        expect(right.countingCloseCalls || !right.exact).toBe(true)
      }),
    )
  })
})

describe('accuracy', () => {
  const truth = { labelId: 'bug', secondLabelId: 'docs' }

  test('no valid label is wrong in the headline and left out of the figure beside it', () => {
    const tally = scoreAnswers([
      { answer: 'bug', truth, count: 6 },
      { answer: 'docs', truth },
      { answer: 'billing', truth },
      { answer: null, truth, count: 2 },
    ])
    expect(tally).toEqual({
      n: 10,
      exactRight: 6,
      rightCountingCloseCalls: 7,
      withoutValidLabel: 2,
    })
    const accuracy = describeAccuracy(tally)
    expect(accuracy.exact.rate).toBe(0.6)
    expect(accuracy.countingCloseCalls.rate).toBe(0.7)
    expect(accuracy.exactOverValid).toMatchObject({ right: 6, n: 8, rate: 0.75 })
  })

  test('without cases there is no rate, and the interval says that nothing is known', () => {
    expect(describeAccuracy(scoreAnswers([])).exact).toEqual({
      right: 0,
      n: 0,
      rate: null,
      low: 0,
      high: 1,
    })
  })
})
