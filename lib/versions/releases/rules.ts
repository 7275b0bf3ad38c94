import { ladder, mcnemar, type PairCounts } from '@/lib/accuracy/comparison/rules'
import { isRight, type Truth } from '@/lib/accuracy/rules'
import type { GateView, TestVerdict } from './schema'

/** Above this two-sided mid-p a gain may well be chance (METHODS §3). */
const PASSES_BELOW = 0.05

/**
 * The Ladder rule decides whether a test score is shown at all, mid-p whether the set-up passes.
 * Null: the first set-up, which is shown and passes as it is.
 */
export function judgeTest(pair: PairCounts | null): TestVerdict {
  if (!pair) return { comparison: null, published: true, passed: true }
  const { gain, threshold, publish } = ladder(pair)
  const { midP } = mcnemar(pair)
  return {
    comparison: { ...pair, gain, threshold, midP },
    published: publish,
    passed: publish && gain > 0 && midP < PASSES_BELOW,
  }
}

/** Cases on which both said the same things, counted together: no case can be told from it. */
export type PairedCount = {
  oldAnswer: string | null
  newAnswer: string | null
  truth: Truth
  n: number
}

export function countPairs(counts: Iterable<PairedCount>): PairCounts {
  const pair = { n: 0, onlyOld: 0, onlyNew: 0 }
  for (const { oldAnswer, newAnswer, truth, n } of counts) {
    const wasRight = isRight(oldAnswer, truth).exact
    const right = isRight(newAnswer, truth).exact
    pair.n += n
    if (wasRight && !right) pair.onlyOld += n
    if (right && !wasRight) pair.onlyNew += n
  }
  return pair
}

export type GateFacts = {
  frozen: boolean
  inForce: boolean
  /** Some set-up of the project is in force. */
  anyInForce: boolean
  releasedBefore: boolean
  verdict: TestVerdict | null
  /** No other set-up has published a higher score since. */
  bestSoFar: boolean
}

/**
 * How a set-up may come into force. The first of a project has nothing to be better than. A set-up
 * that was in force before may come back at once. Any other must have passed the gate, against a
 * set-up and not for want of one; else only an override is left, with a reason.
 */
export function chooseWay(facts: GateFacts): GateView['way'] {
  if (!facts.frozen) return 'not_frozen'
  if (facts.inForce) return 'in_force'
  if (!facts.anyInForce) return 'first'
  if (facts.releasedBefore) return 'roll_back'
  const { verdict, bestSoFar } = facts
  return verdict?.passed && verdict.comparison && bestSoFar ? 'release' : 'override'
}
