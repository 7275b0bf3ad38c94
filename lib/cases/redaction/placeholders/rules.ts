import type { Passage, ReplacedKind, Replacement } from '../schema'

const PLACEHOLDER = /\[([\p{Lu}\p{Lo}\p{N}_]{1,60})_(\d{1,6})\]/gu

/** Gives placeholders and remembers what they stand for. */
export type Numbering = {
  give: (kind: ReplacedKind, name: string, value: string) => string
  /** In the order in which they were given. */
  list: () => Replacement[]
}

/**
 * Placeholders for a set of texts that are read together: the same value has the same one in all of
 * them, and none that stands in the texts already is given again.
 */
export function startNumbering(texts: readonly string[]): Numbering {
  const last = new Map<string, number>()
  for (const text of texts) {
    for (const [, name = '', number] of text.matchAll(PLACEHOLDER)) {
      last.set(name, Math.max(last.get(name) ?? 0, Number(number)))
    }
  }
  const given = new Map<string, Replacement>()
  return {
    give(kind, name, value) {
      const word = namePlaceholder(name)
      const key = `${word} ${evenOut(kind, value)}`
      const known = given.get(key)
      if (known) {
        known.times += 1
        if (!known.values.includes(value)) known.values.push(value)
        return known.placeholder
      }
      const number = (last.get(word) ?? 0) + 1
      last.set(word, number)
      const placeholder = `[${word}_${number}]`
      given.set(key, { placeholder, kind, values: [value], times: 1 })
      return placeholder
    },
    list: () => [...given.values()],
  }
}

/** "Account id" → ACCOUNT_ID; a name without letters and digits is called FIELD. */
export function namePlaceholder(name: string): string {
  const word = name
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{Lu}\p{Lo}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 40)
  return word || 'FIELD'
}

/** How it is spaced and cased does not make it another. */
function evenOut(kind: ReplacedKind, value: string): string {
  if (kind === 'secret') return value
  if (kind === 'email' || kind === 'ip') return value.toLowerCase()
  if (kind === 'field' || kind === 'author') return value.replace(/\s+/g, ' ').toLowerCase()
  return value.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()
}

/** Ways to write a text back that are tried, where values were written in several ways. */
const MOST_WAYS = 64

/**
 * A text by the model with what its placeholders stand for. Where a value was written in several ways,
 * the first way that makes the whole stand in one of `sources` is taken, else the first.
 */
export function restoreText(
  text: string,
  replaced: readonly Replacement[],
  sources: readonly string[] = [],
): string {
  const used = replaced.filter(({ placeholder }) => text.includes(placeholder))
  if (used.length === 0) return text
  let ways: ReadonlyMap<string, string>[] = [new Map()]
  for (const { placeholder, values } of used) {
    ways = ways
      .flatMap((way) => values.map((value) => new Map([...way, [placeholder, value]])))
      .slice(0, MOST_WAYS)
  }
  // In one pass: a value may itself look like a placeholder.
  const written = ways.map((way) =>
    text.replace(PLACEHOLDER, (placeholder) => way.get(placeholder) ?? placeholder),
  )
  return written.find((one) => sources.some((source) => source.includes(one))) ?? written[0] ?? text
}

/** What placeholders are called but for those of fields, which bear the field's name. */
const WORDS: Readonly<Record<Exclude<ReplacedKind, 'field'>, string>> = {
  email: 'EMAIL',
  phone: 'PHONE',
  card: 'CARD',
  iban: 'IBAN',
  ip: 'IP',
  secret: 'SECRET',
  author: 'AUTHOR',
}

/**
 * Where a text has placeholders already: `own` may have been put there by this product, those of chosen
 * `fields` among them, and nothing in them is a value. `alike` only has their shape: anybody can write a
 * number or a key between brackets.
 */
export function findPlaceholders(
  text: string,
  fields: readonly string[],
): { own: Passage[]; alike: Passage[] } {
  const [own, alike]: [Passage[], Passage[]] = [[], []]
  if (!text.includes('[')) return { own, alike }
  const words = new Set([...Object.values(WORDS), ...fields.map(namePlaceholder)])
  for (const { 0: all, 1: word = '', index } of text.matchAll(PLACEHOLDER)) {
    const list = words.has(word) ? own : alike
    list.push({ start: index, end: index + all.length })
  }
  return { own, alike }
}
