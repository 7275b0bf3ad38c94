import type { GateView, TestVerdict } from '../schema'

/**
 * How the version that was tested first of all stands to the one in force, which had no score then.
 * `wait`: that one has none yet. `too_late`: it was made when the first score was known already.
 */
export type Late = NonNullable<GateView['late']>

type Later = { against: boolean; verdict: TestVerdict }

type LateFacts = {
  firstScoredAt: Date
  /** When the version in force became what it is. */
  frozenAt: Date | null
  /** Its score; `against`: it was compared with the first one. */
  later: Later | null
}

/** Only versions made before the first score was known prove anything: else one could be made to lose. */
export const isInTime = ({ frozenAt, firstScoredAt }: Omit<LateFacts, 'later'>): boolean =>
  frozenAt !== null && frozenAt <= firstScoredAt

export function judgeLate({ later, ...times }: LateFacts): Late {
  if (!isInTime(times)) return 'too_late'
  if (!later) return 'wait'
  return later.against && later.verdict.ofBaseline?.passed ? 'passed' : 'not_passed'
}

/** What is to be done, for a version that was tested before there was a score to beat. */
export function describeLate(late: Late | null, name: string, rival: string): string {
  switch (late) {
    case 'wait':
      return `Test ${rival}, which is in force: the two are compared then on the cases that both have labelled, and ${name} is not tested again.`
    case 'not_passed':
      return `${rival} was tested after it, and ${name} is not so clearly ahead that the gate is passed.`
    case 'too_late':
      return `${rival}, which is in force, was made when that score was known already, so that comparing the two proves nothing.`
    default:
      return ''
  }
}
