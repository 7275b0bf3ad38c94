import type { TextRange } from './conversation-text'

/** One letter would light up everything. */
const SHORTEST = 2

/** What someone typed to look for: words apart by blanks or commas, or “several together” in quotes. */
export function splitWords(typed: string): string[] {
  const words = [...typed.matchAll(/["“”]([^"“”]+)["“”]|[^\s,;"“”]+/g)]
    .map((match) => (match[1] ?? match[0]).trim().toLowerCase())
    .filter((word) => word.length >= SHORTEST)
  return [...new Set(words)]
}

/** Where the words stand, in whatever case and also within longer ones; in order and apart. */
export function findWords(text: string, words: readonly string[]): TextRange[] {
  if (words.length === 0) return []
  // The longest first, so that "log" does not cut "login" short.
  const any = [...words].sort((a, b) => b.length - a.length).map(escapePattern)
  return [...text.matchAll(new RegExp(any.join('|'), 'gi'))].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
}

const escapePattern = (word: string): string =>
  // Blanks match any blanks: a phrase may be broken over two lines.
  word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')
