import type { ConfusionCount } from '@/lib/accuracy/confusion/rules'
import { scoreAnswers, type Tally } from '@/lib/accuracy/rules'

/** How many cases of a run got this answer while their final label is this; null: no label (yet). */
export type TallyRow = {
  runId: string
  predictedId: string | null
  finalId: string | null
  secondId: string | null
  n: number
}

export type RunScore = {
  tally: Tally
  /** Cases that have no final label yet and therefore count in no figure. */
  unlabelled: number
}

/** What the counts of one run say about it. */
export function scoreRun(rows: Iterable<TallyRow>): RunScore {
  let unlabelled = 0
  const answers = []
  for (const { predictedId, finalId, secondId, n } of rows) {
    if (finalId === null) unlabelled += n
    else {
      const truth = { labelId: finalId, secondLabelId: secondId }
      answers.push({ answer: predictedId, truth, count: n })
    }
  }
  return { tally: scoreAnswers(answers), unlabelled }
}

/** The same counts as cells of a confusion matrix. */
export function countCells(rows: Iterable<TallyRow>): ConfusionCount[] {
  const cells = []
  for (const { predictedId, finalId, n } of rows) {
    if (finalId !== null) cells.push({ finalId, answerId: predictedId, count: n })
  }
  return cells
}
