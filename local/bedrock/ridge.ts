/**
 * Solves (K + diag(penalty)) X = Y by Cholesky; K symmetric and positive semi-definite, penalty > 0.
 * Rows of Y and X belong to rows of K. This is kernel ridge regression in its dual form
 * (Saunders, Gammerman, Vovk, ICML 1998), with a penalty for each row.
 */
export function solveRidge(
  kernel: readonly Float64Array[],
  penalty: readonly number[],
  targets: readonly Float64Array[],
): Float64Array[] {
  const size = kernel.length
  const lower = kernel.map((row, i) => {
    const copy = Float64Array.from(row)
    copy[i] = at(copy, i) + (penalty[i] ?? 0)
    return copy
  })
  for (let i = 0; i < size; i++) {
    const rowI = rowOf(lower, i)
    for (let j = 0; j <= i; j++) {
      const rowJ = rowOf(lower, j)
      let sum = at(rowI, j)
      for (let k = 0; k < j; k++) sum -= at(rowI, k) * at(rowJ, k)
      rowI[j] = i === j ? Math.sqrt(sum) : sum / at(rowJ, j)
    }
  }
  const solution = targets.map((row) => Float64Array.from(row))
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) subtract(solution, i, k, at(rowOf(lower, i), k))
    divide(rowOf(solution, i), at(rowOf(lower, i), i))
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) subtract(solution, i, k, at(rowOf(lower, k), i))
    divide(rowOf(solution, i), at(rowOf(lower, i), i))
  }
  return solution
}

function subtract(rows: Float64Array[], to: number, from: number, factor: number): void {
  const target = rowOf(rows, to)
  const source = rowOf(rows, from)
  for (let c = 0; c < target.length; c++) target[c] = at(target, c) - factor * at(source, c)
}

function divide(row: Float64Array, by: number): void {
  for (let c = 0; c < row.length; c++) row[c] = at(row, c) / by
}

const at = (row: Float64Array, index: number) => row[index] ?? 0
const rowOf = (rows: readonly Float64Array[], index: number) => rows[index] ?? new Float64Array()
