import type { Range } from '../trimming/rules'

/** What joins words into one: of an address, a name with a hyphen, a number with signs in it. */
const JOINING = /^[-_@+/:.’'#&]+$/

/** As far as this many characters around the selection a word is looked for. */
const AROUND = 2_000

let words: Intl.Segmenter | undefined

/**
 * The passage with every word whole that it cuts, without white space at its ends; null where nothing else
 * is in it. What is redacted must leave no half of a name or an address behind.
 */
export function snapToWords(text: string, { start, end }: Range): Range | null {
  const passage = text.slice(start, end)
  const bare = passage.trim()
  if (bare === '') return null
  const from = start + passage.indexOf(bare)
  const to = from + bare.length
  const base = Math.max(text.lastIndexOf('\n', from - 1) + 1, from - AROUND)
  const lineEnd = text.indexOf('\n', to)
  const until = Math.min(lineEnd === -1 ? text.length : lineEnd, to + AROUND)
  const whole = { start: from, end: to }
  for (const word of joinWords(text.slice(base, until))) {
    const [first, last] = [base + word.start, base + word.end]
    if (first < from && from < last) whole.start = first
    if (first < to && to < last) whole.end = last
  }
  return whole
}

function joinWords(line: string): Range[] {
  words ??= new Intl.Segmenter(undefined, { granularity: 'word' })
  const joined: Range[] = []
  let isOpen = false
  for (const { segment, index, isWordLike } of words.segment(line)) {
    const end = index + segment.length
    const last = joined.at(-1)
    if (isWordLike) {
      if (last && isOpen && JOINING.test(line.slice(last.end, index))) last.end = end
      else joined.push({ start: index, end })
      isOpen = true
    } else if (!JOINING.test(segment)) isOpen = false
  }
  return joined
}

/** The text with a passage made unreadable, no word of it cut; the same text where there is nothing to redact. */
export function redactPassage(text: string, range: Range): string {
  const whole = snapToWords(text, range)
  if (!whole) return text
  return `${text.slice(0, whole.start)}[REDACTED]${text.slice(whole.end)}`
}
