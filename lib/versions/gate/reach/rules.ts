import type { PairCounts } from '@/lib/accuracy/comparison/rules'
import {
  casesToSee,
  type PairShares,
  powerOn,
  sharesOf,
  smallestGain,
} from '@/lib/accuracy/power/rules'
import { conditionsOf, isLossBearable, passOverAll } from '../rules'
import type { Reach, RuleInForce } from '../schema'

/** On how many cases two versions differ when nobody has measured it. */
export const ASSUMED_DIFFERING = 0.2

/** Fewer cases of dev say too little of how much two versions differ. */
export const FEWEST_TO_MEASURE = 30

/** Two versions that were right on the same cases of dev are taken to differ on so many at least. */
export const SMALLEST_DIFFERING = 0.01

/** A project that needs more labelled test cases than this is told so, not how many. */
const MOST_CASES = 20_000

/** Gains that people ask for, as shares. */
const WISHED = [0.05, 0.02, 0.01]

/** Labelled cases of the test pool, with how many of these each category has. */
export type TestPool = { n: number; categories: readonly number[] }

type Differing = { gain: number; differing: number }

/**
 * Probability that a set-up which really gains so much passes the whole gate, or at least that: the
 * conditions over all cases together are exact, and each category's is a factor, as by Harris's
 * inequality conditions that all profit from the same gains hold together at least so often. A second
 * run asks the same of the same cases again.
 */
export function gatePowerOn(rule: RuleInForce, pool: TestPool): (truth: Differing) => number {
  if (pool.n < rule.minCases) return () => 0
  const whole = powerOn(pool.n, passOverAll(rule))
  // Only this condition: the others of a run take long to work out, and are not asked of a category.
  const bearable = (pair: PairCounts) => isLossBearable(rule, pair)
  const asked = conditionsOf(rule).includes('categories')
  const judged = pool.categories.filter((n) => asked && n >= rule.minCategoryCases)
  const byCategory = [...countEqual(judged)].map(([n, times]) => ({
    n,
    power: powerOn(n, bearable),
    times,
  }))
  return ({ gain, differing }) => {
    const shares = sharesOf(gain, differing)
    return byCategory
      .filter(({ n }) => !isSureToBear(rule, n, shares))
      .reduce((power, category) => power * category.power(shares) ** category.times, whole(shares))
  }
}

/** A category that loses too much less often than this needs no sum. */
const NEVER = 1e-9

/**
 * So many cases of a category that it hardly ever loses more than the rule allows: Chernoff's bound for
 * a sum of as many −1, 0 and 1, which holds for any `tilt` above 0.
 */
export function isSureToBear(rule: RuleInForce, n: number, shares: PairShares): boolean {
  const { onlyOld, onlyNew } = shares
  const loss = rule.maxCategoryLoss / 100
  const tilt = Math.min(1, (loss + onlyNew - onlyOld) / (onlyOld + onlyNew))
  const one = 1 + onlyOld * Math.expm1(tilt) + onlyNew * Math.expm1(-tilt)
  return n * (Math.log(one) - tilt * loss) < Math.log(NEVER)
}

function countEqual(sizes: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1)
  return counts
}

/** What the pool can prove under the rule, and what a smaller gain would take. */
export function measureReach(
  rule: RuleInForce,
  pool: TestPool,
  differing: number,
): Pick<Reach, 'smallestGain' | 'wished'> {
  const grown = (n: number): TestPool => ({
    n,
    categories: pool.categories.map((size) => Math.round((size / Math.max(1, pool.n)) * n)),
  })
  const counted = pool.n < rule.minCases ? grown(rule.minCases) : pool
  const power = gatePowerOn(rule, counted)
  const smallest = smallestGain((gain) => power({ gain, differing }))
  const wanted = WISHED.filter((gain) => gain * 100 >= rule.minGain)
  const gain = wanted.find((one) => one < (smallest ?? 1) - 1e-9) ?? wanted.at(-1) ?? 0.05
  const cases = casesToSee((n) => gatePowerOn(rule, grown(n))({ gain, differing }), MOST_CASES)
  return { smallestGain: smallest, wished: { gain, cases } }
}

const COUNT = new Intl.NumberFormat('en-US')
const points = (share: number) => {
  const text = (share * 100).toFixed(share < 0.02 ? 1 : 0).replace(/\.0$/, '')
  return `${text} point${text === '1' ? '' : 's'}`
}

/** Two figures of a number that is only roughly known: 643 → "640". */
function roughly(n: number): string {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(n)) - 1)
  return COUNT.format(Math.round(n / unit) * unit)
}

/** What can be proved, and on what that rests, in two sentences. */
export function describeReach(reach: Reach): { sentence: string; basis: string } {
  const { n, rule, smallestGain: smallest, wished } = reach
  const few = n < rule.minCases
  const cases = COUNT.format(few ? rule.minCases : n)
  const start = few
    ? `The gate asks for at least ${cases} labelled test cases and there ${n === 1 ? 'is 1' : `are ${COUNT.format(n)}`}: nothing can pass yet. With ${cases}`
    : `With ${cases} labelled test cases`
  const seen =
    smallest === null
      ? 'no gain, however large, would pass four times in five'
      : `a gain of about ${points(smallest)} would be seen four times in five`
  const more =
    wished.cases === null
      ? `; ${points(wished.gain)} take more than ${COUNT.format(MOST_CASES)}`
      : `; for ${points(wished.gain)} you need about ${roughly(wished.cases)}`
  const enough = !few && smallest !== null && smallest <= wished.gain
  return { sentence: `${start} ${seen}${enough ? '' : more}.`, basis: describeBasis(reach) }
}

/** On how many cases the two differ, and how that is known. */
function describeBasis({ differing, measuredAgainst, olderTrial }: Reach): string {
  const share = `${(differing * 100).toFixed(0)} %`
  if (measuredAgainst) {
    return `On ${COUNT.format(measuredAgainst.n)} cases of dev it and v${measuredAgainst.number} differ in being right on ${share}.`
  }
  const why = olderTrial
    ? 'the last trial on dev was of what it said before'
    : 'no run of its own on dev has told more yet'
  return `Assuming that the two differ in being right on ${share} of the cases: ${why}.`
}
