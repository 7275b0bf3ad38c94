import { expect, test } from 'vitest'
import { chooseWay, countPairs, type GateFacts, judgeTest } from './rules'

test('the first set-up has nothing to be compared with', () => {
  expect(judgeTest(null)).toEqual({ comparison: null, published: true, passed: true })
})

test.each([
  [
    { n: 500, onlyOld: 20, onlyNew: 35 },
    { published: true, passed: true },
  ],
  [
    { n: 500, onlyOld: 20, onlyNew: 25 },
    { published: false, passed: false },
  ],
  [
    { n: 150, onlyOld: 5, onlyNew: 15 },
    { published: true, passed: true },
  ],
  [
    { n: 150, onlyOld: 15, onlyNew: 5 },
    { published: false, passed: false },
  ],
  // Published by one standard error, but mid-p is .160780.
  [
    { n: 150, onlyOld: 20, onlyNew: 30 },
    { published: true, passed: false },
  ],
])('%o', (pair, expected) => {
  expect(judgeTest(pair)).toMatchObject(expected)
})

test('counts of equal answers add up to pairs', () => {
  const truth = { labelId: 'a', secondLabelId: 'b' }
  const pair = countPairs([
    { oldAnswer: 'a', newAnswer: 'a', truth, n: 7 },
    { oldAnswer: 'a', newAnswer: 'b', truth, n: 2 },
    { oldAnswer: null, newAnswer: 'a', truth, n: 3 },
    { oldAnswer: 'c', newAnswer: null, truth, n: 5 },
  ])
  expect(pair).toEqual({ n: 17, onlyOld: 2, onlyNew: 3 })
})

const facts: GateFacts = {
  frozen: true,
  inForce: false,
  anyInForce: true,
  releasedBefore: false,
  verdict: judgeTest({ n: 150, onlyOld: 5, onlyNew: 15 }),
  bestSoFar: true,
}

test.each([
  ['passed against the best so far', {}, 'release'],
  ['a draft', { frozen: false }, 'not_frozen'],
  ['in force already', { inForce: true }, 'in_force'],
  ['nothing in force', { anyInForce: false, verdict: null, bestSoFar: false }, 'first'],
  ['released before', { releasedBefore: true, verdict: null }, 'roll_back'],
  ['never tested', { verdict: null, bestSoFar: false }, 'override'],
  ['not passed', { verdict: judgeTest({ n: 150, onlyOld: 9, onlyNew: 10 }) }, 'override'],
  ['passed for want of a rival only', { verdict: judgeTest(null) }, 'override'],
  ['overtaken by a higher score', { bestSoFar: false }, 'override'],
] as const)('%s', (_name, change, way) => {
  expect(chooseWay({ ...facts, ...change })).toBe(way)
})
