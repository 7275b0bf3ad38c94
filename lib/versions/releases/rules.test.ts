import { describe, expect, test } from 'vitest'
import type { CategoryPair, PairCounts } from '@/lib/accuracy/comparison/rules'
import { seeded } from '@/lib/platform/testing/random'
import { DEFAULT_RULE } from '../gate/rules'
import type { RuleInForce } from '../gate/schema'
import {
  chooseWay,
  describeWay,
  type GateFacts,
  judgeTest,
  listComebacks,
  nameReturn,
  tellConditions,
} from './rules'
import type { GateView, TestScoreView } from './schema'

const rule: RuleInForce = { ...DEFAULT_RULE, minCategoryCases: 20 }
const once: RuleInForce = { ...rule, twoRuns: false }

const run = (total: PairCounts, byCategory: CategoryPair[] = []) => ({ total, byCategory })

/** By a single run over all cases of no category. */
const judge = (pair: PairCounts | null) => judgeTest(once, pair ? [run(pair)] : [])

test('the first set-up has nothing to be compared with', () => {
  expect(judge(null)).toMatchObject({ comparison: null, published: true, passed: true })
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
  expect(judge(pair)).toMatchObject(expected)
})

describe('two runs', () => {
  const clear = run({ n: 150, onlyOld: 5, onlyNew: 15 })
  const unclear = run({ n: 150, onlyOld: 9, onlyNew: 15 })

  test('pass only together; the first one is published', () => {
    expect(judgeTest(rule, [clear, clear]).passed).toBe(true)
    const verdict = judgeTest(rule, [clear, unclear])
    expect(verdict).toMatchObject({ published: true, passed: false, comparison: { onlyOld: 5 } })
    expect(verdict.conditions.at(-1)).toEqual({ kind: 'repeat', state: 'fail' })
    expect(judgeTest(rule, [unclear, clear])).toMatchObject({ passed: false })
  })

  test('one run is not two', () => {
    expect(judgeTest(rule, [clear]).passed).toBe(false)
  })
})

test('of a score that is kept back nothing is told that would give it away', () => {
  const verdict = judgeTest({ ...rule, minGain: 2 }, [
    run({ n: 150, onlyOld: 15, onlyNew: 16 }),
    run({ n: 150, onlyOld: 15, onlyNew: 40 }),
  ])
  expect(verdict.published).toBe(false)
  expect(tellConditions(verdict)).toEqual([
    { kind: 'cases', state: 'pass' },
    { kind: 'clear', state: 'fail' },
    { kind: 'gain', state: 'kept back' },
    { kind: 'chance', state: 'kept back' },
    { kind: 'categories', state: 'kept back' },
    { kind: 'repeat', state: 'kept back' },
  ])
})

describe('equal versions', () => {
  const TRIES = 2_000
  const CASES = 300
  const CATEGORIES = 6

  /** One run of either, right on its own draw for a third of the cases, and alike on the others. */
  function drawEqual(random: () => number) {
    const byCategory = Array.from({ length: CATEGORIES }, (_, at) => ({
      ...{ categoryId: String(at), n: 0, onlyOld: 0, onlyNew: 0 },
    }))
    for (let k = 0; k < CASES; k++) {
      const category = byCategory[Math.floor(random() * CATEGORIES)]
      if (!category) continue
      category.n += 1
      if (random() > 1 / 3) continue
      const [wasRight, right] = [random() < 0.7, random() < 0.7]
      if (wasRight && !right) category.onlyOld += 1
      if (right && !wasRight) category.onlyNew += 1
    }
    const sum = (of: 'n' | 'onlyOld' | 'onlyNew') =>
      byCategory.reduce((all, category) => all + category[of], 0)
    return run({ n: sum('n'), onlyOld: sum('onlyOld'), onlyNew: sum('onlyNew') }, byCategory)
  }

  const lenient: RuleInForce = {
    ...{ minGain: 0, maxCategoryLoss: 100, minCases: 1, twoRuns: false, minCategoryCases: 20 },
  }

  test.each([
    ['the rule of a new project', rule, 41],
    ['the most lenient rule there is', lenient, 42],
  ])('pass the gate in at most 5 % of 2,000 tries: %s', (_name, asked, seed) => {
    const random = seeded(seed)
    let [passed, published] = [0, 0]
    for (let i = 0; i < TRIES; i++) {
      // A repeat that never flips is as easy to pass as it can be.
      const drawn = drawEqual(random)
      const verdict = judgeTest(asked, [drawn, drawn])
      if (verdict.passed) passed += 1
      if (verdict.published) published += 1
    }
    expect(passed / TRIES).toBeLessThanOrEqual(0.05)
    // Against the Ladder rule alone about one in six passes, so mid-p is what holds them.
    expect(published / TRIES).toBeGreaterThan(1 / 7.5)
    expect(published / TRIES).toBeLessThan(1 / 5.5)
  })
})

