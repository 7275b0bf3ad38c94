import { countsForLabel } from '../labels/rules'
import type { Purpose } from '../labels/schema'

/** What becomes of a review that someone passed on. */
export type AfterSkip =
  /** Another reviewer is asked. */
  | 'returned'
  /** Only prompt engineers are asked. */
  | 'escalated'
  /** Nobody is asked any more: someone settles the case. */
  | 'disputed'
  /** It was for this person alone, or the case has its label: nobody needs it. */
  | 'withdrawn'

export type SkipFacts = {
  purpose: Purpose
  /** Who skips writes prompts. */
  byEngineer: boolean
  /** Other people have passed on the case before. */
  skippedBefore: boolean
  /** A prompt engineer is left who has neither answered nor passed on nor seen the case. */
  engineerLeft: boolean
  /** The case has a label that reviews do not replace. */
  isLabelled: boolean
}

/** First another reviewer, then a prompt engineer, then whoever settles disagreements. */
export function afterSkip(facts: SkipFacts): AfterSkip {
  const { purpose, byEngineer, skippedBefore, engineerLeft, isLabelled } = facts
  if (!countsForLabel(purpose) || isLabelled) return 'withdrawn'
  if (!skippedBefore) return 'returned'
  return byEngineer || !engineerLeft ? 'disputed' : 'escalated'
}
