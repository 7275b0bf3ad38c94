import type { TallyRow } from '@/lib/accuracy/tallies/rules'
import type { ConfusionPair } from '../schema'

type Pair = Pick<ConfusionPair, 'kind' | 'suggestedId' | 'rightId'>

/**
 * Expected wrong suggestions of a pair in 1,000 cases, from the counts of one run. Post-stratified by
 * what was predicted, as cases come to be labelled more often where one looks for mistakes: of the
 * cases that got this label, labelled or not, the share that the labelled ones among them have with
 * the right label of the pair. Close calls are counted apart. Null where no such case is labelled,
 * while the right label is not known, and for wrong reasons, which no count knows of.
 */
export function makeCostEstimate(rows: readonly TallyRow[]): (pair: Pair) => number | null {
  let all = 0
  const predicted = new Map<string | null, { n: number; labelled: number }>()
  const cells = new Map<string, number>()
  for (const { predictedId, finalId, secondId, n } of rows) {
    const stratum = predicted.get(predictedId) ?? { n: 0, labelled: 0 }
    all += n
    stratum.n += n
    if (finalId !== null) {
      stratum.labelled += n
      const cell = nameCell(predictedId, finalId, secondId !== null)
      cells.set(cell, (cells.get(cell) ?? 0) + n)
    }
    predicted.set(predictedId, stratum)
  }
  return ({ kind, suggestedId, rightId }) => {
    const stratum = predicted.get(suggestedId)
    if (!stratum || stratum.labelled === 0 || rightId === null || kind === 'reason') return null
    if (rightId === suggestedId) return null
    const found = cells.get(nameCell(suggestedId, rightId, kind === 'close')) ?? 0
    return (1_000 * stratum.n * (found / stratum.labelled)) / all
  }
}

const nameCell = (predictedId: string | null, finalId: string, close: boolean) =>
  `${predictedId} ${finalId} ${close}`

/** The most costly first; those without an estimate next, the most frequent first; then what costs nothing now. */
export function compareCosts(
  a: Pick<ConfusionPair, 'cost' | 'total'>,
  b: Pick<ConfusionPair, 'cost' | 'total'>,
): number {
  return rank(a) - rank(b) || (b.cost ?? 0) - (a.cost ?? 0) || b.total - a.total
}

function rank({ cost }: { cost: number | null }): number {
  if (cost === null) return 1
  return cost > 0 ? 0 : 2
}
