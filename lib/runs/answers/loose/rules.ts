import { z } from 'zod'
import type { Reading, SaidLabel } from '@/lib/runs/answers/schema'

const NAMES = {
  labels: 'classification|category|label',
  explanation: 'explanation|reasoning|reason',
  evidence: 'evidence|quotation|quote',
}

const answerObject = z.object({
  classification: z.string(),
  explanation: z.string().default(''),
  evidence: z.string().default(''),
})

/**
 * An answer that is one whole JSON object, perhaps with text or a fence around it. Null where there
 * is none, or where it names a field twice: then `readPairs` sees what differs.
 */
export function readObject(raw: string): Reading | null {
  const at = raw.indexOf('{')
  if (at < 0) return null
  const text = raw.slice(at, raw.lastIndexOf('}') + 1)
  const said = parseObject(text)
  if (said === null) return null
  return {
    labels: [{ text: said.classification.trim(), whole: true }],
    explanation: said.explanation.trim(),
    evidence: said.evidence.trim(),
    form: 'json',
    clean: raw.trim() === text,
    at,
  }
}

function parseObject(text: string): z.infer<typeof answerObject> | null {
  try {
    const { data } = answerObject.safeParse(JSON.parse(text))
    // The strings of valid JSON are told apart for certain; those before a colon are its keys.
    const keys = [...text.matchAll(/"((?:\\.|[^"\\])*)"(\s*:)?/g)].flatMap(([, key, colon]) =>
      colon === undefined ? [] : [key],
    )
    return data && new Set(keys).size === keys.length ? data : null
  } catch {
    return null
  }
}

/**
 * An answer in JSON or something like it (cut off, single quotes, commas too many, in a fence). Null
 * without a single `"name": "text"` pair. Read pair by pair, so that a truncated object still gives
 * the pairs that are whole, and one that names the label twice is seen to.
 */
export function readPairs(raw: string): Reading | null {
  const labels = listValues(raw, NAMES.labels)
  const explanations = listValues(raw, NAMES.explanation)
  const evidences = listValues(raw, NAMES.evidence)
  const found = [...labels, ...explanations, ...evidences]
  if (found.length === 0) return null
  return {
    labels: labels.map(({ text }) => ({ text, whole: true })),
    explanation: explanations[0]?.text ?? '',
    evidence: evidences[0]?.text ?? '',
    form: 'json',
    clean: false,
    at: Math.min(...found.map(({ at }) => at)),
  }
}

function listValues(raw: string, names: string): { text: string; at: number }[] {
  const pair = new RegExp(
    `(?<!\\\\)(["'])(?:${names})\\1\\s*:\\s*(\\[\\s*)?(?:"((?:\\\\.|[^"\\\\])*)"|'((?:\\\\.|[^'\\\\])*)')`,
    'gi',
  )
  return [...raw.matchAll(pair)].flatMap((match) => {
    const [all, , list, double, single] = match
    const severalInList = list !== undefined && !/^\s*\]/.test(raw.slice(match.index + all.length))
    const text = unescapeString(double ?? single ?? '').trim()
    return severalInList ? [] : [{ text, at: match.index }]
  })
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }

function unescapeString(text: string): string {
  return text.replace(/\\(?:u([\da-f]{4})|([\s\S]))/gi, (_, code?: string, character = '') =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : (ESCAPES[character] ?? character),
  )
}

/** A line that opens a field: "Classification: X", "**Category:** X", "## Classification". */
const HEADING = new RegExp(
  `^[\\s>*_#\`•\\d.)-]*(?:final |predicted )?(?:(${NAMES.labels})|(${NAMES.explanation})|(${NAMES.evidence}))[\\s*_\`]*(?:[:=：][\\s*_\`]*(.*)|$)`,
  'i',
)

type HeadedField = {
  kind: keyof typeof NAMES
  lines: string[]
  last: boolean
  /** The heading stands as it was asked for. */
  plain: boolean
}

/** An answer in lines with headings. Null without one. */
export function readHeadings(raw: string): Reading | null {
  const fields: HeadedField[] = []
  let before = ''
  for (const line of raw.split(/\r?\n/)) {
    const match = HEADING.exec(line)
    const current = fields.at(-1)
    if (match) {
      if (current) current.last = false
      const kind = match[1] ? 'labels' : match[2] ? 'explanation' : 'evidence'
      const plain = PLAIN_HEADING.test(line)
      fields.push({ kind, lines: [match[4] ?? ''], last: true, plain })
    } else if (current) current.lines.push(line)
    else before += line.trim()
  }
  if (fields.length === 0) return null
  const textOf = (kind: keyof typeof NAMES) =>
    fields
      .find((field) => field.kind === kind)
      ?.lines.join('\n')
      .trim() ?? ''
  return {
    labels: fields.filter(({ kind }) => kind === 'labels').flatMap(readLabelLine),
    explanation: textOf('explanation'),
    evidence: textOf('evidence'),
    form: 'inst',
    clean: before === '' && fields.every(({ plain }) => plain) && isAsAsked(fields),
    at: 0,
  }
}

const PLAIN_HEADING = /^(?:Explanation|Evidence|Classification): /

/** Each field once, and nothing behind the label but another field. */
function isAsAsked(fields: readonly HeadedField[]): boolean {
  return (
    new Set(fields.map(({ kind }) => kind)).size === fields.length &&
    fields
      .filter(({ kind }) => kind === 'labels')
      .every(({ lines }) => lines.slice(1).every((line) => line.trim() === ''))
  )
}

/** A label is one line; it is whole when something follows it. */
function readLabelLine({ lines, last }: HeadedField): SaidLabel[] {
  const index = lines.findIndex((line) => line.trim() !== '')
  const text = lines[index]?.trim()
  return text === undefined ? [] : [{ text, whole: !last || index < lines.length - 1 }]
}
