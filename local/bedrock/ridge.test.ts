import { describe, expect, it } from 'vitest'
import { solveRidge } from './ridge'

describe('solveRidge', () => {
  it('solves (K + penalty) X = Y', () => {
    const kernel = [
      [1, 0.5, 0.2],
      [0.5, 1, 0.1],
      [0.2, 0.1, 1],
    ]
    const penalty = [0.5, 1, 2]
    const targets = [
      [1, 0],
      [0, 1],
      [3, -1],
    ]
    const solution = solveRidge(
      kernel.map((row) => Float64Array.from(row)),
      penalty,
      targets.map((row) => Float64Array.from(row)),
    )
    for (const [i, row] of kernel.entries()) {
      for (const c of [0, 1]) {
        const sum = row.reduce((total, k, j) => total + k * (solution[j]?.[c] ?? 0), 0)
        const own = (penalty[i] ?? 0) * (solution[i]?.[c] ?? 0)
        expect(sum + own).toBeCloseTo(targets[i]?.[c] ?? Number.NaN, 12)
      }
    }
  })
})
