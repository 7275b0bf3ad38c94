import { gammaln } from 'simple-statistics'
import { type Interval, Z_95 } from '@/lib/accuracy/intervals/rules'
import { type Counting, isRight, type Truth } from '@/lib/accuracy/rules'

/**
 * Old version against new on the same `n` cases: how many only the old got right (broken by the
 * new) and how many only the new got right (fixed by it). On the others both are alike.
 */
export type PairCounts = { n: number; onlyOld: number; onlyNew: number }

/**
 * McNemar's test of "neither is better", two-sided, from the cases on which they differ. `midP`
 * counts half of the observed outcome (Fagerland, Lydersen and Laake 2013); the gate asks for it.
 */
export function mcnemar(pair: Omit<PairCounts, 'n'>): { exact: number; midP: number } {
  const differing = pair.onlyOld + pair.onlyNew
  const fewer = Math.min(pair.onlyOld, pair.onlyNew)
  const observed = fairCoin(fewer, differing)
  // From the largest term down, each from the one before: of thousands of cases most add nothing that
  // a number could hold.
  let [below, term] = [0, observed]
  for (let k = fewer; k > 0; k--) {
    term *= k / (differing - k + 1)
    below += term
    if (term <= below * Number.EPSILON) break
  }
  return {
    exact: Math.min(1, 2 * (below + observed)),
    midP: Math.min(1, 2 * below + observed),
  }
}

/** From this two-sided mid-p on a difference may well be chance (METHODS §3). */
const RARE_BELOW = 0.05

/**
 * Whether mid-p is below .05. The normal distribution says so too where the gap is not within 1/d
 * standard errors of the line, d being the differing cases: summed up is only what lies nearer.
 */
export function isRareGap({ onlyOld, onlyNew }: Omit<PairCounts, 'n'>): boolean {
  const differing = onlyOld + onlyNew
  const z = Math.abs(onlyNew - onlyOld) / Math.sqrt(differing)
  if (Math.abs(z - Z_95) > 1 / differing) return z > Z_95
  return mcnemar({ onlyOld, onlyNew }).midP < RARE_BELOW
}

/** Probability of k heads in n throws of a fair coin. */
function fairCoin(k: number, n: number): number {
  return Math.exp(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) - n * Math.LN2)
}

/**
 * 95 % interval for the gain (new minus old, as a share of n): Agresti and Min 2005, the Wald
 * interval for matched pairs after adding half a case to each of the four cells.
 */
export function agrestiMinInterval(pair: PairCounts): Interval {
  requirePair(pair)
  const n = pair.n + 2
  const difference = pair.onlyNew - pair.onlyOld
  const differing = pair.onlyNew + pair.onlyOld + 1
  const error = Math.sqrt(differing - difference ** 2 / n) / n
  return {
    low: Math.max(-1, difference / n - Z_95 * error),
    high: Math.min(1, difference / n + Z_95 * error),
  }
}

/**
 * Ladder rule (Blum and Hardt 2015): a new score on the locked test pool is published only when its
 * gain over the best so far exceeds s/√n, s being the standard deviation of the per-case
 * difference. About one standard error: equal versions pass one time in six, so the gate asks for
 * mid-p as well. The first score of all has nothing to be compared with and is published as it is.
 */
export function ladder(pair: PairCounts): { gain: number; threshold: number; publish: boolean } {
  requirePair(pair)
  if (pair.n === 0) return { gain: 0, threshold: 0, publish: false }
  const gain = (pair.onlyNew - pair.onlyOld) / pair.n
  const variance = (pair.onlyNew + pair.onlyOld) / pair.n - gain ** 2
  const threshold = Math.sqrt(Math.max(0, variance) / pair.n)
  return { gain, threshold, publish: gain > threshold }
}

/**
 * Holm's correction (1979) for several comparisons at once: adjusted p, in the order given, to be
 * held against .05 like a single one. The smallest is multiplied by the number of comparisons, the
 * next by one less, and none becomes smaller than one before it.
 */
export function holm(pValues: readonly number[]): number[] {
  const ascending = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p)
  const adjusted = [...pValues]
  let highest = 0
  for (const [rank, { p, index }] of ascending.entries()) {
    highest = Math.max(highest, Math.min(1, p * (pValues.length - rank)))
    adjusted[index] = highest
  }
  return adjusted
}

function requirePair({ n, onlyOld, onlyNew }: PairCounts): void {
  if (!(onlyOld >= 0 && onlyNew >= 0 && onlyOld + onlyNew <= n))
    throw new RangeError(`Not a comparison: ${onlyOld} and ${onlyNew} of ${n}`)
}

/** Cases on which both said the same things, counted together: no case can be told from it. */
export type PairedCount = {
  truth: Truth
  oldAnswer: string | null
  newAnswer: string | null
  n: number
}

export type CategoryPair = PairCounts & { categoryId: string }

export type Compared = {
  total: PairCounts
  /** By final label, in the order in which the labels first appear. */
  byCategory: CategoryPair[]
}

/** Old against new, over all cases and by final label. */
export function countPairs(counts: Iterable<PairedCount>, counting: Counting): Compared {
  const total = emptyPair()
  const categories = new Map<string, CategoryPair>()
  for (const { truth, oldAnswer, newAnswer, n } of counts) {
    const category = categories.get(truth.labelId) ?? { categoryId: truth.labelId, ...emptyPair() }
    categories.set(truth.labelId, category)
    const change = changeOf({ truth, oldAnswer, newAnswer }, counting)
    for (const pair of [total, category]) {
      pair.n += n
      if (change === 'broken') pair.onlyOld += n
      if (change === 'fixed') pair.onlyNew += n
    }
  }
  return { total, byCategory: [...categories.values()] }
}

/** What the new version did to a case; null where both are right or both are wrong. */
export function changeOf(
  { truth, oldAnswer, newAnswer }: Omit<PairedCount, 'n'>,
  counting: Counting,
): 'fixed' | 'broken' | null {
  const wasRight = isRight(oldAnswer, truth)[counting]
  const right = isRight(newAnswer, truth)[counting]
  if (wasRight === right) return null
  return right ? 'fixed' : 'broken'
}

function emptyPair(): PairCounts {
  return { n: 0, onlyOld: 0, onlyNew: 0 }
}
