import { z } from 'zod'

const labelSource = z.enum(['imported', 'review', 'agreement', 'settled'])
export type LabelSource = z.infer<typeof labelSource>
export type Selection = 'random' | 'targeted' | 'quota'
export type Mode = 'shown' | 'blind'
export type Purpose = 'ordinary' | 'second_opinion' | 'check_case' | 'repeat'

/** Why reviews alone give a case no label. */
export type Disagreement = 'labels' | 'unsure' | 'skipped'

/** The newest answer of one person on a case. */
export type CurrentReview = {
  reviewerId: string
  undone: boolean
  /** Null when undone, or for "wrong, unsure which". */
  labelId: string | null
  secondLabelId: string | null
  closeCall: boolean
  /** It was said of many cases at once. */
  bulk: boolean
  /** How the case came to this person. */
  selection: Selection
  mode: Mode
}

export type ComputedLabel = {
  labelId: string
  secondLabelId: string | null
  source: Extract<LabelSource, 'review' | 'agreement'>
  selection: Selection
  mode: Mode
  bulk: boolean
}

/** One review that is wanted of a case, or was given. Check cases and repeats are none. */
type WantedReview = {
  slot: number
  purpose: 'ordinary' | 'second_opinion'
  /** `passed_on`: reviewers and then a prompt engineer skipped it, and nobody is asked again. */
  state: 'open' | 'answered' | 'passed_on'
}

/** All that decides what label a case has. */
export type CaseState = {
  /** How many reviews the project wants of a case. */
  wanted: number
  reviews: readonly CurrentReview[]
  assignments: readonly WantedReview[]
  label: (Omit<ComputedLabel, 'source'> & { source: LabelSource }) | null
  dispute: Disagreement | null
}

export type Standing =
  | { is: 'labelled'; label: ComputedLabel }
  | { is: 'waiting' }
  | { is: 'disputed'; kind: Disagreement }
