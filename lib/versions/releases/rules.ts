import { ladder, mcnemar, type PairCounts } from '@/lib/accuracy/comparison/rules'
import { isRight, type Truth } from '@/lib/accuracy/rules'
import { describeProbability } from '../trials/rules'
import type { GateView, TestScoreView, TestVerdict } from './schema'

/** A shorter reason is no reason. */
export const SHORTEST_REASON = 10

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

const percentPoints = (share: number) => (share * 100).toFixed(1)

/** What a test score says, in a sentence or two. */
export function describeScore(score: TestScoreView): string {
  const { published, passed, baseline, gain, midP } = score
  if (!baseline) return 'The first version that was tested: there was nothing to compare it with.'
  const rival = `v${baseline.number}`
  if (!published) {
    return `No clear gain over ${rival}, so the score shown is still the best so far.`
  }
  const figures = `${percentPoints(gain ?? 0)} points more than ${rival}`
  return passed
    ? `${figures}: a gain this large would be rare between equal versions.`
    : `${figures}, but equal versions differ this much too often (mid-p ${describeProbability(midP ?? 1)}).`
}

/** What stands between the version and its release, for the person who looks at it. */
export function describeWay({ version, way, allowed, inForce, test }: GateView): string {
  const name = `v${version.number}`
  const rival = inForce ? `v${inForce.number}` : 'the one in force'
  switch (way) {
    case 'not_frozen':
      return 'Freeze the draft first.'
    case 'in_force':
      return `${name} is in force.`
    case 'first':
      return `Nothing is released yet, so ${name} has nothing to be better than.`
    case 'roll_back':
      return `${name} was in force before and can come back at once, in place of ${rival}.`
    case 'release':
      return `${name} has passed the gate. It takes the place of ${rival} at once for all new work.`
    case 'override': {
      const why = test.state === 'scored' ? 'has not passed the gate' : 'has not been tested yet'
      return `${name} ${why}. ${allowed ? 'You can release it with a written reason.' : 'Only a manager can release it, with a written reason.'}`
    }
  }
}
