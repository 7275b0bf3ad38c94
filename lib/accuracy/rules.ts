import { type Interval, wilsonInterval } from '@/lib/accuracy/intervals/rules'

/** Stands for "no valid label" in addresses. */
export const NO_VALID_LABEL = 'none'

/** What a case now is: its final label, and the second choice where it was called close. */
export type Truth = { labelId: string; secondLabelId: string | null }

export type Rightness = { exact: boolean; countingCloseCalls: boolean }

/** Which of the two figures is meant. Both are always shown, exact first. */
export type Counting = keyof Rightness

/**
 * The one definition of "right". `answer` is a category id, or null where there is no valid label
 * (off-list, missing, refused, cut off, failed), which is wrong under both counts.
 */
export function isRight(answer: string | null, truth: Truth): Rightness {
  const exact = answer !== null && answer === truth.labelId
  const second = answer !== null && answer === truth.secondLabelId
  return { exact, countingCloseCalls: exact || second }
}

/** Counts of cases. `n` includes those without a valid label. */
export type Tally = {
  n: number
  exactRight: number
  rightCountingCloseCalls: number
  withoutValidLabel: number
}

export function scoreAnswers(
  answers: Iterable<{ answer: string | null; truth: Truth; count?: number }>,
): Tally {
  const tally = { n: 0, exactRight: 0, rightCountingCloseCalls: 0, withoutValidLabel: 0 }
  for (const { answer, truth, count = 1 } of answers) {
    const right = isRight(answer, truth)
    tally.n += count
    if (right.exact) tally.exactRight += count
    if (right.countingCloseCalls) tally.rightCountingCloseCalls += count
    if (answer === null) tally.withoutValidLabel += count
  }
  return tally
}

/** A share of right cases with its 95 % Wilson interval; `rate` is null when there are no cases. */
export type Figure = Interval & { right: number; n: number; rate: number | null }

export type Accuracy = {
  exact: Figure
  countingCloseCalls: Figure
  /** Exact accuracy over the cases that got a valid label: stands beside the first, never instead. */
  exactOverValid: Figure
}

export function describeAccuracy(tally: Tally): Accuracy {
  const valid = tally.n - tally.withoutValidLabel
  return {
    exact: describeShare(tally.exactRight, tally.n),
    countingCloseCalls: describeShare(tally.rightCountingCloseCalls, tally.n),
    exactOverValid: describeShare(tally.exactRight, valid),
  }
}

/** Any share of counted cases: accuracy, agreement with shown suggestions, coverage. */
export function describeShare(right: number, n: number): Figure {
  return { right, n, rate: n === 0 ? null : right / n, ...wilsonInterval(right, n) }
}
