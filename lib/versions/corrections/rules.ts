import type { ConfusionPair, CorrectionStatus } from './schema'

export type CorrectionFacts = {
  suggestedId: string | null
  rightId: string | null
  wrongReason: boolean
  promoted: boolean
  decision: string | null
}

/** What is left to do about a correction. Promotion outweighs what was decided before it. */
export function statusOf(facts: CorrectionFacts): CorrectionStatus {
  if (facts.promoted) return 'promoted'
  if (facts.decision === 'dismissed') return 'dismissed'
  if (facts.rightId === null) return 'unsettled'
  if (facts.rightId === facts.suggestedId && !facts.wrongReason) return 'overruled'
  return facts.decision === 'later' ? 'later' : 'open'
}

/** An example needs a right label, and a bad one something that was wrong. */
export const mayBePromoted = (status: CorrectionStatus): boolean =>
  status === 'open' || status === 'later' || status === 'dismissed' || status === 'promoted'

/** Counts by confusion pair, the most frequent first, equal ones with more left to do first. */
export function groupByPair(
  rows: Iterable<{
    suggestedId: string | null
    rightId: string | null
    status: CorrectionStatus
    n: number
  }>,
): ConfusionPair[] {
  const pairs = new Map<string, ConfusionPair>()
  for (const { suggestedId, rightId, status, n } of rows) {
    const key = `${suggestedId} ${rightId}`
    const pair = pairs.get(key) ?? { suggestedId, rightId, total: 0, counts: emptyCounts() }
    pair.total += n
    pair.counts[status] += n
    pairs.set(key, pair)
  }
  return [...pairs.values()].sort((a, b) => b.total - a.total || b.counts.open - a.counts.open)
}

function emptyCounts(): Record<CorrectionStatus, number> {
  return { open: 0, unsettled: 0, later: 0, promoted: 0, dismissed: 0, overruled: 0 }
}
