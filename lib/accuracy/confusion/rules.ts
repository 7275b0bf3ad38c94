/** Cases with this final label to which the version gave this answer; null: no valid label. */
export type ConfusionCount = { finalId: string; answerId: string | null; count: number }

type ConfusionCell = {
  answerId: string | null
  count: number
  /** Share of the row's cases, 0 in an empty row. */
  share: number
  right: boolean
}

type ConfusionRow = { finalId: string; n: number; right: number; cells: ConfusionCell[] }

export type ConfusionMatrix = {
  /** Columns: the categories in order, then null for "no valid label". */
  answerIds: (string | null)[]
  /** Rows by final label, in the same order. */
  rows: ConfusionRow[]
  /** Cases in each column. */
  columnTotals: number[]
  n: number
  /** Cases on the diagonal: exact accuracy is right / n. */
  right: number
}

/**
 * Final label by answer. Counts of the same cell add up (they may come split by selection or mode).
 * A category that has left the version but still stands in counts is appended, so that the matrix
 * always adds up to all cases.
 */
export function buildConfusionMatrix(
  counts: Iterable<ConfusionCount>,
  categoryIds: readonly string[],
): ConfusionMatrix {
  const order = new Set(categoryIds)
  const cells = new Map<string, Map<string | null, number>>()
  for (const { finalId, answerId, count } of counts) {
    order.add(finalId)
    if (answerId !== null) order.add(answerId)
    const row = cells.get(finalId) ?? new Map<string | null, number>()
    row.set(answerId, (row.get(answerId) ?? 0) + count)
    cells.set(finalId, row)
  }
  const answerIds = [...order, null]
  const rows = [...order].map((finalId) => buildRow(finalId, answerIds, cells.get(finalId)))
  return {
    answerIds,
    rows,
    columnTotals: answerIds.map((_, i) => total(rows.map((row) => row.cells[i]?.count ?? 0))),
    n: total(rows.map((row) => row.n)),
    right: total(rows.map((row) => row.right)),
  }
}

function buildRow(
  finalId: string,
  answerIds: readonly (string | null)[],
  counts: ReadonlyMap<string | null, number> = new Map(),
): ConfusionRow {
  const n = total([...counts.values()])
  const cells = answerIds.map((answerId) => {
    const count = counts.get(answerId) ?? 0
    return { answerId, count, share: n === 0 ? 0 : count / n, right: answerId === finalId }
  })
  return { finalId, n, right: counts.get(finalId) ?? 0, cells }
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}
