import type { Answer } from './answer'
import { listElements, readMarkup, textOf } from './markup'
import { isObject } from './shape'

/**
 * The answer that a message asks to bring into form: in `<unreadable_answer>`, under the JSON key
 * `unreadable_answer`, or indented below `Unreadable answer:`. Null where it asks about cases.
 */
export function findUnreadable(question: string): string | null {
  if (!/unreadable.answer/i.test(question)) return null
  const [element] = listElements(readMarkup(question), 'unreadable_answer')
  if (element) return textOf(element)
  const [, below] = /^Unreadable answer:\n((?: {2}.*(?:\n|$))+)/m.exec(question) ?? []
  if (below !== undefined) return below.replaceAll(/^ {2}/gm, '').trim()
  try {
    const given: unknown = JSON.parse(question)
    return isObject(given) && typeof given.unreadable_answer === 'string'
      ? given.unreadable_answer
      : null
  } catch {
    return null
  }
}

/**
 * What an answer says, by whatever marks it has: nothing is weighed, so a mended answer has the label
 * that was said, listed or not. Without a mark it is the listed label that is named last.
 */
export function mendAnswer(text: string, labels: readonly string[]): Answer {
  const said = readField(text, 'classification|label|category')
  const named = labels
    .map((label) => ({ label, at: text.toLowerCase().lastIndexOf(label.toLowerCase()) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => b.at - a.at)
  const listed = labels.find((label) => label.toLowerCase() === said.toLowerCase())
  return {
    id: null,
    label: listed ?? (said === '' ? (named[0]?.label ?? '') : said),
    explanation: readField(text, 'explanation|reason'),
    evidence: readField(text, 'evidence|quote'),
  }
}

/** `<name>…`, `&lt;name&gt;…`, `"name": "…"` or `Name: …`, with or without its end. */
function readField(text: string, names: string): string {
  const plain = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
  const tag = names
    .split('|')
    .map((name) => findDeep(plain, name))
    .find((found) => found !== null)
  const pair = new RegExp(`["'](?:${names})["']\\s*:\\s*"((?:[^"\\\\]|\\\\.)*)`, 'i').exec(
    plain,
  )?.[1]
  const line = new RegExp(`^\\s*\\**(?:${names})\\**\\s*:\\s*(.*)$`, 'im').exec(plain)?.[1]
  return (
    (tag ?? pair ?? line ?? '').split('\n')[0]?.replaceAll(/^["'“*\\\s]+|["'”*\\\s]+$/g, '') ?? ''
  )
}

function findDeep(text: string, name: string): string | null {
  const [found] = listElements(readMarkup(text), name)
  if (!found) return null
  // A tag that was left open holds all that follows it: only what stands before the next one counts.
  const [first] = found.children
  return typeof first === 'string' ? first.trim() : ''
}
