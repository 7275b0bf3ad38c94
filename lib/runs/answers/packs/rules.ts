import { answersBySchema } from '@/lib/versions/rendering/parts/rules'
import type { PromptContent } from '@/lib/versions/rendering/schema'
import { parseAnswer } from '../rules'
import type { AnswerForm, AnswerStatus, NamedCategory, ParsedAnswer } from '../schema'

/** What was said of one case of a pack; `whole`: its end was marked, so that nothing is missing. */
export type Segment = { id: string; text: string; whole: boolean }

/**
 * The parts of an answer to a pack, each with the id that it names, in their order. The form that was
 * asked for is looked for first, then the others. Parts without an id are left out: by their order
 * alone nobody can tell whose they are.
 */
export function splitPack(raw: string, form: AnswerForm): Segment[] {
  const first = SPLITTERS[form](raw)
  if (first.length > 0) return first
  for (const split of Object.values(SPLITTERS)) {
    const segments = split(raw)
    if (segments.length > 0) return segments
  }
  return []
}

const SPLITTERS: Record<AnswerForm, (raw: string) => Segment[]> = {
  xml: splitResponses,
  json: splitObjects,
  inst: splitHeadings,
}

const RESPONSE =
  /<\s*(?:response|answer|case|item|result)\b([^<>]*)>(?:\s*<\s*(?:case_)?id\s*>\s*([^<]*?)\s*<\s*\/\s*(?:case_)?id\s*>)?/gi
const ID_ATTRIBUTE = /\b(?:case[_-]?)?id\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'/>]+))/i
const END_OF_ALL = /<\s*\/\s*responses?\s*>\s*(?:```\s*)?$/i

/** `<response id="1">…</response>`, the id as an attribute or as the first element. */
function splitResponses(raw: string): Segment[] {
  const starts = [...raw.matchAll(RESPONSE)].flatMap((match) => {
    const [written, attributes = '', element] = match
    const [, double, single, bare] = ID_ATTRIBUTE.exec(attributes) ?? []
    const id = double ?? single ?? bare ?? element
    return id === undefined
      ? []
      : [{ id: id.trim(), at: match.index, from: match.index + written.length }]
  })
  return starts.map(({ id, from }, index) => {
    const next = starts[index + 1]
    const inner = raw.slice(from, next?.at)
    const end = /<\s*\/\s*(?:response|answer|case|item|result)\s*>/i.exec(inner)
    const body = end ? inner.slice(0, end.index) : inner.replace(END_OF_ALL, '')
    const whole = end !== null || next !== undefined
    return { id, text: `<response>\n${body.trim()}${whole ? '\n</response>' : ''}`, whole }
  })
}

const ID_PAIR = /^\{\s*(["'])(?:case_?)?id\1\s*:\s*(?:(["'])(.*?)\2|(\d+))\s*,?/i

/** Objects that begin with their id, wherever they stand; of one that is cut off, what is there. */
function splitObjects(raw: string): Segment[] {
  const segments: Segment[] = []
  let from = 0
  for (;;) {
    const at = raw.indexOf('{', from)
    if (at < 0) return segments
    const match = ID_PAIR.exec(raw.slice(at, at + 200))
    if (!match) {
      from = at + 1
      continue
    }
    const end = findEnd(raw, at)
    const object = raw.slice(at, end ?? raw.length)
    const text = `{${object.slice(match[0].length)}`
    segments.push({ id: (match[3] ?? match[4] ?? '').trim(), text, whole: end !== null })
    from = end ?? raw.length
  }
}

/** Where the object that begins at `at` ends; null where it does not. */
function findEnd(raw: string, at: number): number | null {
  let depth = 0
  let quoted = false
  for (let index = at; index < raw.length; index++) {
    const character = raw[index]
    if (quoted) {
      if (character === '\\') index += 1
      else if (character === '"') quoted = false
    } else if (character === '"') quoted = true
    else if (character === '{') depth += 1
    else if (character === '}') {
      depth -= 1
      if (depth === 0) return index + 1
    }
  }
  return null
}

const HEADING = /^[\s>*_#`]*(?:case(?:\s+id)?|id)\s*[:#]?\s*[*_`]*\s*([\w-]{1,64})[*_`:.\s]*$/i

/** Lines "Case: 1", each with what follows it. */
function splitHeadings(raw: string): Segment[] {
  const segments: { id: string; lines: string[] }[] = []
  for (const line of raw.split(/\r?\n/)) {
    const [, id] = HEADING.exec(line) ?? []
    if (id !== undefined) segments.push({ id, lines: [] })
    else segments.at(-1)?.lines.push(line)
  }
  return segments.map(({ id, lines }, index) => ({
    id,
    text: lines.join('\n').trim(),
    whole: index < segments.length - 1,
  }))
}

/** What came back of one case of a pack; the answer is null where there is none to be used. */
export type PackReading = {
  reading: AnswerStatus | 'absent' | 'duplicate'
  answer: ParsedAnswer | null
}

/**
 * Reads the answer to a pack whose cases have the ids "1" to `size`: one reading for each, in their
 * order. An id that comes twice is a duplicate; its answer stands where both say the same.
 */
export function readPack(
  raw: string,
  { size, form, stopReason, categories }: AskedPack,
): PackReading[] {
  const segments = splitPack(raw, form)
  return Array.from({ length: size }, (_, index): PackReading => {
    const own = segments.filter(
      ({ id }) => id.replace(/^(?:case)?[\s#_-]*0*(?=\d)/i, '') === `${index + 1}`,
    )
    const answers = own.map(({ text, whole }) =>
      parseAnswer(text, { categories, template: form, stopReason: whole ? null : stopReason }),
    )
    const [first, ...others] = answers
    if (first === undefined && size === 1 && segments.length === 0) {
      // Who stands alone needs no id to be told apart.
      const answer = parseAnswer(raw, { categories, template: form, stopReason })
      return { reading: answer.status, answer }
    }
    if (first === undefined) {
      // Of a pack that was stopped or cut off, what is not there has not been left out.
      const { status } = parseAnswer('', { categories, template: form, stopReason })
      const stopped = status === 'cut_off' || (status === 'refused' && segments.length === 0)
      return { reading: stopped ? status : 'absent', answer: null }
    }
    if (others.length === 0) {
      return { reading: first.status, answer: first.status === 'cut_off' ? null : first }
    }
    const agree = others.every(({ labelKey }) => labelKey !== null && labelKey === first.labelKey)
    return {
      reading: 'duplicate',
      answer: agree ? { ...first, status: 'repaired' } : null,
    }
  })
}

type AskedPack = {
  size: number
  form: AnswerForm
  stopReason: string | null
  categories: readonly NamedCategory[]
}

type AskedBy = Pick<
  PromptContent,
  'categories' | 'packSize' | 'template' | 'answerFormat' | 'model'
>

/** The form in which a version has its answers given. */
function askedForm(content: Pick<AskedBy, 'template' | 'answerFormat' | 'model'>): AnswerForm {
  return answersBySchema(content) ? 'json' : content.template
}

/** Reads what a version's call about `size` cases brought: one reading for each, in their order. */
export function readAnswers(
  raw: string,
  content: AskedBy,
  { size, stopReason }: { size: number; stopReason: string | null },
): PackReading[] {
  const { categories, packSize } = content
  const form = askedForm(content)
  if (packSize > 1) return readPack(raw, { size, form, stopReason, categories })
  const answer = parseAnswer(raw, { categories, stopReason, template: form })
  return [{ reading: answer.status, answer }]
}
