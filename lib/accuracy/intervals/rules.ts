import { bisect, gammaln } from 'simple-statistics'

/** Bounds as shares between 0 and 1. */
export type Interval = { low: number; high: number }

/** Two-sided 95 %. */
export const Z_95 = 1.959964
const ALPHA = 0.05

/** More reviews than any project holds: a search that gets here has no useful answer. */
const MOST_REVIEWS = 10_000_000

/**
 * 95 % Wilson score interval for `right` of `n`, for a sample whose size was fixed in advance
 * (Wilson 1927). `right` may be fractional, for planning. Without cases it is [0, 1].
 */
export function wilsonInterval(right: number, n: number): Interval {
  requireCounts(right, n)
  if (n === 0) return { low: 0, high: 1 }
  const p = right / n
  const z2 = Z_95 ** 2
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n)
  const half = (Z_95 * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n))) / (1 + z2 / n)
  return {
    low: right === 0 ? 0 : Math.max(0, centre - half),
    high: right === n ? 1 : Math.min(1, centre + half),
  }
}

/**
 * 95 % interval that stays valid however often the figure is looked at while it grows: the
 * beta-binomial confidence sequence with a uniform prior (Robbins 1970), all p with
 * B(S+1, n−S+1) / (p^S (1−p)^(n−S)) < 1/α. Wider than Wilson's at every n.
 */
export function watchedInterval(right: number, n: number): Interval {
  requireCounts(right, n)
  if (n === 0) return { low: 0, high: 1 }
  const wrong = n - right
  const logBeta = gammaln(right + 1) + gammaln(wrong + 1) - gammaln(n + 2)
  const outside = (p: number) =>
    logBeta - times(right, Math.log(p)) - times(wrong, Math.log1p(-p)) + Math.log(ALPHA)
  const p = right / n
  return {
    low: right === 0 ? 0 : bisect(outside, 0, p, 200, 1e-12),
    high: wrong === 0 ? 1 : bisect(outside, p, 1, 200, 1e-12),
  }
}

/**
 * Exact one-sided 95 % lower bound (Clopper, Pearson 1934): the p at which `right` or more of `n` come
 * about with probability 5 %. 99 of 99 give .970; of 200 at most 12 may be wrong for .90.
 */
export function exactLowerBound(right: number, n: number): number {
  requireCounts(right, n)
  if (right === 0) return 0
  if (right === n) return ALPHA ** (1 / n)
  return bisect((p) => mostWrong(n - right, n, p) - ALPHA, 0, right / n, 200, 1e-12)
}

/** Probability of at most `wrong` among `n` where each is right with p: a sum of binomial terms. */
function mostWrong(wrong: number, n: number, p: number): number {
  if (p === 0) return 0
  const odds = Math.log1p(-p) - Math.log(p)
  let term = n * Math.log(p)
  let sum = Math.exp(term)
  for (let k = 1; k <= wrong; k++) {
    term += Math.log(n - k + 1) - Math.log(k) + odds
    sum += Math.exp(term)
  }
  return sum
}

/**
 * Further reviews, all of them right, after which the exact lower bound is at least `target`; 0 when it
 * is already, null when no number of reviews that a project could hold would do.
 */
export function reviewsMissing(known: { right: number; n: number; target: number }): number | null {
  const { right, n, target } = known
  const holds = (more: number) => exactLowerBound(right + more, n + more) >= target
  return n > 0 && holds(0) ? 0 : fewestReviews(holds)
}

/** x·y with 0·∞ = 0, which is the limit that the likelihood has there. */
function times(x: number, y: number): number {
  return x === 0 ? 0 : x * y
}

function requireCounts(right: number, n: number): void {
  if (!(right >= 0 && right <= n && Number.isFinite(n)))
    throw new RangeError(`Not a share: ${right} right of ${n}`)
}

/**
 * Reviews for a fixed-size interval of ± `halfWidth` around `rate`: n = z²p(1−p)/h², corrected to
 * n/(1+(n−1)/N) when all that could be reviewed are `population` cases. Not for a figure that is
 * watched while it grows: see `watchedReviewsNeeded`.
 */
export function reviewsNeeded(goal: {
  rate: number
  halfWidth: number
  population?: number
}): number {
  const n = (Z_95 ** 2 * goal.rate * (1 - goal.rate)) / goal.halfWidth ** 2
  const corrected = goal.population === undefined ? n : n / (1 + (n - 1) / goal.population)
  return Math.ceil(corrected)
}

/** Reviews after which the watched interval around `rate` is at most ± `halfWidth`. */
export function watchedReviewsNeeded(goal: { rate: number; halfWidth: number }): number | null {
  return fewestReviews((n) => {
    const { low, high } = watchedInterval(goal.rate * n, n)
    return high - low <= 2 * goal.halfWidth
  })
}

export type IntervalKind = 'wilson' | 'watched'

const INTERVALS = { wilson: wilsonInterval, watched: watchedInterval }

/**
 * Reviews after which an observed `rate` lies clear of `target` (above or below it) by the interval
 * that is shown. Null when the rate equals the target: no number of reviews decides that.
 */
export function reviewsToDecide(goal: {
  rate: number
  target: number
  interval: IntervalKind
}): number | null {
  const { rate, target } = goal
  if (rate === target) return null
  return fewestReviews((n) => {
    const { low, high } = INTERVALS[goal.interval](rate * n, n)
    return rate > target ? low > target : high < target
  })
}

export type TargetVerdict = {
  verdict: 'good enough' | 'not good enough' | 'cannot tell yet'
  /** Reviews still wanted if the rate stays as it is; 0 when decided, null when no number would do. */
  moreReviews: number | null
}

/** Good enough when the whole interval is above the target, not good enough when it is below. */
export function judgeTarget(figure: {
  right: number
  n: number
  target: number
  interval: IntervalKind
}): TargetVerdict {
  const { right, n, target, interval } = figure
  const { low, high } = INTERVALS[interval](right, n)
  if (low > target) return { verdict: 'good enough', moreReviews: 0 }
  if (high < target) return { verdict: 'not good enough', moreReviews: 0 }
  const needed = n === 0 ? null : reviewsToDecide({ rate: right / n, target, interval })
  const moreReviews = needed === null ? null : Math.max(1, needed - n)
  return { verdict: 'cannot tell yet', moreReviews }
}

/** Smallest n for which `holds`, which once true stays true; null beyond any project's size. */
function fewestReviews(holds: (n: number) => boolean): number | null {
  let enough = 1
  while (!holds(enough)) {
    enough *= 2
    if (enough > MOST_REVIEWS) return null
  }
  let tooFew = Math.floor(enough / 2)
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2)
    if (holds(middle)) enough = middle
    else tooFew = middle
  }
  return enough
}
