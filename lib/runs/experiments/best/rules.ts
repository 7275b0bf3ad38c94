import type { BestRule, CellFigures, ExperimentCellView } from '../schema'

/** A finished cell, as far as the choice goes. */
export type Contender = {
  id: string
  figures: Pick<CellFigures, 'exact' | 'costPerThousand' | 'tokensPerThousand'>
}

const accuracyOf = ({ figures }: Contender) => figures.exact.rate ?? -1

/** Cheaper first: by cost, and where that is equal or not known by tokens; of equals the more accurate. */
function compareCost(a: Contender, b: Contender): number {
  const cost = (one: Contender) => one.figures.costPerThousand
  const [first, second] = [cost(a), cost(b)]
  const byCost = first === null || second === null ? 0 : first - second
  return (
    byCost || a.figures.tokensPerThousand - b.figures.tokensPerThousand || compareAccuracy(a, b)
  )
}

function compareAccuracy(a: Contender, b: Contender): number {
  return accuracyOf(b) - accuracyOf(a)
}

/** More accurate first; of equals the cheaper. */
const compareByAccuracy = (a: Contender, b: Contender) => compareAccuracy(a, b) || compareCost(a, b)

/** Shares are fractions of few cases: a hair's breadth is none. */
const HAIR = 1e-9

/**
 * The best by a rule, null where none satisfies it. Exact accuracy over all cases, no valid label being
 * wrong; a set-up without labelled cases is never the best. What is chosen on these cases looks better
 * than it is: it is confirmed on test.
 */
export function chooseBest(cells: readonly Contender[], rule: BestRule): string | null {
  const known = cells.filter(({ figures }) => figures.exact.rate !== null)
  const first = (some: readonly Contender[], order: (a: Contender, b: Contender) => number) =>
    [...some].sort(order)[0]?.id ?? null
  const highest = Math.max(...known.map(accuracyOf))
  switch (rule.kind) {
    case 'most_accurate':
      return first(known, compareByAccuracy)
    case 'cheapest_within':
      return first(
        known.filter((one) => accuracyOf(one) >= highest - rule.points / 100 - HAIR),
        compareCost,
      )
    case 'cheapest_above':
      return first(
        known.filter((one) => accuracyOf(one) >= rule.accuracy - HAIR),
        compareCost,
      )
    case 'most_accurate_below':
      return first(
        known.filter(
          ({ figures }) => figures.costPerThousand !== null && figures.costPerThousand <= rule.cost,
        ),
        compareByAccuracy,
      )
  }
}

type Compared = Pick<ExperimentCellView, 'comparison'>

/**
 * That others may be just as accurate, in a few words; '' where all are told apart. `table`: each
 * compared with the best.
 */
export function describeTies(table: readonly Compared[]): string {
  const ties = table.filter(({ comparison }) => comparison?.verdict === 'cannot tell yet').length
  if (ties === 0) return ''
  return `as accurate as ${ties === 1 ? 'another' : `${NUMBERS[ties] ?? ties} others`}, as far as one can tell`
}

const NUMBERS = ['', '', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/** The rule in words, as they follow "Best: ". */
export function describeRule(rule: BestRule): string {
  switch (rule.kind) {
    case 'most_accurate':
      return 'the most accurate'
    case 'cheapest_within':
      return `the cheapest within ${rule.points} ${rule.points === 1 ? 'point' : 'points'} of the most accurate`
    case 'cheapest_above':
      return `the cheapest at ${Math.round(rule.accuracy * 1_000) / 10} % or more`
    case 'most_accurate_below':
      return `the most accurate at $${(rule.cost / 1e6).toFixed(2)} or less for 1,000 cases`
  }
}

/** That none satisfies a rule, in a sentence. */
export function describeNone(rule: BestRule): string {
  switch (rule.kind) {
    case 'most_accurate':
    case 'cheapest_within':
      return 'No set-up was measured on cases with a final label yet.'
    case 'cheapest_above':
      return `No set-up is right on ${Math.round(rule.accuracy * 1_000) / 10} % or more.`
    case 'most_accurate_below':
      return `No set-up is known to cost $${(rule.cost / 1e6).toFixed(2)} or less for 1,000 cases.`
  }
}
