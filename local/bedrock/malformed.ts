import { type Answer, renderAnswers } from './answer'
import { type AnswerForm, type AnswerFormat, FULL_FORMAT } from './prompts/told'

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
  'prose',
] as const

export type MalformedKind = (typeof MALFORMED_KINDS)[number]

/** What the answers say, spoiled in one of the ways, by a model that was asked for `form`. */
export function spoilAnswer(
  kind: MalformedKind,
  answers: readonly Answer[],
  form: AnswerForm,
  format: AnswerFormat = FULL_FORMAT,
): string {
  const text = renderAnswers(answers, form, format)
  const render = (said: readonly Answer[]) => renderAnswers(said, form, format)
  switch (kind) {
    case 'missing_end_tags':
      return leaveOpen(text, form)
    case 'text_around':
      return `Here is my classification of the case:\n\n${text}\n\nLet me know if you need more detail.`
    case 'code_fence':
      return `\`\`\`${form === 'inst' ? '' : form}\n${text}\n\`\`\``
    case 'off_list_label':
      return render(relabel(answers, () => 'Other / Unclear'))
    case 'json':
      // Where JSON is asked for, the other habit of models is out of place.
      return renderAnswers(answers, form === 'json' ? 'xml' : 'json', format)
    case 'quoted_label':
      return render(relabel(answers, (label) => `"${label}"`))
    case 'escaped_markup':
      return form === 'json'
        ? JSON.stringify(text)
        : text.replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    case 'empty':
      return ''
    case 'prose':
      return answers
        .map(({ id, label }) => {
          const which = id === null ? 'this case' : `case ${id}`
          return `After weighing it I would file ${which} under ${label}, and nowhere else.`
        })
        .join('\n')
  }
}

function leaveOpen(text: string, form: AnswerForm): string {
  if (form === 'json') return text.replace(/[\]}]+$/, '')
  return form === 'inst'
    ? text.replaceAll('\n', ' ')
    : text.replace(/<\/(evidence|classification|response|responses)>/g, '')
}

function relabel(answers: readonly Answer[], change: (label: string) => string): Answer[] {
  return answers.map((answer) => ({ ...answer, label: change(answer.label) }))
}
