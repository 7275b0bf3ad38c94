import type { MatrixView } from '@/lib/accuracy/schema'

/** The name of a category in a matrix; null: the model gave no valid label. */
export function nameAnswer(matrix: Pick<MatrixView, 'names'>, id: string | null): string {
  return id === null ? 'No valid label' : (matrix.names[id] ?? 'A former category')
}
