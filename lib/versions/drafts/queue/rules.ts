import { explainLength, type LimitedText } from '../../limits/rules'
import { isSamePart, type Part, partsOf, touches } from '../merging/rules'
import { applySteps, type DraftContent, type Step } from '../steps/rules'

/** Why a step can't be saved as it is, for the person; null where it can. */
export function explainUnsendable(step: Step): string | null {
  switch (step.do) {
    case 'set': {
      const { note, persona, rules } = step.fields
      return firstTooLong({ note, persona, rules })
    }
    case 'describe':
      return firstTooLong({ description: step.description })
    case 'takeCategory':
      return firstTooLong({ description: step.category.description })
    case 'addExample': {
      const { text, explanation } = step.example
      return firstTooLong({ exampleText: text, explanation })
    }
    case 'changeExample':
      return firstTooLong({ exampleText: step.change.text, explanation: step.change.explanation })
    default:
      return null
  }
}

function firstTooLong(texts: Partial<Record<LimitedText, string | undefined>>): string | null {
  for (const [what, text] of Object.entries(texts)) {
    const problem = text === undefined ? null : explainLength(what as LimitedText, text)
    if (problem) return problem
  }
  return null
}

/** The steps with one more at the end. Of what is typed into one field only the newest is kept, but for the one that is on its way. */
export function enqueue(pending: readonly Step[], step: Step, onItsWay: Step | null): Step[] {
  const parts = partsOf(step)
  const isOlder = (one: Step) =>
    one !== onItsWay && isText(one) && isSubset(partsOf(one), parts) && replaces(step, one)
  return [...pending.filter((one) => !isOlder(one)), step]
}

const isText = (step: Step) => step.do === 'set' || step.do === 'describe'

/** A category that is left out needs no description any more. */
const replaces = (step: Step, older: Step) =>
  step.do === older.do || (step.do === 'leaveCategory' && older.do === 'describe')

const isSubset = (parts: readonly Part[], of: readonly Part[]) =>
  parts.every((part) => of.some((one) => isSamePart(one, part)))

/**
 * The first step that can be saved now. Steps on one part keep their order; what is held back (too
 * long, refused, in question between two people) holds up only what touches the same.
 */
export function findSendable(
  pending: readonly Step[],
  isHeld: (step: Step) => boolean,
): Step | null {
  const held: Part[] = []
  for (const step of pending) {
    if (!isHeld(step) && !touches(step, held)) return step
    held.push(...partsOf(step))
  }
  return null
}

/**
 * The draft as it is shown, but for texts that are too long to be saved: whatever reads all of it (the
 * prompt, the checks) reads what is saved instead, as megabytes would hold the page up.
 */
export function takeFitting<Draft extends DraftContent>(draft: {
  saved: Draft
  shown: Draft
  pending: readonly Step[]
}): Draft {
  const fitting = draft.pending.filter((step) => explainUnsendable(step) === null)
  return fitting.length === draft.pending.length ? draft.shown : applySteps(draft.saved, fitting)
}
