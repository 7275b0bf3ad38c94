import type { Template } from '../../rendering/schema'
import { formOf } from '../../rendering/templates/rules'

/** Tags that the prompt, a case or an answer is made of. */
const OWN_NAMES = [
  'persona',
  'rules',
  'categories',
  'category',
  'name',
  'description',
  'good_examples',
  'bad_examples',
  'example',
  'examples',
  'similar_examples',
  'case',
  'subject',
  'message',
  'omitted',
  'classification',
  'wrong_classification',
  'right_classification',
  'explanation',
  'evidence',
  'rule',
  'answer_format',
  'response',
]

const OWN_TAG = new RegExp(
  `<\\s{0,9}/?\\s{0,9}(?:${OWN_NAMES.join('|')})(?=[\\s/>])[^<>]{0,200}>`,
  'i',
)

/** What models of the Llama family were taught to take for the start or end of a turn. */
const TURN_MARK =
  /\[\s{0,9}\/?\s{0,9}(?:INST|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|SYSTEM_PROMPT)\s{0,9}\]|<<\s{0,9}\/?\s{0,9}SYS\s{0,9}>>|<\s{0,9}\/?\s{0,9}s\s{0,9}>|<\|[^|\n]{1,40}\|>/i

/**
 * A mark that the template itself is made of, where a text holds one: it can't end its part, as it is
 * escaped, but the model reads it. Null without one. `becomes`: as the model reads it.
 */
export function findOwnMark(
  text: string,
  template: Template,
): { mark: string; becomes: string } | null {
  // JSON is made of quotes and braces, which every text may hold: they are escaped one by one.
  if (template === 'json') return null
  const mark = text.match(template === 'xml' ? OWN_TAG : TURN_MARK)?.[0]
  if (mark === undefined) return null
  return { mark, becomes: formOf({ template }).case.escape(mark) }
}

const TAG = /<(\/?)([a-z][\w:-]{0,60})(?:\s[^<>]{0,500})?(\/?)>/gi

/** They are never closed. */
const VOID = new Set(['br', 'hr', 'img', 'input', 'link', 'meta', 'wbr'])

/**
 * The first tag of a text that was written by people which is opened and not closed, or closed and not
 * opened. Null where every tag has its other half.
 */
export function findUnbalanced(text: string): { tag: string; missing: 'end' | 'start' } | null {
  const open: { name: string; tag: string }[] = []
  for (const [tag, end = '', found = '', alone = ''] of text.matchAll(TAG)) {
    const name = found.toLowerCase()
    if (alone !== '' || VOID.has(name)) continue
    if (end === '') {
      open.push({ name, tag })
      continue
    }
    const at = open.findLastIndex((one) => one.name === name)
    if (at === -1) return { tag, missing: 'start' }
    // What was opened in between and not closed.
    const within = open[at + 1]
    if (within) return { tag: within.tag, missing: 'end' }
    open.splice(at)
  }
  const [first] = open
  return first ? { tag: first.tag, missing: 'end' } : null
}