test('each version that is not in force can come back, once in the list', () => {
  const release = (id: string, number: number, inForce = false) => ({
    ...{ id, version: { id: `v${number}`, number }, by: null, reason: null, releasedAt: '' },
    endedAt: inForce ? null : '',
  })
  const all = [release('e', 2, true), release('d', 1), release('c', 3), release('b', 1)]
  expect([...listComebacks([...all, release('a', 2)])]).toEqual(['d', 'c'])
  expect([...listComebacks([release('a', 1, true)])]).toEqual([])
})

const facts: GateFacts = {
  frozen: true,
  inForce: false,
  anyInForce: true,
  releasedBefore: false,
  verdict: judge({ n: 150, onlyOld: 5, onlyNew: 15 }),
  bestSoFar: true,
  late: null,
}

test.each([
  ['passed against the best so far', {}, 'release'],
  ['a draft', { frozen: false }, 'not_frozen'],
  ['in force already', { inForce: true }, 'in_force'],
  ['nothing in force', { anyInForce: false, verdict: null, bestSoFar: false }, 'first'],
  ['released before', { releasedBefore: true, verdict: null }, 'roll_back'],
  ['never tested', { verdict: null, bestSoFar: false }, 'override'],
  ['not passed', { verdict: judge({ n: 150, onlyOld: 9, onlyNew: 10 }) }, 'override'],
  ['passed for want of a rival only', { verdict: judge(null) }, 'override'],
  [
    'tested first of all, ahead of the one in force',
    { verdict: judge(null), late: 'passed' },
    'release',
  ],
  [
    'tested first of all, not ahead of it',
    { verdict: judge(null), late: 'not_passed' },
    'override',
  ],
  ['tested first of all, the other not yet', { verdict: judge(null), late: 'wait' }, 'override'],
  [
    'not passed, whatever came later',
    { verdict: judge({ n: 150, onlyOld: 9, onlyNew: 10 }), late: 'passed' },
    'override',
  ],
  ['overtaken by a higher score', { bestSoFar: false }, 'override'],
] as const)('%s', (_name, change, way) => {
  expect(chooseWay({ ...facts, ...change })).toBe(way)
})

test.each([
  [
    'wait',
    /^v3 was tested before there was a score to beat\. Test v2, which is in force: .* v3 is not tested again\. Without that only a manager/,
  ],
  ['not_passed', /v2 was tested after it, and v3 is not so clearly ahead/],
  ['too_late', /v2, which is in force, was made when that score was known already/],
] as const)('tested first of all and %s: what can be done is said', (late, said) => {
  const gate = {
    ...{ version: { id: '', number: 3 }, inForce: { id: '', number: 2 }, late },
    ...{ way: 'override', allowed: false },
    test: { score: { passed: true, baseline: null } },
  } as GateView
  expect(describeWay(gate)).toMatch(said)
})

test('an older version is rolled back to, a newer one is released again', () => {
  const [v2, v3] = [
    { id: 'b', number: 2 },
    { id: 'c', number: 3 },
  ]
  expect(nameReturn(v2, v3)).toBe('Roll back to v2')
  expect(nameReturn(v3, v2)).toBe('Release v3 again')
})

test.each([
  [null, 'v3 has not been tested yet. Only a manager can release it, with a written reason.'],
  [{ passed: false }, 'v3 has not passed the gate.'],
  [{ passed: true, baseline: null }, 'v3 was tested before there was a score to beat.'],
  [
    { passed: true, baseline: { id: '', number: 1 } },
    'v3 passed the gate, but another version has published a higher score since.',
  ],
])('why only an override is left: %o', (score, said) => {
  const gate = {
    ...{
      version: { id: '', number: 3 },
      way: 'override',
      allowed: false,
      inForce: null,
      late: null,
    },
    test: { score: score as TestScoreView | null },
  } as GateView
  expect(describeWay(gate)).toContain(said)
})
