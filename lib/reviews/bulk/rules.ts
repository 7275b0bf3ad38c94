import { exactLowerBound, reviewsMissing } from '@/lib/accuracy/intervals/rules'
import { shareOfWords } from '../disagreements/precedents/rules'

/** A category's blind accuracy must be at least this, with 95 % confidence. */
export const REQUIRED = 0.97

/** Cases confirmed at once, and listed at once. */
export const LARGEST_BULK = 200

/** One in so many goes to ordinary review instead. */
const SAMPLED_OF = 10

/** Whether blind reviews allow a predicted category to be confirmed in bulk. */
export function judgeBulk({ blind, right }: { blind: number; right: number }) {
  const lowerBound = exactLowerBound(right, blind)
  const missing = reviewsMissing({ right, n: blind, target: REQUIRED })
  return { lowerBound, missing, allowed: missing === 0 }
}

/** A tenth, rounded up, so that each confirmation is checked by at least one. */
export const sampleSize = (cases: number): number => Math.ceil(cases / SAMPLED_OF)

/**
 * `count` of `items` at random, and the rest; `below(n)` draws a whole number from 0 to n − 1, each alike
 * (Fisher, Yates).
 */
export function drawSample<T>(
  items: readonly T[],
  count: number,
  below: (n: number) => number,
): { drawn: T[]; rest: T[] } {
  const rest = [...items]
  const drawn: T[] = []
  while (drawn.length < count && rest.length > 0) drawn.push(...rest.splice(below(rest.length), 1))
  return { drawn, rest }
}

/** From this share of common words on two cases stand together. */
const ALIKE = 0.2
/** A word that stands in more of the cases than this says nothing of any of them. */
const COMMON = 0.5

type Grouped = { clusterId: string | null; words: readonly string[] }

/**
 * Puts cases together that are alike: near-duplicates, and what shares many of its words with the first
 * of a group. The largest group first, within it the order that was given. At most quadratic in the
 * number of cases.
 */
export function groupAlike<T extends Grouped>(items: readonly T[]): T[][] {
  const spread = new Map<string, number>()
  for (const { words } of items)
    for (const word of words) spread.set(word, (spread.get(word) ?? 0) + 1)
  const isTelling = (word: string) => (spread.get(word) ?? 0) <= Math.max(2, items.length * COMMON)
  const groups: { clusterId: string | null; words: Set<string>; items: T[] }[] = []
  for (const item of items) {
    const words = new Set(item.words.filter(isTelling))
    const group = groups.find(
      (known) =>
        (item.clusterId !== null && known.clusterId === item.clusterId) ||
        shareOfWords(known.words, words) >= ALIKE,
    )
    if (group) group.items.push(item)
    else groups.push({ clusterId: item.clusterId, words, items: [item] })
  }
  return groups.map((group) => group.items).sort((a, b) => b.length - a.length)
}
