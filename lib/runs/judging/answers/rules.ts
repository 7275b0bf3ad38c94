import { matchLabel } from '@/lib/runs/answers/labels/rules'
import { readElements, textOf } from '@/lib/runs/answers/markup/rules'
import type { NamedCategory } from '@/lib/runs/answers/schema'
import { toStorable } from '@/lib/runs/calls/rules'
import type { Verdict } from '../schema'

export type ReadJudgement = {
  status: 'parsed' | 'repaired' | 'missing' | 'refused' | 'cut_off'
  /** Null where none could be read. */
  verdict: Verdict | null
  /** Key of the category that the judge would choose; null where none of the list was named. */
  labelKey: string | null
  reason: string
}

type FieldName = 'verdict' | 'classification' | 'reason'

/** With the names that models use instead. */
const NAMES: Record<FieldName, string[]> = {
  verdict: ['verdict', 'judgment', 'rating'],
  classification: ['classification', 'category', 'label'],
  reason: ['reason', 'explanation', 'reasoning'],
}
const FIELDS: FieldName[] = ['verdict', 'classification', 'reason']

const REFUSED = new Set(['content_filtered', 'guardrail_intervened', 'refusal'])
const CUT_OFF = new Set(['max_tokens', 'model_context_window_exceeded'])
const LONGEST_REASON = 2_000

/**
 * Reads a judge's answer, be it JSON, tags or lines with headings, with text or a fence around it. A
 * verdict is read, never guessed: of several that differ none counts, and prose without a marked
 * verdict has none. `parsed` where the form was kept and the words are those that were asked for.
 */
export function parseJudgement(
  raw: string,
  { categories, stopReason }: { categories: readonly NamedCategory[]; stopReason: string | null },
): ReadJudgement {
  if (stopReason !== null && REFUSED.has(stopReason)) return nothing('refused')
  const { said, clean } = readFields(raw)
  const verdicts = said.verdict.flatMap((text) => readVerdict(text) ?? [])
  const [first] = verdicts
  // JSON may spell out what PostgreSQL can’t keep, and the end may fall within a character.
  const reason = toStorable((said.reason[0] ?? '').trim().slice(0, LONGEST_REASON))
  const agree = verdicts.every(({ verdict }) => verdict === first?.verdict)
  if (first === undefined || !agree || verdicts.length < said.verdict.length) {
    const cut = stopReason !== null && CUT_OFF.has(stopReason)
    return { ...nothing(cut ? 'cut_off' : 'missing'), reason }
  }
  const label = matchLabel((said.classification[0] ?? '').trim(), categories)
  const asAsked = clean && first.exact && verdicts.length === 1 && label?.exact === true
  return {
    status: asAsked ? 'parsed' : 'repaired',
    verdict: first.verdict,
    labelKey: label?.key ?? null,
    reason,
  }
}

const nothing = (status: ReadJudgement['status']): ReadJudgement => ({
  ...{ status, verdict: null, labelKey: null, reason: '' },
})

type Fields = { said: Record<FieldName, string[]>; clean: boolean }

function readFields(raw: string): Fields {
  return readJson(raw) ?? readTags(raw) ?? readPairs(raw)
}

/** One whole object, perhaps with something around it. */
function readJson(raw: string): Fields | null {
  const at = raw.indexOf('{')
  const text = raw.slice(at, raw.lastIndexOf('}') + 1)
  if (at < 0 || text === '') return null
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    // No JSON after all, or a torn one: its pairs may still be read.
    return null
  }
  if (typeof given !== 'object' || given === null) return null
  const entries = Object.entries(given).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name.toLowerCase(), value] as const] : [],
  )
  const said = collect((names) =>
    entries.filter(([name]) => names.includes(name)).map(([, value]) => value),
  )
  // A key that is there twice: JSON.parse has kept the last, and what differs must be seen.
  const keys = [...text.matchAll(/"(\w+)"\s*:/g)].map(([, key]) => key)
  if (new Set(keys).size < keys.length) return null
  return said.verdict.length === 0 ? null : { said, clean: raw.trim() === text }
}

function readTags(raw: string): Fields | null {
  const { root, odd } = readElements(raw, ['judgement', ...Object.values(NAMES).flat()])
  const elements = listAll(root)
  const said = collect((names) =>
    elements.filter(({ name }) => names.includes(name)).map((one) => textOf(one).trim()),
  )
  if (said.verdict.length === 0) return null
  const clean = !odd && /^\s*<judgement>[\s\S]*<\/judgement>\s*$/.test(raw)
  return { said, clean }
}

type Element = ReturnType<typeof readElements>['root']

function listAll(element: Element): Element[] {
  return element.children.flatMap((child) =>
    typeof child === 'string' ? [] : [child, ...listAll(child)],
  )
}

/** `"verdict": "…"` of what is no whole object, and lines like "Verdict: …". */
function readPairs(raw: string): Fields {
  const said = collect((names) => {
    const name = names.join('|')
    const pairs = raw.matchAll(
      new RegExp(`["'](?:${name})["']\\s*:\\s*"((?:[^"\\\\]|\\\\.)*)"`, 'gi'),
    )
    const lines = raw.matchAll(new RegExp(`^[\\s>*_#-]*(?:${name})[\\s*_]*[:=](.*)$`, 'gim'))
    return [...pairs, ...lines].map(([, value = '']) => value.trim())
  })
  return { said, clean: false }
}

const collect = (values: (names: readonly string[]) => string[]): Record<FieldName, string[]> =>
  Object.fromEntries(FIELDS.map((field) => [field, values(NAMES[field])])) as Record<
    FieldName,
    string[]
  >

const WORDS: readonly [Verdict, RegExp][] = [
  ['wrong', /^(?:wrong|incorrect|not (?:right|correct)|false)$/],
  ['right', /^(?:right|correct|true)$/],
  ['unsure', /^(?:unsure|uncertain|unclear|not sure|cannot tell|can't tell)$/],
]

function readVerdict(text: string): { verdict: Verdict; exact: boolean } | null {
  const word = text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[^a-z' ]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const found = WORDS.find(([, words]) => words.test(word))
  return found ? { verdict: found[0], exact: text.trim() === found[0] } : null
}
