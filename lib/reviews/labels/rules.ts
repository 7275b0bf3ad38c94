import type { LabelSource, Mode, Selection } from './schema'

/** The newest answer of one person on a case. */
export type CurrentReview = {
  reviewerId: string
  undone: boolean
  /** Null when undone, or for "wrong, unsure which". */
  labelId: string | null
  secondLabelId: string | null
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
}

/**
 * The final label that reviews give a case: with one wanted, that review; with several, the label on
 * which all agree. Null while answers are missing, and on disagreement, which is for someone to settle.
 * A person unsure of the label adds no vote. The order of the reviews does not matter.
 */
export function finalLabelOf(
  reviews: readonly CurrentReview[],
  wanted: number,
): ComputedLabel | null {
  const votes = reviews.filter((review) => !review.undone && review.labelId !== null)
  const [first] = votes
  if (!first?.labelId || votes.length < wanted) return null
  if (votes.some((vote) => vote.labelId !== first.labelId)) return null
  const seconds = new Set(votes.flatMap((vote) => vote.secondLabelId ?? []))
  const selections = new Set(votes.map((vote) => vote.selection))
  return {
    labelId: first.labelId,
    // A second choice stands unless two people named different ones.
    secondLabelId: seconds.size === 1 ? ([...seconds][0] ?? null) : null,
    source: votes.length === 1 ? 'review' : 'agreement',
    // Random only if every answer was, blind only if every answer was: figures must not be flattered.
    selection: selections.has('targeted')
      ? 'targeted'
      : selections.has('quota')
        ? 'quota'
        : 'random',
    mode: votes.every((vote) => vote.mode === 'blind') ? 'blind' : 'shown',
  }
}

/** What people settled or a file brought along is not replaced by reviews. */
export const standsAgainstReviews = (source: LabelSource): boolean =>
  source === 'imported' || source === 'settled'
