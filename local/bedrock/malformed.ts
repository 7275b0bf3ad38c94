import { type Answer, renderAnswers } from './answer'
import type { AnswerForm } from './prompt'

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

/** What the answers say, spoiled in one of the ways, by a model that was asked for `form`. */
export function spoilAnswer(
  kind: MalformedKind,
  answers: readonly Answer[],
  form: AnswerForm,
): string {
  const text = renderAnswers(answers, form)
  switch (kind) {
    case 'missing_end_tags':
      return leaveOpen(text, form)
    case 'text_around':
      return `Here is my classification of the case:\n\n${text}\n\nLet me know if you need more detail.`
    case 'code_fence':
      return `\`\`\`${form === 'inst' ? '' : form}\n${text}\n\`\`\``
    case 'off_list_label':
      return relabel(answers, form, () => 'Other / Unclear')
    case 'json':
      // Where JSON is asked for, the other habit of models is out of place.
      return renderAnswers(answers, form === 'json' ? 'xml' : 'json')
    case 'quoted_label':
      return relabel(answers, form, (label) => `"${label}"`)
    case 'escaped_markup':
      return form === 'json'
        ? JSON.stringify(text)
        : text.replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    case 'empty':
      return ''
  }
}

function leaveOpen(text: string, form: AnswerForm): string {
  if (form === 'json') return text.replace(/[\]}]+$/, '')
  return form === 'inst'
    ? text.replaceAll('\n', ' ')
    : text.replace(/<\/(evidence|classification|response|responses)>/g, '')
}

function relabel(
  answers: readonly Answer[],
  form: AnswerForm,
  change: (label: string) => string,
): string {
  return renderAnswers(
    answers.map((answer) => ({ ...answer, label: change(answer.label) })),
    form,
  )
}
