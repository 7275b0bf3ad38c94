import { readMarkup } from '@/lib/runs/answers/fields/rules'
import { LONGEST_LABEL, matchLabel } from '@/lib/runs/answers/labels/rules'
import { readHeadings, readObject, readPairs } from '@/lib/runs/answers/loose/rules'
import type { NamedCategory, ParsedAnswer, Reading, SaidLabel } from '@/lib/runs/answers/schema'
import { toStorable } from '@/lib/runs/calls/rules'
import type { Template } from '@/lib/versions/rendering/schema'

const REFUSED = new Set(['content_filtered', 'guardrail_intervened', 'refusal'])
const CUT_OFF = new Set(['max_tokens', 'model_context_window_exceeded'])
const COMPLETE = new Set(['end_turn', 'stop_sequence'])

/**
 * Reads a model's answer. `stopReason` is Bedrock's, null where the model gives none; `template` is
 * the one of the prompt, which decides the form that was asked for.
 *
 * - parsed: the form that was asked for, the label spelled as in the list. Whether explanation and
 *   evidence are there is coverage, not form.
 * - repaired: the form was mended, the label is beyond doubt. After max_tokens only a label whose
 *   end is marked counts.
 * - off_list: one label, on no list (or fitting several), kept as said.
 * - missing: no label, or several that differ: the last one is not more likely than the first.
 * - cut_off: the answer ended early, before its label was whole.
 * - refused: by a filter, whatever was written before it; or in words, with no label given.
 */
export function parseAnswer(
  raw: string,
  { categories, stopReason, template = 'xml' }: Asked,
): ParsedAnswer {
  const reading = read(raw, categories, template)
  const answer = (
    status: ParsedAnswer['status'],
    labelKey: string | null = null,
    labelText: string | null = null,
  ): ParsedAnswer => ({
    status,
    labelKey,
    // An escaped NUL, or half a pair where a text was cut, is none until it has been read.
    labelText: labelText === null ? null : toStorable(labelText),
    explanation: toStorable(reading.explanation),
    evidence: toStorable(stripQuotes(reading.evidence)),
  })

  if (stopReason !== null && REFUSED.has(stopReason)) return answer('refused')
  const cut = stopReason !== null && CUT_OFF.has(stopReason)
  const said = reading.labels.filter(({ text, whole }) => text !== '' && (whole || !cut))
  const label = agree(said, categories)
  if (label === null) {
    if (said.length > 0) return answer('missing')
    if (cut) return answer('cut_off')
    return answer(isRefusal(raw) || isRefusal(reading.explanation) ? 'refused' : 'missing')
  }
  const text = label.text.slice(0, LONGEST_LABEL)
  if (label.key === null) return answer('off_list', null, text)
  const complete = stopReason === null || COMPLETE.has(stopReason)
  const clean = reading.clean && reading.form === template && label.exact && complete
  return answer(clean ? 'parsed' : 'repaired', label.key, text)
}

type Asked = {
  categories: readonly NamedCategory[]
  stopReason: string | null
  template?: Template
}

const NOTHING: Reading = {
  labels: [],
  explanation: '',
  evidence: '',
  form: 'xml',
  clean: false,
  at: 0,
}

/**
 * The form that was asked for, if it was kept; else XML or JSON, whichever begins first (the other is
 * then part of what it quotes), else escaped XML, headings, a bare label.
 */
function read(raw: string, categories: readonly NamedCategory[], template: Template): Reading {
  const headed = template === 'inst' ? readHeadings(raw) : null
  if (headed?.clean) return headed
  const markup = readMarkup(raw)
  // Nothing begins before the first character.
  const pairs = markup?.at === 0 ? null : (readObject(raw) ?? readPairs(raw))
  if (pairs && (markup === null || pairs.at < markup.at)) return pairs
  if (markup) {
    if (markup.labels.length > 0) return markup
    const beside = readHeadings(markup.outside)
    return { ...markup, labels: beside?.labels ?? [], clean: false }
  }
  const escaped = /&lt;\s*\/?\s*\w+/i.test(raw) ? readMarkup(unescapeOnce(raw)) : null
  if (escaped) return { ...escaped, clean: false }
  const headings = readHeadings(raw)
  if (headings) return headings
  const bare = raw.trim()
  const isLabel = matchLabel(bare, categories) !== null
  return isLabel ? { ...NOTHING, labels: [{ text: bare, whole: false }] } : NOTHING
}

/** The one label that all of them say; null when there is none or they differ. */
function agree(
  said: readonly SaidLabel[],
  categories: readonly NamedCategory[],
): { text: string; key: string | null; exact: boolean } | null {
  const matched = said.map(({ text }) => {
    const match = matchLabel(text, categories)
    return { text, key: match?.key ?? null, exact: match?.exact ?? false }
  })
  const [first, ...others] = matched
  if (first === undefined) return null
  const same = others.every(({ key, text }) =>
    first.key === null ? key === null && text === first.text : key === first.key,
  )
  return same ? first : null
}

/** `&amp;` last, so that what was escaped twice stays escaped once. */
function unescapeOnce(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
}

function isRefusal(text: string): boolean {
  return /^\W*(?:i['’]m (?:sorry|unable|not able)|i am (?:sorry|unable|not able)|(?:i )?apologi[sz]e|sorry\b|i (?:cannot|can['’]t|can not|won['’]t|will not)\b|as an ai\b|unfortunately,? i (?:can|am|['’]m)|this request (?:violates|was blocked))/i.test(
    text,
  )
}

function stripQuotes(text: string): string {
  const match = /^(?:"([\s\S]*)"|“([\s\S]*)”|'([\s\S]*)'|‘([\s\S]*)’|«([\s\S]*)»)$/.exec(
    text.trim(),
  )
  return (match?.slice(1).find((inner) => inner !== undefined) ?? text).trim()
}
