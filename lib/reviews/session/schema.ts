import type { SavedAnswer, SkipInput, SubmitInput, UndoInput } from '../answers/schema'
import type { Claim } from '../queue/schema'

/**
 * Something the person did that the server has yet to confirm. Named by the case's external id: what
 * waits to be sent holds answers, not case texts.
 */
export type Pending = { externalId: string } & (
  | { kind: 'answer'; input: SubmitInput }
  | { kind: 'undo'; input: UndoInput; assignmentId: string }
  | { kind: 'skip'; input: SkipInput }
)

/** What the server told once it had the answer; nothing of it is known before. */
export type After = Pick<SavedAnswer, 'check' | 'precedents' | 'revealable'>

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
export type Past = {
  reviewId: string
  claim: Claim
  labelId: string | null
  thumb: Thumb
  /** Missing until the server has confirmed it. */
  after?: After
}
type Thumb = 'up' | 'down' | null

export type Session = {
  /** The case in view and the next few. */
  readonly queue: readonly Claim[]
  /** In the order in which it was done, which is the order in which it is sent. */
  readonly outbox: readonly Pending[]
  /** Why the first of the outbox could not be sent yet. */
  readonly failure: string | null
  /** What the server will not take, and why. Kept in view until the person has read it. */
  readonly refused: readonly { pending: Pending; message: string }[]
  /** Newest last. */
  readonly past: readonly Past[]
  /** Assignments answered or skipped here: a batch that was on its way must not bring them back. */
  readonly gone: readonly string[]
  /** Whether the server has been asked yet, and had no more. */
  readonly supply: 'unknown' | 'more' | 'none'
}

export type SessionEvent =
  | { type: 'claimed'; claims: readonly Claim[] }
  | { type: 'answered'; pending: Extract<Pending, { kind: 'answer' }>; thumb: Thumb }
  | { type: 'skipped'; pending: Extract<Pending, { kind: 'skip' }> }
  | { type: 'taken_back'; pending: Extract<Pending, { kind: 'undo' }> }
  /** An answer of before this page was loaded came back. */
  | { type: 'returned'; claim: Claim }
  | { type: 'sent'; id: string; after?: After }
  | { type: 'failed'; id: string; message: string }
  | { type: 'refused'; id: string; message: string }
  | { type: 'retried' }
  | { type: 'read'; id: string }
  | { type: 'renewed'; leaseUntil: string | null; lost: readonly string[] }
  /** Time to ask again whether there is more to do. */
  | { type: 'hoped' }
