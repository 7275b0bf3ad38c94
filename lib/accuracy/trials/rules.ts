import {
  agrestiMinInterval,
  type CategoryPair,
  mcnemar,
  type PairCounts,
} from '@/lib/accuracy/comparison/rules'
import { type Interval, Z_95 } from '@/lib/accuracy/intervals/rules'

/** Below this two-sided mid-p a difference counts as found. */
const FOUND_BELOW = 0.05
/** One-sided 80 %: the chance of finding the difference that `moreCases` aims at. */
const Z_80_ONE_SIDED = 0.841621
/** Fewest cases from which a category is judged: with ten, one flip is ten points. */
const FEWEST_CASES_OF_CATEGORY = 20

type TrialVerdict = 'better' | 'worse' | 'cannot tell yet'

export type TrialJudgement = PairCounts & {
  verdict: TrialVerdict
  /** New minus old as a share of the cases (.04 is 4 points); 0 without cases. */
  gain: number
  /** 95 % interval of the gain, Agresti–Min. */
  interval: Interval
  midP: number
  /** Cases still wanted, roughly; see `casesToFind`. 0 when decided, null when nobody can say. */
  moreCases: number | null
}

/**
 * A draft against its parent on the same cases. Found when mid-p is below .05 and the interval
 * shown beside it leaves out 0, so that the sentence never contradicts its own figures.
 */
export function judgeTrial(pair: PairCounts): TrialJudgement {
  const gain = pair.n === 0 ? 0 : (pair.onlyNew - pair.onlyOld) / pair.n
  const interval = agrestiMinInterval(pair)
  const { midP } = mcnemar(pair)
  const found = midP < FOUND_BELOW && (interval.low > 0 || interval.high < 0)
  const verdict = !found ? 'cannot tell yet' : gain > 0 ? 'better' : 'worse'
  const needed = casesToFind(pair)
  const moreCases = found ? 0 : needed === null ? null : Math.max(1, needed - pair.n)
  const { n, onlyOld, onlyNew } = pair
  return { n, onlyOld, onlyNew, verdict, gain, interval, midP, moreCases }
}

/**
 * Cases in all on which a difference of the size seen so far is found four times in five: Connor
 * 1987 for matched pairs, n = (z_α √d + z_β √(d − g²))² / g², with d the share of cases that differ
 * and g the gain. Null when there is no gain or loss to be found. The size seen so far is itself
 * uncertain, so this is an order of magnitude.
 */
function casesToFind(pair: PairCounts): number | null {
  if (pair.onlyOld === pair.onlyNew) return null
  const gain = (pair.onlyNew - pair.onlyOld) / pair.n
  const differing = (pair.onlyNew + pair.onlyOld) / pair.n
  const root = Z_95 * Math.sqrt(differing) + Z_80_ONE_SIDED * Math.sqrt(differing - gain ** 2)
  return Math.ceil((root / gain) ** 2)
}

export type CategoryJudgement = Omit<TrialJudgement, 'verdict'> & {
  categoryId: string
  verdict: TrialVerdict | 'too few to tell'
}

/**
 * Each category judged on its own, without a correction for judging several: a hint where to look,
 * while the verdict over all cases decides. Below `fewest` cases no category is judged at all.
 */
export function judgeCategories(
  categories: readonly CategoryPair[],
  fewest: number = FEWEST_CASES_OF_CATEGORY,
): CategoryJudgement[] {
  return categories.map(({ categoryId, ...pair }) => {
    const judged = judgeTrial(pair)
    const tooFew = pair.n < fewest
    return { ...judged, categoryId, verdict: tooFew ? 'too few to tell' : judged.verdict }
  })
}
