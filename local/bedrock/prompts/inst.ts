import type { PromptReader } from './reader'
import { type PromptCase, type PromptExample, readTranscript, type Told } from './told'

/**
 * Prompts in Llama 2 style: headings, marks and names of fields begin at the margin, every line of a
 * text is indented, and each example is a case between [INST] and [/INST] with its fields after it.
 */
export const INST_READER: PromptReader = {
  isForm: (text) => /^(Categories|Similar examples|Case(?: \S+)?):$/m.test(text),
  readTold,
  readCases,
  asks: (text) => CASE_HEADING.test(text),
  teaches: (text) => /^(\[INST\]|Categories:)$/m.test(text),
}

/** `Case:` alone, or `Case 3:` in a pack. */
const CASE_HEADING = /^Case(?: (\S+))?:$/m

/** A line at the margin, and the indented ones below it. */
type Item = { head: string; body: string }

function readTold(text: string): Told {
  const told: Told = { categories: [], good: [], bad: [], said: '' }
  let part = ''
  let example: PromptExample | null = null
  for (const { head, body } of readItems(text)) {
    const [, heading] = /^([A-Z][a-z]+(?: [a-z]+)?):$/.exec(head) ?? []
    if (heading !== undefined) {
      part = heading
      if (part === 'Persona' || part === 'Rules') told.said += `\n${body}`
    } else if (part === 'Categories' && head.startsWith('- ')) {
      told.categories.push({ name: head.slice(2).trim(), description: body.trim() })
    } else if (part.endsWith('examples')) {
      if (head === '[INST]') {
        const read = { id: null, ...readTranscript(body.trim()) }
        example = { case: read, right: null, wrong: null, explanation: '' }
        told[part === 'Bad examples' ? 'bad' : 'good'].push(example)
      } else if (example) readField(example, head, body)
    }
  }
  return told
}

function readField(example: PromptExample, head: string, body: string): void {
  const [, name, value = ''] = /^([A-Z][a-z ]+): (.*)$/.exec(head) ?? []
  const text = [value, body].join('\n').trim()
  if (name === 'Wrong classification') example.wrong = text
  else if (name === 'Classification' || name === 'Right classification') example.right = text
  else if (name === 'Explanation') example.explanation = text
}

/** What stands before the first heading belongs to no case, unless there is no heading at all. */
function readCases(text: string): PromptCase[] {
  const items = readItems(text)
  const starts = items.flatMap(({ head }, i) => (CASE_HEADING.test(head) ? [i] : []))
  if (starts.length === 0) return [readCase(null, items)]
  return starts.map((start, n) => {
    const [, id] = CASE_HEADING.exec(items[start]?.head ?? '') ?? []
    return readCase(id ?? null, items.slice(start + 1, starts[n + 1]))
  })
}

function readCase(id: string | null, items: readonly Item[]): PromptCase {
  const read: PromptCase = { id, subject: '', messages: [] }
  for (const { head, body } of items) {
    const [, role] = /^(Customer|Agent|System)\b.*:$/.exec(head) ?? []
    if (head.startsWith('Subject: ')) read.subject = `${head.slice(9)}\n${body}`.trim()
    else if (role !== undefined) read.messages.push({ role: role.toLowerCase(), text: body.trim() })
    else {
      // After a mark of something left out inside a message, that message goes on.
      const last = read.messages.at(-1)
      if (last && body !== '') last.text = `${last.text}\n${body}`.trim()
    }
  }
  return read
}

function readItems(text: string): Item[] {
  const items: Item[] = []
  for (const line of text.split('\n')) {
    const last = items.at(-1)
    if (!line.startsWith('  ')) items.push({ head: line, body: '' })
    else if (last) last.body += `${last.body === '' ? '' : '\n'}${line.slice(2)}`
  }
  return items
}
