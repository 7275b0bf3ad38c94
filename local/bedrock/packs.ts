import { createHash } from 'node:crypto'
import { type Answer, answerCase } from './answer'
import { type Classifier, classifyCase } from './classifier'
import type { PromptCase } from './prompts/told'

/** What real models do to the items of a pack now and then. */
export const PACK_FAULT_KINDS = ['missing', 'double', 'changed_id'] as const
export type PackFaultKind = (typeof PACK_FAULT_KINDS)[number]
/** `place`: which item, as a share of the pack from 0 to 1. */
export type PackFault = { kind: PackFaultKind; place: number }

/** Share of cases, for each place further back in the pack, that get the second best label. */
const FALL_PER_PLACE = 0.01

/**
 * Answers for the cases of one prompt. In a pack the quality falls slightly with the position, as that
 * of real models does: the case at place p (from 0) slips to its second best label with probability
 * p/100. Whether it slips follows from the seed and its own text, so the same case at the same place
 * always gets the same answer, and one that slips goes on to slip further back.
 */
export function answerCases(
  classifier: Classifier,
  cases: readonly PromptCase[],
  seed: number,
): Answer[] {
  return cases.map((one, place) => {
    const verdict = classifyCase(classifier, one)
    const { label, second } = verdict
    const slips = place > 0 && second !== null && drawSlip(one, seed) < FALL_PER_PLACE * place
    return answerCase(classifier, one, slips ? { label: second, second: label } : verdict)
  })
}

/** Anything on the list, by a hash of the case: costs next to nothing, says nothing of the case. */
export function echoCases(labels: readonly string[], cases: readonly PromptCase[]): Answer[] {
  return cases.map((one) => {
    const text = one.messages[0]?.text ?? one.subject
    return {
      id: one.id,
      label: labels[hashCase(one).readUInt32BE() % Math.max(1, labels.length)] ?? '',
      explanation:
        'This is an echo: the label follows from a hash of the case, not from its words.',
      evidence: text.slice(0, 80).split('\n')[0]?.trim() ?? '',
    }
  })
}

/** A pack whose answers are not those that were asked for. A single answer is left alone. */
export function spoilPack(answers: readonly Answer[], fault: PackFault | null): readonly Answer[] {
  const at = Math.floor((fault?.place ?? 0) * answers.length)
  const one = answers[at]
  if (fault === null || one === undefined || answers.length < 2) return answers
  const [before, after] = [answers.slice(0, at), answers.slice(at + 1)]
  if (fault.kind === 'missing') return [...before, ...after]
  if (fault.kind === 'double') return [...before, one, one, ...after]
  return [...before, { ...one, id: one.id === null ? null : `${one.id}9` }, ...after]
}

function drawSlip(one: PromptCase, seed: number): number {
  return hashCase(one, String(seed)).readUInt32BE() / 2 ** 32
}

/** Of the case's text alone: the id that a pack gives it says nothing. */
function hashCase({ subject, messages }: PromptCase, salt = ''): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([salt, subject, messages]))
    .digest()
}
