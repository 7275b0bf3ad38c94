type PromptMessage = { role: string; text: string }
/** `id` is null unless the case came in a pack. */
export type PromptCase = { id: string | null; subject: string; messages: PromptMessage[] }
export type PromptCategory = { name: string; description: string }
/** What the prompt says of one earlier case; `wrong` is the label it warns against. */
export type PromptExample = {
  case: PromptCase
  right: string | null
  wrong: string | null
  explanation: string
}

/** What one text of a prompt tells, its labels as they stand there. */
export type Told = {
  categories: PromptCategory[]
  good: PromptExample[]
  bad: PromptExample[]
  /** Persona and rules. */
  said: string
}

export type AnswerForm = 'xml' | 'json' | 'inst'
/** What an answer holds besides explanation and label; `labelKey`: how JSON calls the label, if told. */
export type AnswerFormat = { evidence: boolean; labelKey: 'label' | 'classification' | null }

export const FULL_FORMAT: AnswerFormat = { evidence: true, labelKey: null }

export const NOTHING_TOLD: Told = { categories: [], good: [], bad: [], said: '' }

const SPEAKER_LINE = /^(customer|client|user|agent|support|assistant|system)\s*:\s*/im

/**
 * Plain text as people write examples: a line of subject, then paragraphs that begin with who
 * speaks ("Customer: …"). Text in which nobody is named is one message of the customer's.
 */
export function readTranscript(text: string): Pick<PromptCase, 'subject' | 'messages'> {
  const start = text.search(SPEAKER_LINE)
  if (start < 0) {
    return { subject: '', messages: text === '' ? [] : [{ role: 'customer', text }] }
  }
  const [, ...parts] = text.slice(start).split(new RegExp(SPEAKER_LINE, 'gim'))
  const messages: PromptMessage[] = []
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const speaker = (parts[at] ?? '').toLowerCase()
    const isAgent = ['agent', 'support', 'assistant'].includes(speaker)
    const role = isAgent ? 'agent' : speaker === 'system' ? 'system' : 'customer'
    messages.push({ role, text: (parts[at + 1] ?? '').trim() })
  }
  return { subject: text.slice(0, start).trim(), messages }
}
