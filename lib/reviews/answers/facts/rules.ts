import { conflict } from '@/lib/platform/errors'
import type { CaseState } from '../../labels/schema'
import type { SubmitInput } from '../schema'
import type { AnswerFacts } from './schema'

/**
 * Throws `conflict` for an answer that comes too late or was never asked for. A lease that ran out does
 * not matter while the assignment is open and nobody else is at it, even if someone else had it
 * meanwhile; but what the person has since learned of the case, or passed on, does.
 */
export function checkTurn(facts: AnswerFacts): void {
  if (facts.status === 'withdrawn') {
    throw conflict('This case was taken out of the queue. Your answer was not saved.')
  }
  if (facts.status === 'answered') {
    throw facts.isHolder
      ? conflict('You have answered this case already. Your first answer stands: undo it first.')
      : conflict('Someone else has answered this case meanwhile. Your answer was not saved.')
  }
  if (facts.isTaken) throw conflict('Someone else has this case now. Your answer was not saved.')
  if (facts.answeredElsewhere) {
    throw conflict('You have answered this case already. Your first answer stands.')
  }
  if (facts.isHolder && !knowsAnswer(facts)) return
  if (facts.passedOn || facts.seen) {
    throw conflict('This case is not yours to answer any more. Your answer was not saved.')
  }
  if (facts.heldBefore) return
  throw facts.isFree
    ? conflict('This case was not handed out to you. Your answer was not saved.')
    : conflict('Someone else has this case now. Your answer was not saved.')
}

/** What others or the model say was seen since it was asked; of a repeat that was known before. */
const knowsAnswer = ({ seen, mode, purpose }: AnswerFacts): boolean =>
  seen && purpose !== 'repeat' && (mode === 'blind' || purpose === 'check_case')

/** Where a case stands with one more answer in. */
export function withAnswer(facts: AnswerFacts, reviewerId: string, input: SubmitInput): CaseState {
  const { state, slot } = facts
  const former = state.reviews.find((review) => review.reviewerId === reviewerId)
  return {
    ...state,
    reviews: [
      ...state.reviews.filter((review) => review !== former),
      {
        reviewerId,
        undone: false,
        labelId: input.labelId,
        secondLabelId: input.secondLabelId,
        closeCall: input.closeCall,
        bulk: false,
        selection: facts.selection,
        mode: facts.mode,
      },
    ],
    assignments: state.assignments.map((wanted) =>
      wanted.slot === slot && wanted.state === 'open' ? { ...wanted, state: 'answered' } : wanted,
    ),
  }
}

/**
 * When an answer was given, by the server's clock: the device's own clock may be wrong, but it ran on
 * evenly between answering and sending. Never before the case was asked, nor in the future. Milliseconds.
 */
export function correctClock(
  { answeredAt, sentAt }: Pick<SubmitInput, 'answeredAt' | 'sentAt'>,
  { openedAt, now }: Pick<AnswerFacts, 'openedAt' | 'now'>,
): number {
  const wrong = sentAt === undefined ? 0 : now - Date.parse(sentAt)
  return Math.min(now, Math.max(openedAt, Date.parse(answeredAt) + wrong))
}
