import type { Definition } from './schema'

/**
 * The categories that have all the words someone typed, each at the beginning of a word or anywhere:
 * first those whose name begins with them, then words that do, then the others, each in their order.
 */
export function findCategories<Named extends Pick<Definition, 'name'>>(
  categories: readonly Named[],
  typed: string,
): readonly Named[] {
  const words = plain(typed).split(/\s+/).filter(Boolean)
  if (words.length === 0) return categories
  return categories
    .map((category) => ({ category, rank: rankOf(plain(category.name), words) }))
    .filter(({ rank }) => rank < NOT_FOUND)
    .sort((a, b) => a.rank - b.rank)
    .map(({ category }) => category)
}

const NOT_FOUND = 3

function rankOf(name: string, words: readonly string[]): number {
  const ranks = words.map((word) => {
    if (name.startsWith(word)) return 0
    if (name.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word))) return 1
    return name.includes(word) ? 2 : NOT_FOUND
  })
  // A second word says more, it never moves a name that begins with the first further down.
  return ranks.includes(NOT_FOUND) ? NOT_FOUND : Math.min(...ranks)
}

/** Without case and accents, so that "cafe" finds "Café". */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
