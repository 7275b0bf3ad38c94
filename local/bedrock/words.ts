/** One word of a text: what it is compared by, and where it stands. */
export type Word = { stem: string; start: number; end: number }

const STOP_WORDS = new Set(
  `a about above after again all also am an and any are as at be because been before being below
  between both but by could did do does doing down during each either else etc for from further get
  got had has have having he hello her here hers hi him his how i if in into is it its itself just
  let me might more most my myself of off on once only or other our ours out over own please re
  regards same shall she should so some such than thank thanks that the their theirs them then there
  these they this those through to too under until up us very was we were what when where which while
  who whom why will with would you your yours`.split(/\s+/),
)
const NEGATION = /(n['’]t|^cannot)$/

/** The words that carry meaning, in order; negations in any spelling become `not`. */
export function readWords(text: string): Word[] {
  const words: Word[] = []
  for (const match of text.matchAll(/[\p{L}\p{N}]+(?:['’]\p{L}+)?/gu)) {
    const lower = match[0].toLowerCase()
    const position = { start: match.index, end: match.index + match[0].length }
    if (NEGATION.test(lower)) words.push({ stem: 'not', ...position })
    else if (!/^\p{N}+$/u.test(lower) && lower.length <= 40) {
      const bare = lower.replace(/['’]\p{L}+$/u, '')
      if (bare.length > 1 && !STOP_WORDS.has(bare))
        words.push({ stem: findStem(bare), ...position })
    }
  }
  return words
}

/** Stems found before: a text's words are mostly those of the texts before it. */
const known = new Map<string, string>()
const KEPT_STEMS = 50_000

function findStem(word: string): string {
  const found = known.get(word)
  if (found !== undefined) return found
  const stem = stemWord(word)
  if (known.size >= KEPT_STEMS) known.clear()
  known.set(word, stem)
  return stem
}

/**
 * A light English stemmer: takes inflections off as long as three letters or more remain, so that
 * "charged", "charges" and "charge" meet. Deliberately weaker than Porter's.
 */
function stemWord(word: string): string {
  let stem = word
  if (stem.length > 4) stem = stem.replace(/ies$/, 'y').replace(/(ss|x|ch|sh)es$/, '$1')
  if (stem.length > 3) stem = stem.replace(/([^su])s$/, '$1')
  if (stem.length > 5) stem = stem.replace(/(ation|ment|ness)$/, '')
  if (stem.length > 5) stem = stem.replace(/(ing|ed|ly|er|ion)$/, '')
  if (stem.length > 4) stem = stem.replace(/([bdfgklmnprt])\1$/, '$1')
  return stem.length > 3 ? stem.replace(/[ey]$/, '') : stem
}
