import { wordsOf } from '@/lib/cases/pools/similarity/rules'
import type { CaseContent } from '@/lib/cases/schema'

/** Of a longer text the rest adds little to what it is about. */
const MOST_WORDS = 1_000

/** Most words of a query, and of those that nobody in the sample ever wrote: they may find nothing. */
const MOST_ASKED = 24
const MOST_STRANGE = 12
/** Some words are looked for, however often they stand; more only while few of all texts match. */
const LEAST_ASKED = 4
const SHARE_ASKED = 0.05
/** With fewer finished cases than this any number may match. */
const FEW = 300

/** Below this two texts have nothing to say about each other. */
const LEAST_LIKE = 0.01

/** What a text is found by: its words without single letters and what is no word, each once. */
export const distinctWords = (content: CaseContent): string[] =>
  [...new Set(wordsOf(content).filter(isTelling))].slice(0, MOST_WORDS)

const isTelling = (word: string): boolean => word.length > 1 && word.length <= 40

/**
 * The words to look for: the rarest, while not too many texts match. `shares` says of the words that stand
 * in a sample of `sampled` texts in how large a share (0..1) of it; what does not is rarer than that.
 */
export function pickTellingWords(
  words: readonly string[],
  shares: ReadonlyMap<string, number>,
  sampled: number,
): string[] {
  const strange = words.filter((word) => !shares.has(word)).slice(0, MOST_STRANGE)
  const seen = [...shares].sort(([, a], [, b]) => a - b)
  const most = sampled < FEW ? Number.POSITIVE_INFINITY : SHARE_ASKED
  const picked: string[] = []
  let matched = 0
  for (const [word, share] of seen) {
    matched += share
    if (picked.length >= LEAST_ASKED && matched > most) break
    picked.push(word)
  }
  return [...picked.slice(0, MOST_ASKED - strange.length), ...strange]
}

type Counts = ReadonlyMap<string, number>

const countWords = (words: readonly string[]): Counts => {
  const counts = new Map<string, number>()
  for (const word of words) if (isTelling(word)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

/**
 * The candidates most like a text, the likest first: cosine of TF-IDF vectors, (1 + ln tf) · ln((n + 1) /
 * (df + ½)), where n and df count the candidates and the text itself (Manning, Raghavan, Schütze:
 * Introduction to Information Retrieval, ch. 6).
 */
export function rankByLikeness<T extends { content: CaseContent }>(
  content: CaseContent,
  candidates: readonly T[],
): T[] {
  const own = countWords(wordsOf(content))
  const others = candidates.map((item) => ({ item, counts: countWords(wordsOf(item.content)) }))
  const all = [own, ...others.map(({ counts }) => counts)]
  const found = new Map<string, number>()
  for (const counts of all)
    for (const word of counts.keys()) found.set(word, (found.get(word) ?? 0) + 1)
  const weigh = (counts: Counts): Counts =>
    new Map(
      [...counts].map(([word, tf]) => {
        const rarity = Math.log((all.length + 1) / ((found.get(word) ?? 0) + 0.5))
        return [word, (1 + Math.log(tf)) * rarity]
      }),
    )
  const mine = weigh(own)
  return others
    .map(({ item, counts }) => ({ item, like: cosine(mine, weigh(counts)) }))
    .filter(({ like }) => like >= LEAST_LIKE)
    .sort((a, b) => b.like - a.like)
    .map(({ item }) => item)
}

function cosine(a: Counts, b: Counts): number {
  let product = 0
  for (const [word, weight] of a) product += weight * (b.get(word) ?? 0)
  const length = Math.sqrt(squares(a) * squares(b))
  return length === 0 ? 0 : product / length
}

const squares = (vector: Counts): number =>
  [...vector.values()].reduce((sum, weight) => sum + weight * weight, 0)

const EXCERPT = 280

/** The start of what was asked: of the first message by a customer, or else of the first. */
export function excerptOf({ messages }: CaseContent): string {
  const first = messages.find(({ role }) => role === 'customer') ?? messages[0]
  const text = (first?.text ?? '').replace(/\s+/g, ' ').trim()
  return text.length <= EXCERPT ? text : `${text.slice(0, EXCERPT).replace(/\s+\S*$/, '')}…`
}
