import { answerCase, escapeMarkup } from './answer'
import { type Classifier, classifyCase } from './classifier'
import type { MalformedKind } from './malformed'
import { findChild, listElements, readMarkup, textOf } from './markup'
import type { PromptCase } from './prompts/told'

export type Judgement = {
  reason: string
  verdict: 'right' | 'wrong' | 'unsure'
  classification: string
}

/** The category that a message asks to rate, in `<suggestion>` beside the case; null where it asks for labels. */
export function findRated(question: string): string | null {
  if (!question.includes('<suggestion')) return null
  const [suggestion] = listElements(readMarkup(question), 'suggestion', ['case'])
  const label = suggestion ? findChild(suggestion, 'classification') : null
  return label ? textOf(label) : null
}

/**
 * Labels the case by the same words as ever and compares: right where it says the same, unsure where no
 * word of the case speaks for anything, wrong otherwise. It weighs no reasons.
 */
export function judgeCase(
  classifier: Classifier,
  cases: readonly PromptCase[],
  rated: string,
): Judgement {
  const [one] = cases
  if (!one) return { reason: 'There is no case.', verdict: 'unsure', classification: rated }
  const verdict = classifyCase(classifier, one)
  const { explanation } = answerCase(classifier, one, verdict)
  const same = verdict.label.toLowerCase() === rated.trim().toLowerCase()
  const guess = explanation.startsWith('No word of the case')
  return {
    reason: explanation,
    verdict: same ? 'right' : guess ? 'unsure' : 'wrong',
    classification: verdict.label,
  }
}

/** Whether it is a judgement whose form is to be mended. */
export const mendsJudgements = (system: string): boolean => system.includes('<judgement>')

/**
 * What an unreadable judgement says: the verdict and the listed category that are named last, without
 * weighing anything.
 */
export function mendJudgement(
  text: string,
  labels: readonly string[],
): Record<keyof Judgement, string> {
  const said = text.toLowerCase()
  const [verdict = ''] =
    said.match(/\b(?:right|wrong|unsure)\b(?!.*\b(?:right|wrong|unsure)\b)/s) ?? []
  const named = labels
    .map((label) => ({ label, at: said.lastIndexOf(label.toLowerCase()) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => b.at - a.at)
  return { reason: text.trim(), verdict, classification: named[0]?.label ?? '' }
}

export function writeJudgement(
  judgement: Record<keyof Judgement, string>,
  form: 'xml' | 'json',
): string {
  if (form === 'json') return JSON.stringify(judgement)
  const parts = Object.entries(judgement).map(
    ([name, text]) => `<${name}>${escapeMarkup(text)}</${name}>`,
  )
  return ['<judgement>', ...parts, '</judgement>'].join('\n')
}

/** As a fate spoils answers, in the few ways that make sense here; the rest is prose without a form. */
export function spoilJudgement(kind: MalformedKind, said: string): string {
  if (kind === 'empty') return ''
  if (kind === 'code_fence') return `\`\`\`xml\n${said}\n\`\`\``
  return said
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
