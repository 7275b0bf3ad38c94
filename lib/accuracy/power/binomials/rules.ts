import { gammaln } from 'simple-statistics'

/** Terms below this, far from the middle, are left out: together less than 1e-12. */
const NEGLIGIBLE = 1e-15

/** Logarithm of the number of ways to choose `k` of `n`. */
export const logWays = (n: number, k: number): number =>
  gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)

/** Binomial probability of `k` of `n`, each with probability p. */
function chance(k: number, n: number, p: number): number {
  if (k < 0 || k > n) return 0
  if (p <= 0) return k === 0 ? 1 : 0
  if (p >= 1) return k === n ? 1 : 0
  return Math.exp(logWays(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p))
}

/**
 * Binomial probabilities of `from`, `from` + 1, …: all that count. Each follows from its neighbour,
 * outwards from the likeliest, and their known sum takes the rounding out.
 */
export function spread(n: number, p: number): { from: number; chances: number[] } {
  if (p <= 0) return { from: 0, chances: [1] }
  if (p >= 1) return { from: n, chances: [1] }
  const odds = p / (1 - p)
  const likeliest = Math.min(n, Math.floor((n + 1) * p))
  const below: number[] = []
  const above: number[] = []
  let term = 1
  for (let k = likeliest; k <= n && term >= NEGLIGIBLE; k++) {
    above.push(term)
    term *= ((n - k) / (k + 1)) * odds
  }
  term = 1
  for (let k = likeliest; k > 0; k--) {
    term *= k / ((n - k + 1) * odds)
    if (term < NEGLIGIBLE) break
    below.push(term)
  }
  const terms = [...below.reverse(), ...above]
  const all = terms.reduce((sum, term) => sum + term, 0)
  return { from: likeliest - below.length, chances: terms.map((term) => term / all) }
}

/** Binomial probability of `k` or more of `n`: summed away from the middle, where terms only shrink. */
export function atLeast(k: number, n: number, p: number): number {
  if (k <= 0) return 1
  if (k > n) return 0
  if (p <= 0 || p >= 1) return p <= 0 ? 0 : 1
  const odds = p / (1 - p)
  const above = k > n * p
  let [sum, term] = [0, chance(above ? k : k - 1, n, p)]
  if (above) {
    for (let i = k; term > sum * Number.EPSILON; i++) {
      sum += term
      term *= ((n - i) / (i + 1)) * odds
    }
    return sum
  }
  for (let i = k - 1; term > sum * Number.EPSILON; i--) {
    sum += term
    term *= i / ((n - i + 1) * odds)
  }
  return 1 - sum
}
