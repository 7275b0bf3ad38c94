import type { CategoryBalance, LabelSource } from './schema'

export type LabelCount = {
  labelId: string
  source: LabelSource
  /** Confirmed in bulk. */
  bulk: boolean
  pool: 'example' | 'dev' | 'test'
  n: number
}

/** Counts by category in the project's order; an archived one only while cases still have its label. */
export function balanceLabels(
  categories: readonly { id: string; name: string; archivedAt: Date | null }[],
  counts: readonly LabelCount[],
): CategoryBalance[] {
  return categories.flatMap(({ id, name, archivedAt }) => {
    const bySource = { imported: 0, review: 0, agreement: 0, settled: 0 }
    for (const { labelId, source, n } of counts) if (labelId === id) bySource[source] += n
    const n = Object.values(bySource).reduce((sum, count) => sum + count, 0)
    const archived = archivedAt !== null
    return archived && n === 0 ? [] : [{ id, name, archived, n, bySource }]
  })
}
