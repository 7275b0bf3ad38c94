import { type Interval, Z_95 } from '@/lib/accuracy/intervals/rules'

/** Cases of one kind, of which `n` were looked at and `right` of these were right. */
export type Stratum = { size: number; n: number; right: number }

/** A share of right cases; `error` is its standard error, null where it cannot be known. */
export type Estimate = { rate: number; error: number | null; interval: Interval }

/**
 * Share right of all cases from samples of each kind (Cochran 1977): Σ W_h p_h with variance
 * Σ W_h² (1 − n_h/N_h) p_h (1 − p_h)/(n_h − 1), and ± z standard errors. A stratum that was looked at
 * whole adds nothing to the error: cases picked by aim before the random ones are such a certainty
 * stratum, and the random ones are a sample of the rest. Pooling both naively is wrong.
 * Throws RangeError for counts that are no sample, or a kind of which no case was looked at.
 */
export function estimateByStrata(strata: readonly Stratum[]): Estimate {
  const population = strata.reduce((sum, { size }) => sum + size, 0)
  let rate = 0
  let variance: number | null = 0
  for (const stratum of strata) {
    requireStratum(stratum)
    const { size, n, right } = stratum
    const weight = size / population
    const p = right / n
    rate += weight * p
    const own = n === size ? 0 : n === 1 ? null : ((1 - n / size) * p * (1 - p)) / (n - 1)
    variance = variance === null || own === null ? null : variance + weight ** 2 * own
  }
  const error = variance === null ? null : Math.sqrt(variance)
  return { rate, error, interval: around(rate, error) }
}

function around(rate: number, error: number | null): Interval {
  if (error === null) return { low: 0, high: 1 }
  return { low: Math.max(0, rate - Z_95 * error), high: Math.min(1, rate + Z_95 * error) }
}

function requireStratum({ size, n, right }: Stratum): void {
  if (!(n >= 1 && n <= size && right >= 0 && right <= n))
    throw new RangeError(`Not a sample: ${right} right of ${n}, out of ${size}`)
}

/** One case that came into the sample with this probability, above 0 and at most 1. */
export type Drawn = { right: boolean; probability: number }

/**
 * Share right when cases were drawn with unequal probabilities (Hájek 1971): Σ(y/π)/Σ(1/π).
 * `effectiveN` is the size of an evenly drawn sample that knows about as much (Kish 1965):
 * (Σw)²/Σw². Null without cases.
 */
export function estimateDrawn(
  drawn: readonly Drawn[],
): { rate: number; effectiveN: number } | null {
  if (drawn.length === 0) return null
  let [all, right, squares] = [0, 0, 0]
  for (const { right: isRight, probability } of drawn) {
    if (!(probability > 0 && probability <= 1))
      throw new RangeError(`Not a probability to be drawn with: ${probability}`)
    const weight = 1 / probability
    all += weight
    squares += weight ** 2
    if (isRight) right += weight
  }
  return { rate: right / all, effectiveN: all ** 2 / squares }
}

/**
 * What the accuracy of the version whose suggestions were in view measures when people accept this
 * share of its wrong ones: each accepted mistake becomes a "truth" that it agrees with. All shares
 * are 0..1.
 */
export const measuredOnOwnLabels = (version: { accuracy: number; accepted: number }): number =>
  version.accuracy + version.accepted * (1 - version.accuracy)

/**
 * What the next version measures on those same labels: the mistakes that were accepted of the shown
 * one count against it, even where it is right.
 */
export const measuredOnLabelsOf = (
  next: { accuracy: number },
  shown: { accuracy: number; accepted: number },
): number => next.accuracy * (1 - shown.accepted * (1 - shown.accuracy))
