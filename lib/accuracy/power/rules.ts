import { gammaln } from 'simple-statistics'
import type { PairCounts } from '@/lib/accuracy/comparison/rules'

/** Shares of the cases that only the old and only the new version gets right, in the long run. */
export type PairShares = { onlyOld: number; onlyNew: number }

/** Must never turn false when, of the same number of differing cases, more speak for the new one. */
export type Passes = (pair: PairCounts) => boolean

/** So often a difference should be seen: four times in five, as is usual. */
const USUAL_POWER = 0.8

/** What lies further out than this many standard deviations is left out: less than 1e-8 in all. */
const FAR = 6

/**
 * Probability that two versions which really differ so much pass on `n` cases: exact, summed over how
 * many cases differ and how many of these speak for the new one (two binomials).
 */
export function pairedPower(n: number, shares: PairShares, passes: Passes): number {
  const differing = shares.onlyOld + shares.onlyNew
  if (!(shares.onlyOld >= 0 && shares.onlyNew >= 0 && differing <= 1 + 1e-12))
    throw new RangeError(`Not shares: ${shares.onlyOld} and ${shares.onlyNew}`)
  const forNew = differing === 0 ? 0 : shares.onlyNew / differing
  const spread = FAR * Math.sqrt(n * differing * (1 - Math.min(1, differing))) + 1
  const from = Math.max(0, Math.floor(n * differing - spread))
  const to = Math.min(n, Math.ceil(n * differing + spread))
  let power = 0
  let near = Math.ceil(from / 2)
  for (let d = from; d <= to; d++) {
    const fewest = fewestToPass(n, d, passes, near)
    if (fewest === null) continue
    near = fewest
    power += chance(d, n, differing) * atLeast(fewest, d, forNew)
  }
  return Math.min(1, power)
}

/**
 * Of `d` differing cases, how many must speak for the new version; null when not even all do. Looked
 * for around `near`, as one more differing case asks for hardly more.
 */
function fewestToPass(n: number, d: number, passes: Passes, near: number): number | null {
  const pass = (onlyNew: number) => passes({ n, onlyOld: d - onlyNew, onlyNew })
  let fewest = Math.min(near, d)
  while (!pass(fewest)) {
    if (fewest === d) return null
    fewest += 1
  }
  while (fewest > 0 && pass(fewest - 1)) fewest -= 1
  return fewest
}

/** Binomial probability of `k` of `n`, each with probability p. */
function chance(k: number, n: number, p: number): number {
  if (p <= 0) return k === 0 ? 1 : 0
  if (p >= 1) return k === n ? 1 : 0
  const ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
  return Math.exp(ways + k * Math.log(p) + (n - k) * Math.log1p(-p))
}

function atLeast(fewest: number, n: number, p: number): number {
  const highest = Math.min(n, Math.ceil(n * p + FAR * Math.sqrt(n * p * (1 - p)) + 1))
  let sum = 0
  for (let k = fewest; k <= Math.max(highest, fewest); k++) sum += chance(k, n, p)
  return Math.min(1, sum)
}

/** The shares behind a gain (.05 is 5 points), when so many cases differ; at least the gain does. */
export function sharesOf(gain: number, differing: number): PairShares {
  const all = Math.max(gain, differing)
  return { onlyOld: (all - gain) / 2, onlyNew: (all + gain) / 2 }
}

/** Smallest gain whose power is enough, to a tenth of a point; null when no gain would do. */
export function smallestGain(
  powerOf: (gain: number) => number,
  wanted: number = USUAL_POWER,
): number | null {
  if (powerOf(1) < wanted) return null
  let [tooSmall, enough] = [0, 1000]
  while (enough - tooSmall > 1) {
    const middle = Math.floor((tooSmall + enough) / 2)
    if (powerOf(middle / 1000) >= wanted) enough = middle
    else tooSmall = middle
  }
  return enough / 1000
}

/**
 * Roughly how many cases it takes, to 2 %; null when more than `most`. Roughly, as the power of a test
 * on whole cases goes up in small steps back and forth.
 */
export function casesToSee(
  powerOf: (n: number) => number,
  most: number,
  wanted: number = USUAL_POWER,
): number | null {
  let enough = 8
  while (powerOf(enough) < wanted) {
    enough *= 2
    if (enough > most) return null
  }
  let tooFew = enough / 2
  while (enough - tooFew > Math.max(1, enough / 50)) {
    const middle = Math.floor((tooFew + enough) / 2)
    if (powerOf(middle) >= wanted) enough = middle
    else tooFew = middle
  }
  return enough
}
