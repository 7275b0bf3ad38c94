import type { CaseContent } from '@/lib/cases/schema'

/** The plain text that a promoted example starts with; people trim it to what decides. */
export function renderExampleCase({ subject, messages }: CaseContent): string {
  const said = messages.map(({ role, text }) => `${nameRole(role)}: ${text.trim()}`)
  return [subject.trim(), ...said].filter((part) => part !== '').join('\n\n')
}

function nameRole(role: string): string {
  return role.charAt(0).toUpperCase() + role.slice(1)
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
