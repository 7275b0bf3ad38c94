import type { CaseContent, Message } from '@/lib/cases/schema'

/** The plain text that a promoted example starts with; people trim it to what decides. */
export function renderExampleCase({ subject, messages }: CaseContent): string {
  const said = messages.map(({ role, text }) => `${nameRole(role)}: ${text.trim()}`)
  return [subject.trim(), ...said].filter((part) => part !== '').join('\n\n')
}

function nameRole(role: string): string {
  return role.charAt(0).toUpperCase() + role.slice(1)
}

const SPEAKER = /^(Customer|Agent|System): /
const BETWEEN_MESSAGES = /\n\n(?=(?:Customer|Agent|System): )/

/** The way back, as far as people left the names of who speaks in the text: without them, one message. */
export function readExampleCase(text: string): CaseContent {
  const parts = text.split(BETWEEN_MESSAGES)
  const [start = ''] = parts
  const subject = parts.length > 1 && !SPEAKER.test(start) ? start : ''
  return {
    subject,
    messages: parts.slice(subject === '' ? 0 : 1).map((part) => ({
      author: '',
      role: roleOf(part.match(SPEAKER)?.[1]),
      time: null,
      text: part.replace(SPEAKER, ''),
    })),
  }
}

function roleOf(name: string | undefined): Message['role'] {
  if (name === 'Agent') return 'agent'
  return name === 'System' ? 'system' : 'customer'
}

/**
 * The explanation that a bad example starts with. `right` and `wrong` are category names; `wrong`
 * is null (or the same) where the label was right and only the reason was wrong.
 */
export function draftExplanation(correction: {
  right: string
  wrong: string | null
  note: string
}): string {
  const { right, wrong } = correction
  const lead =
    wrong === null || wrong === right
      ? `Classification should be ${right}, but not for the reason given.`
      : `Classification should be ${right} and not ${wrong}.`
  return `${lead} ${correction.note.trim()}`.trim()
}

type BadExampleForm = 'wrong_with_reason' | 'corrected_with_rule'

/**
 * What an explanation starts with, in the form in which the version shows bad examples: the wrong label
 * named and the reason, or a rule of one line that does not name it without need.
 */
export function draftForForm(
  form: BadExampleForm,
  correction: { right: string; wrong: string | null; note: string },
): string {
  if (form === 'wrong_with_reason') return draftExplanation(correction)
  const { right, wrong } = correction
  const note = correction.note.replace(/\s+/g, ' ').trim()
  if (note !== '') return note
  return wrong === null || wrong === right
    ? `A case like this is ${right}.`
    : `A case like this is ${right} rather than ${wrong}.`
}
