import type { PairCounts } from '@/lib/accuracy/comparison/rules'
import { atLeast, logWays, spread } from './binomials/rules'

/** Shares of the cases that only the old and only the new version gets right, in the long run. */
export type PairShares = { onlyOld: number; onlyNew: number }

/**
 * Must never turn false when one more differing case speaks for the new one, nor true when one more
 * speaks for the old one.
 */
export type Passes = (pair: PairCounts) => boolean

/** So often a difference should be seen: four times in five, as is usual. */
const USUAL_POWER = 0.8

/**
 * Probability that two versions which really differ so much pass on `n` cases: exact to 1e-9, summed
 * over how many cases differ and how many of these speak for the new one (two binomials). Whoever asks
 * for several shares on the same `n` keeps the function: what must pass is looked for only once.
 */
export function powerOn(n: number, passes: Passes): (shares: PairShares) => number {
  const limits = limitsOf(n, passes)
  return ({ onlyOld, onlyNew }) => {
    const differing = onlyOld + onlyNew
    if (!(onlyOld >= 0 && onlyNew >= 0 && differing <= 1 + 1e-12))
      throw new RangeError(`Not shares: ${onlyOld} and ${onlyNew}`)
    const forNew = differing === 0 ? 0 : onlyNew / differing
    const { from, chances } = spread(n, differing)
    const tails = tailsOf(limits(from, chances.length), from, forNew)
    const power = chances.reduce((sum, chance, at) => sum + chance * (tails[at] ?? 0), 0)
    return Math.min(1, power)
  }
}

/**
 * Of a number of differing cases, how many must speak for the new version: one more than there are
 * where not even all do. `ways`: logarithm of the number of ways to fall short of it by one.
 */
type Limit = { fewest: number; ways: number }

/** The limits of `from`, `from` + 1, …: from one to the next they stay or go up by one. */
function limitsOf(n: number, passes: Passes): (from: number, count: number) => Limit[] {
  const known = new Map<number, Limit>()
  const pass = (d: number, onlyNew: number) =>
    onlyNew > d || passes({ n, onlyOld: d - onlyNew, onlyNew })
  return (from, count) => {
    const limits: Limit[] = []
    for (let d = from; d < from + count; d++) {
      const near = known.get(d - 1)?.fewest
      const limit = known.get(d) ?? limitAt(d, near ?? null, pass)
      known.set(d, limit)
      limits.push(limit)
    }
    return limits
  }
}

function limitAt(
  d: number,
  near: number | null,
  pass: (d: number, onlyNew: number) => boolean,
): Limit {
  let [tooFew, fewest] = near === null ? [-1, d + 1] : [near - 1, near + 1]
  while (fewest - tooFew > 1) {
    const middle = Math.floor((tooFew + fewest) / 2)
    if (pass(d, middle)) fewest = middle
    else tooFew = middle
  }
  return { fewest, ways: fewest === 0 ? 0 : logWays(d, fewest - 1) }
}

/**
 * How likely each limit is reached when a differing case speaks for the new version with this
 * probability. With one more differing case it is reached by those too who lacked one and get it; a
 * limit that goes up loses those who have only just so many.
 */
function tailsOf(limits: readonly Limit[], from: number, forNew: number): number[] {
  if (forNew <= 0 || forNew >= 1)
    return limits.map(({ fewest }, at) => (fewest <= (forNew <= 0 ? 0 : from + at) ? 1 : 0))
  const [log, logOther] = [Math.log(forNew), Math.log1p(-forNew)]
  const oneShort = ({ fewest, ways }: Limit, d: number) =>
    fewest === 0 ? 0 : Math.exp(ways + (fewest - 1) * log + (d - fewest + 1) * logOther)
  const tails: number[] = []
  let [tail, short, former] = [0, 0, 0]
  for (const [at, limit] of limits.entries()) {
    const lacking = oneShort(limit, from + at)
    if (at === 0) tail = atLeast(limit.fewest, from, forNew)
    else tail += forNew * short - (limit.fewest > former ? lacking : 0)
    tails.push(Math.min(1, Math.max(0, tail)))
    ;[short, former] = [lacking, limit.fewest]
  }
  return tails
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
  // Upwards in doubling steps: large pools, where a step takes long, see small gains.
  let [tooSmall, enough] = [0, 1]
  while (powerOf(enough / 1000) < wanted) [tooSmall, enough] = [enough, Math.min(1000, 2 * enough)]
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
