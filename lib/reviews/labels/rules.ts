import type {
  CaseState,
  ComputedLabel,
  CurrentReview,
  Disagreement,
  LabelSource,
  Purpose,
  Standing,
} from './schema'

/** Live second opinions of one case; after them it is for someone to settle. Kept by the database too. */
const MOST_SECOND_OPINIONS = 2

/** People who must agree where someone called it close. */
const AGREEING_ON_CLOSE_CALL = 2

type Vote = CurrentReview & { labelId: string }

/** Answers to check cases and repeats say nothing of the label that their case has. */
export const countsForLabel = (purpose: Purpose): boolean =>
  purpose === 'ordinary' || purpose === 'second_opinion'

/** Answers that stand and say a label: a person unsure of it adds no vote. */
const votesOf = (reviews: readonly CurrentReview[]): Vote[] =>
  reviews.flatMap((review) =>
    !review.undone && review.labelId !== null ? [{ ...review, labelId: review.labelId }] : [],
  )

/** The labels that people gave, each once, in the order of the answers. */
export const labelsAmong = (reviews: readonly CurrentReview[]): string[] => [
  ...new Set(votesOf(reviews).map(({ labelId }) => labelId)),
]

/** How many must agree: as many as the project wants, and two on a close call. */
const neededVotes = (votes: readonly Vote[], wanted: number): number =>
  votes.some(({ closeCall }) => closeCall) ? Math.max(AGREEING_ON_CLOSE_CALL, wanted) : wanted

/** The most careful description of how these answers came: figures must not be flattered. */
export function describeReviews(
  reviews: readonly CurrentReview[],
): Pick<ComputedLabel, 'selection' | 'mode' | 'bulk'> {
  const standing = reviews.filter(({ undone }) => !undone)
  const selections = new Set(standing.map(({ selection }) => selection))
  return {
    // Random only if every answer was, blind only if every answer was.
    selection: selections.has('targeted')
      ? 'targeted'
      : selections.has('quota')
        ? 'quota'
        : 'random',
    mode: standing.every(({ mode }) => mode === 'blind') ? 'blind' : 'shown',
    bulk: standing.some(({ bulk }) => bulk),
  }
}

/**
 * The final label that reviews give a case: with one wanted, that review; with several, or where one
 * was a close call, the label on which all agree. Null while answers are missing, and on disagreement.
 * The order of the reviews does not matter.
 */
export function finalLabelOf(
  reviews: readonly CurrentReview[],
  wanted: number,
): ComputedLabel | null {
  const votes = votesOf(reviews)
  const [first] = votes
  if (!first || votes.length < neededVotes(votes, wanted)) return null
  if (votes.some((vote) => vote.labelId !== first.labelId)) return null
  const seconds = new Set(votes.flatMap((vote) => vote.secondLabelId ?? []))
  return {
    labelId: first.labelId,
    // A second choice stands unless two people named different ones.
    secondLabelId: seconds.size === 1 ? ([...seconds][0] ?? null) : null,
    source: votes.length === 1 ? 'review' : 'agreement',
    ...describeReviews(votes),
  }
}

/** What people settled or a file brought along is not replaced by reviews. */
export const standsAgainstReviews = (source: LabelSource): boolean =>
  source === 'imported' || source === 'settled'

/** Answers that may still come: what is open, and what the project wants and is yet to be opened. */
function awaited({ assignments, wanted }: CaseState): number {
  const taken = new Set(assignments.map(({ slot }) => slot))
  const slots = Array.from({ length: wanted }, (_, at) => at + 1)
  const unopened = slots.filter((slot) => !taken.has(slot)).length
  return assignments.filter(({ state }) => state === 'open').length + unopened
}

/** Where a case stands by its reviews alone. */
export function standingOf(state: CaseState): Standing {
  const label = finalLabelOf(state.reviews, state.wanted)
  if (label) return { is: 'labelled', label }
  const kind = awaited(state) === 0 ? disagreementOf(state) : null
  return kind ? { is: 'disputed', kind } : { is: 'waiting' }
}

function disagreementOf({ reviews, assignments }: CaseState): Disagreement | null {
  if (labelsAmong(reviews).length > 1) return 'labels'
  if (assignments.some(({ state }) => state === 'passed_on')) return 'skipped'
  const standing = reviews.filter(({ undone }) => !undone)
  if (standing.length === 0) return null
  return standing.some(({ labelId }) => labelId === null) ? 'unsure' : 'labels'
}

/**
 * Answers that could still make people agree, less those that are needed: below zero someone else must
 * be asked ("wrong, unsure which", a close call), above zero one second opinion too many waits.
 */
function spare(state: CaseState): number {
  const votes = votesOf(state.reviews)
  return votes.length + awaited(state) - neededVotes(votes, state.wanted)
}

/** Whether an answer just given needs a second opinion that nobody is asked for yet. */
export function wantsSecondOpinion(state: CaseState): boolean {
  const seconds = state.assignments.filter(({ purpose }) => purpose === 'second_opinion')
  return (
    seconds.length < MOST_SECOND_OPINIONS &&
    labelsAmong(state.reviews).length < 2 &&
    spare(state) < 0
  )
}

/** Whether one review fewer would do: the answer that a second opinion was for is gone, or fewer are wanted. */
export const hasNeedlessReview = (state: CaseState): boolean => spare(state) > 0

/** The slot of the next assignment of the case. */
export const nextSlot = ({ assignments }: CaseState): number =>
  Math.max(0, ...assignments.map(({ slot }) => slot)) + 1
