import type { CaseState, Mode, Purpose, Selection } from '../../labels/schema'
import type { SubmitInput } from '../schema'

/** An answer that was saved under the id of this request. */
type SavedReview = Omit<SubmitInput, 'answeredAt' | 'sentAt' | 'seconds'> & {
  reviewerId: string
  undone: boolean
}

/** What decides whether an answer is taken and what follows from it, read while its case is locked. */
export type AnswerFacts = {
  caseId: string
  slot: number
  purpose: Purpose
  selection: Selection
  mode: Mode
  status: 'open' | 'answered' | 'withdrawn'
  /** It is written down as held by this person, whether or not the lease has ended. */
  isHolder: boolean
  /** Nobody is written down as its holder. */
  isFree: boolean
  /** This person had it, and let the lease run out. */
  heldBefore: boolean
  /** Another person's lease on it runs, or it is set aside for them. */
  isTaken: boolean
  /** By this person: the case answered on another assignment, passed on, its labels seen. */
  answeredElsewhere: boolean
  passedOn: boolean
  seen: boolean
  /** Null when blind. */
  suggestionId: string | null
  suggestedLabelId: string | null
  /** The version whose definitions the person saw: that of the suggestion, else the one in force. */
  versionId: string | null
  categoryIds: string[]
  /** The person's newest row on this assignment, which a new answer supersedes. */
  formerId: string | null
  saved: SavedReview | null
  isTest: boolean
  /** The set-up in force has said something of the case. */
  hasSuggestion: boolean
  /** Milliseconds of the database's clock. */
  openedAt: number
  now: number
  state: CaseState
}
