import type { SavedAnswer, SkipInput, SubmitInput, UndoInput, Undone } from '../answers/schema'
import type { Claim } from '../queue/schema'

/**
 * Something the person did that the server has yet to confirm. Named by the case's external id: what
 * waits to be sent holds answers, not case texts.
 */
export type Pending = { externalId: string; caseId?: string } & (
  | { kind: 'answer'; input: SubmitInput }
  /** Without an assignment where the page does not know the case: it comes with the server's answer. */
  | { kind: 'undo'; input: UndoInput; assignmentId: string }
  | { kind: 'skip'; input: SkipInput }
)

/** What the server will not take, and why. */
export type Refused = { pending: Pending; message: string }

/** Why what waits could not be sent yet. */
export type Failure = { why: 'offline' | 'signed_out' | 'unavailable'; message: string }

/** What was said of a case that is in hand again; label null: wrong, unsure which. */
type Former = Pick<Undone, 'labelId' | 'closeCall' | 'secondLabelId' | 'note'>

export type Returned = Former & Pick<Undone, 'claim'>

/** What became of one thing that was sent; `returned` where the page did not have the case itself. */
export type Outcome =
  | { type: 'sent'; id: string; after?: After; returned?: Returned }
  | { type: 'refused'; id: string; message: string }
  | ({ type: 'failed'; id: string } & Failure)

/** What the server told once it had the answer; nothing of it is known before. */
type After = Pick<SavedAnswer, 'check' | 'precedents' | 'revealable'>

/** How far a newcomer is with the cases that come before real work; `wait`: a manager has to decide. */
export type Training = {
  answered: number
  right: number
  wanted: number
  pass: number
  wait: boolean
}

/** Work that was given to this person. */
export type CurrentHandout = { note: string; dueOn: string | null; done: number; cases: number }

/** An answer given on this page, kept so that it can be taken back at once. */
export type Past = Returned & {
  reviewId: string
  thumb: Thumb
  /** Missing until the server has confirmed it. */
  after?: After
}
type Thumb = 'up' | 'down' | null

export type Session = {
  /** The case in view and the next few. */
  readonly queue: readonly Claim[]
  /** What waits to be sent, in the order in which it was done. */
  readonly outbox: readonly Pending[]
  readonly failure: Failure | null
  /** Kept in view until the person has read it. */
  readonly refused: readonly Refused[]
  /** Newest last. */
  readonly past: readonly Past[]
  /** Assignments answered or skipped here: a batch that was on its way must not bring them back. */
  readonly gone: readonly string[]
  /** By assignment: what was said before of a case that is in hand again. */
  readonly former: Readonly<Record<string, Former>>
  /** Whether the server has been asked yet, and had no more. */
  readonly supply: 'unknown' | 'more' | 'none'
}

export type SessionEvent =
  | { type: 'claimed'; claims: readonly Claim[] }
  | { type: 'answered'; pending: Extract<Pending, { kind: 'answer' }>; thumb: Thumb }
  | { type: 'skipped'; pending: Extract<Pending, { kind: 'skip' }> }
  | { type: 'taken_back'; pending: Extract<Pending, { kind: 'undo' }> }
  | Outcome
  /** What the browser keeps: of an earlier page, of another window, and of this one. */
  | { type: 'kept'; waiting: readonly Pending[]; refused: readonly Refused[] }
  | { type: 'retried' }
  | { type: 'read'; id: string }
  | { type: 'renewed'; leaseUntil: string | null; lost: readonly string[] }
  /** Time to ask again whether there is more to do. */
  | { type: 'hoped' }
