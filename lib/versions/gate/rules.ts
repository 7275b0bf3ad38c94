import { type Compared, isRareGap, ladder, type PairCounts } from '@/lib/accuracy/comparison/rules'
import type { CategoryCheck, Condition, GateRule, RuleInForce } from './schema'

/** The rule of a project that has set nothing. */
export const DEFAULT_RULE: GateRule = {
  minGain: 0,
  maxCategoryLoss: 10,
  minCases: 50,
  twoRuns: true,
}

/** A category may lose any number of points: the condition is not asked. */
const ANY_LOSS = 100

/** Shares of whole cases miss a round number of points by less than this. */
const ROUNDING = 1e-9

/** How often a test run is made: the second time with nothing changed. */
export const runsWanted = ({ twoRuns }: GateRule): number => (twoRuns ? 2 : 1)

const gainOf = ({ n, onlyOld, onlyNew }: PairCounts) => (n === 0 ? 0 : (onlyNew - onlyOld) / n)

const isGainEnough = (rule: GateRule, pair: PairCounts) =>
  pair.onlyNew > pair.onlyOld && gainOf(pair) * 100 >= rule.minGain - ROUNDING

const isRareGain = (pair: PairCounts) => pair.onlyNew > pair.onlyOld && isRareGap(pair)

/** What is asked of each category that has enough cases. */
export const isLossBearable = (rule: GateRule, pair: PairCounts) =>
  -gainOf(pair) * 100 <= rule.maxCategoryLoss + ROUNDING

/** What is asked of all cases together, by condition. */
const OVER_ALL = {
  cases: (rule: GateRule, { n }: PairCounts) => n >= rule.minCases,
  clear: (_rule: GateRule, pair: PairCounts) => ladder(pair).publish,
  gain: isGainEnough,
  chance: (_rule: GateRule, pair: PairCounts) => isRareGain(pair),
} satisfies Partial<Record<Condition['kind'], (rule: GateRule, pair: PairCounts) => boolean>>

const isOverAll = (kind: Condition['kind']): kind is keyof typeof OVER_ALL => kind in OVER_ALL

/** Whether all holds that the rule asks of all cases together; asked very often, so without words. */
export function passOverAll(rule: GateRule): (pair: PairCounts) => boolean {
  const asked = conditionsOf(rule)
    .filter(isOverAll)
    .map((kind) => OVER_ALL[kind])
  return (pair) => asked.every((holds) => holds(rule, pair))
}

/** One run of a set-up against the best so far: each condition of the rule, in the order shown. */
export function checkRun(
  rule: RuleInForce,
  { total, byCategory }: Compared,
): { conditions: Condition[]; categories: CategoryCheck[] } {
  const categories = byCategory.map(({ categoryId, ...pair }): CategoryCheck => {
    const bearable = isLossBearable(rule, pair) ? 'pass' : 'fail'
    const state = pair.n < rule.minCategoryCases ? 'too few to tell' : bearable
    return { categoryId, n: pair.n, gain: gainOf(pair), state }
  })
  const conditions = conditionsOf(rule).flatMap((kind): Condition[] => {
    if (kind === 'categories') return [{ kind, state: sumUp(categories) }]
    return isOverAll(kind) ? [{ kind, state: OVER_ALL[kind](rule, total) ? 'pass' : 'fail' }] : []
  })
  return { conditions, categories }
}

function sumUp(categories: readonly CategoryCheck[]): Condition['state'] {
  const judged = categories.filter(({ state }) => state !== 'too few to tell')
  if (judged.length === 0) return 'too few to tell'
  return judged.some(({ state }) => state === 'fail') ? 'fail' : 'pass'
}

/** What is too few to tell stands in nobody's way; all else must hold. */
export const holdAll = (conditions: readonly Condition[]): boolean =>
  conditions.every(({ state }) => state === 'pass' || state === 'too few to tell')

const POINTS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })
const COUNT = new Intl.NumberFormat('en-US')

/** 5 → "5 points", 1 → "1 point". */
const inPoints = (points: number) => `${POINTS.format(points)} point${points === 1 ? '' : 's'}`

/** A condition in words, as a person would ask it. */
export function describeCondition(kind: Condition['kind'], rule: RuleInForce): string {
  switch (kind) {
    case 'cases':
      return `At least ${COUNT.format(rule.minCases)} labelled test cases`
    case 'clear':
      return 'Ahead of the best so far by more than a standard error'
    case 'gain':
      return `At least ${inPoints(rule.minGain)} more than the best so far`
    case 'chance':
      return 'A gain that is rare between equal versions (mid-p below .05)'
    case 'categories':
      return `No category with ${COUNT.format(rule.minCategoryCases)} cases or more loses over ${inPoints(rule.maxCategoryLoss)}`
    case 'repeat':
      return 'The second, identical run passes all of this too'
  }
}

/** All conditions of a rule, in the order in which they are checked. */
export const conditionsOf = (rule: GateRule): Condition['kind'][] => [
  'cases',
  'clear',
  ...(rule.minGain > 0 ? (['gain'] as const) : []),
  'chance',
  ...(rule.maxCategoryLoss < ANY_LOSS ? (['categories'] as const) : []),
  ...(rule.twoRuns ? (['repeat'] as const) : []),
]
