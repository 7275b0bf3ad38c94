import type { Answer } from './answer'

/** Ways in which real models fail to keep an answer format, each seen in practice. */
export const MALFORMED_KINDS = [
  'missing_end_tags',
  'text_around',
  'code_fence',
  'off_list_label',
  'json',
  'quoted_label',
  'escaped_markup',
  'empty',
] as const

export type MalformedKind = (typeof MALFORMED_KINDS)[number]

/** The well-formed answer `text`, spoiled in one of the ways; `answers` is what it says. */
export function spoilAnswer(kind: MalformedKind, text: string, answers: readonly Answer[]): string {
  switch (kind) {
    case 'missing_end_tags':
      return text.replace(/<\/(evidence|classification|response|responses)>/g, '')
    case 'text_around':
      return `Here is my classification of the case:\n\n${text}\n\nLet me know if you need more detail.`
    case 'code_fence':
      return `\`\`\`xml\n${text}\n\`\`\``
    case 'off_list_label':
      return relabel(text, () => 'Other / Unclear')
    case 'json':
      return JSON.stringify(answers.length === 1 ? asObject(answers[0]) : answers.map(asObject))
    case 'quoted_label':
      return relabel(text, (label) => `"${label}"`)
    case 'escaped_markup':
      return text.replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    case 'empty':
      return ''
  }
}

function asObject(answer: Answer | undefined) {
  return {
    classification: answer?.label,
    explanation: answer?.explanation,
    evidence: answer?.evidence,
  }
}

function relabel(text: string, change: (label: string) => string): string {
  return text.replace(
    /<classification>([^<]*)<\/classification>/g,
    (_, label: string) => `<classification>${change(label)}</classification>`,
  )
}
