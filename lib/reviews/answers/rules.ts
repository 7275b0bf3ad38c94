import { AppError } from '@/lib/platform/errors'
import type { Thumb } from '../schema'
import type { SubmitInput } from './schema'

/** What was in view: null when blind; `labelId` null when the model gave no valid label. */
export type Shown = { suggestionId: string; labelId: string | null } | null

/**
 * The thumb that an answer amounts to: up for the suggested label, down for another or for none;
 * none in a blind review, where there was nothing to agree with.
 */
export function thumbOf(labelId: string | null, shown: Shown): Thumb | null {
  if (!shown) return null
  return labelId !== null && labelId === shown.labelId ? 'up' : 'down'
}

/** Throws `invalid` or `conflict` for an answer that contradicts itself or what was in view. */
export function checkAnswer(
  answer: SubmitInput,
  shown: Shown,
  categoryIds: ReadonlySet<string>,
): void {
  if (answer.suggestionId !== (shown?.suggestionId ?? null)) {
    throw new AppError(
      'conflict',
      'The suggestion of this case has changed since. Nothing was saved: please look again.',
    )
  }
  for (const [field, id] of [
    ['labelId', answer.labelId],
    ['secondLabelId', answer.secondLabelId],
  ] as const) {
    if (id !== null && !categoryIds.has(id)) {
      throw refuse(field, 'This label is not one of the project’s categories.')
    }
  }
  if (answer.labelId === null && !shown) {
    throw refuse('labelId', 'A blind review needs a label. Skip the case if you can’t tell.')
  }
  if (answer.closeCall && answer.labelId === null) {
    throw refuse('labelId', 'A close call needs a label.')
  }
  if (answer.secondLabelId !== null && !answer.closeCall) {
    throw refuse('secondLabelId', 'Only a close call has a second choice.')
  }
  if (answer.secondLabelId !== null && answer.secondLabelId === answer.labelId) {
    throw refuse('secondLabelId', 'The second choice must differ from the label.')
  }
  if (answer.wrongReason && thumbOf(answer.labelId, shown) !== 'up') {
    throw refuse('wrongReason', '“Right label, wrong reason” goes with the suggested label only.')
  }
}

function refuse(field: string, message: string): AppError {
  return new AppError('invalid', message, { [field]: message })
}

type Said = Pick<
  SubmitInput,
  | 'assignmentId'
  | 'suggestionId'
  | 'labelId'
  | 'closeCall'
  | 'secondLabelId'
  | 'wrongReason'
  | 'note'
>

/** Whether a repeated request says what the first one said; clocks may differ. */
export const saysTheSame = (a: Said, b: Said): boolean =>
  a.assignmentId === b.assignmentId &&
  a.suggestionId === b.suggestionId &&
  a.labelId === b.labelId &&
  a.closeCall === b.closeCall &&
  a.secondLabelId === b.secondLabelId &&
  a.wrongReason === b.wrongReason &&
  a.note === b.note
