import { type Interval, Z_95 } from '@/lib/accuracy/intervals/rules'

/** So often one person said `a` and the other `b` of the same case; `n` may be a half, see below. */
export type PairCount = { a: string; b: string; n: number }

/** Shares; null where there is nothing to compare or chance explains everything. */
export type PairAgreement = {
  pairs: number
  agreed: number
  kappa: number | null
  ac1: number | null
}

/** Below this many pairs a figure says nothing. */
export const LEAST_PAIRS = 30

/**
 * Agreement of pairs of answers over `categories` labels: Cohen's κ (1960) and Gwet's AC1 (2008). Where
 * nearly all cases have one label κ falls to nothing however well people agree, so it never stands alone.
 */
export function measureAgreement(counts: readonly PairCount[], categories: number): PairAgreement {
  const [first, second] = [new Map<string, number>(), new Map<string, number>()]
  let pairs = 0
  let agreed = 0
  for (const { a, b, n } of counts) {
    pairs += n
    if (a === b) agreed += n
    first.set(a, (first.get(a) ?? 0) + n)
    second.set(b, (second.get(b) ?? 0) + n)
  }
  const labels = [...new Set([...first.keys(), ...second.keys()])]
  if (pairs === 0) return { pairs, agreed, kappa: null, ac1: null }
  let byChance = 0
  let spread = 0
  for (const label of labels) {
    const [p, q] = [(first.get(label) ?? 0) / pairs, (second.get(label) ?? 0) / pairs]
    byChance += p * q
    spread += ((p + q) / 2) * (1 - (p + q) / 2)
  }
  const others = Math.max(labels.length, categories) - 1
  return {
    pairs,
    agreed,
    kappa: beyond(agreed / pairs, byChance),
    ac1: others < 1 ? null : beyond(agreed / pairs, spread / others),
  }
}

const beyond = (seen: number, chance: number): number | null =>
  1 - chance < 1e-12 ? null : (seen - chance) / (1 - chance)

/**
 * 95 % interval of Cohen's κ, by its large-sample error (Fleiss, Cohen and Everitt 1969); null where κ is.
 * With all pairs alike it has no width, which says more than a few pairs can.
 */
export function kappaInterval(counts: readonly PairCount[]): Interval | null {
  const { kappa, pairs } = measureAgreement(counts, 0)
  if (kappa === null) return null
  const share = (holds: (count: PairCount) => boolean) =>
    counts.filter(holds).reduce((sum, { n }) => sum + n, 0) / pairs
  const labels = [...new Set(counts.flatMap(({ a, b }) => [a, b]))]
  const first = new Map(labels.map((label) => [label, share(({ a }) => a === label)]))
  const second = new Map(labels.map((label) => [label, share(({ b }) => b === label)]))
  const byChance = labels.reduce(
    (sum, label) => sum + (first.get(label) ?? 0) * (second.get(label) ?? 0),
    0,
  )
  let spread = 0
  for (const { a, b, n } of counts) {
    // Crosswise: the first's share of what the second said, and the other way round.
    const both = (first.get(b) ?? 0) + (second.get(a) ?? 0)
    spread += (n / pairs) * (a === b ? 1 - both * (1 - kappa) : both * (1 - kappa)) ** 2
  }
  const variance = (spread - (kappa - byChance * (1 - kappa)) ** 2) / (pairs * (1 - byChance) ** 2)
  const half = Z_95 * Math.sqrt(Math.max(0, variance))
  return { low: Math.max(-1, kappa - half), high: Math.min(1, kappa + half) }
}

/** Nobody is the first of a pair: each is counted half in either order. */
export const withoutOrder = (counts: readonly PairCount[]): PairCount[] =>
  counts.flatMap(({ a, b, n }) => [
    { a, b, n: n / 2 },
    { a: b, b: a, n: n / 2 },
  ])
