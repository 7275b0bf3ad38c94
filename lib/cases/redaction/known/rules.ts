import type { CaseContent } from '@/lib/cases/schema'
import type { Finder, Passage, RedactionSetting } from '../schema'

/** A value that stands in the text because the case's own metadata says so. */
export type Known = { kind: 'field' | 'author'; name: string; value: string }

/** Shorter ones stand in too many words. */
const SHORTEST = 3
/** A number of three digits is as likely a price or a count. */
const SHORTEST_NUMBER = 4
const LONGEST = 200

/** Whoever writes under such a name is nobody, and the words are those of every case. */
const NOBODY =
  /^(?:customers?|clients?|users?|agents?|systems?|supports?|bots?|admins?|unknown|anonymous|n\/a|none|null|me|team|help ?desk|service(?: desk)?|(?:customer|technical|tech) (?:support|service)|support (?:team|agent|engineer)|no-?reply)$/i

/** The values that a project knows of a case: of the chosen fields, and who wrote its messages. */
export function listKnown(
  { fields, authors }: Pick<RedactionSetting, 'fields' | 'authors'>,
  metadata: Readonly<Record<string, string>>,
  messages: readonly { author: string }[],
): Known[] {
  const chosen = fields.flatMap((name): Known[] => {
    const value = (metadata[name] ?? '').trim()
    return isTelling(value) ? [{ kind: 'field', name, value }] : []
  })
  const values = new Set(chosen.map(({ value }) => value.toLowerCase()))
  const wrote = authors ? [...new Set(messages.map(({ author }) => author.trim()))] : []
  return [
    ...chosen,
    ...wrote
      .filter(
        (value) => isTelling(value) && !NOBODY.test(value) && !values.has(value.toLowerCase()),
      )
      .map((value): Known => ({ kind: 'author', name: 'author', value })),
  ]
}

function isTelling(value: string): boolean {
  const length = [...value].length
  if (length > LONGEST) return false
  // Two characters are a whole name where each is a word.
  if (/\p{Script=Han}/u.test(value)) return length >= 2
  return length >= (/^\d+$/.test(value) ? SHORTEST_NUMBER : SHORTEST)
}

/** Finds them as whole words, however cased and spaced; the longest first. */
export function findersOf(known: readonly Known[]): Finder[] {
  return [...known]
    .sort((a, b) => b.value.length - a.value.length)
    .map(({ kind, name, value }) => {
      const pattern = patternOf(value, kind)
      return { kind, name, find: (text) => findEach(text, pattern) }
    })
}

/**
 * A person's name of one word is often a word of the language as well ("Mark", "Rose"): it must be
 * written as it is. Where neither side is a letter of a script with spaces, it may stand between letters.
 */
function patternOf(value: string, kind: Known['kind']): RegExp {
  const words = value.split(/\s+/).map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
  const LETTERS = String.raw`[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]`
  const edge = new RegExp(`^${LETTERS}`, 'u')
  const before = edge.test(value) ? `(?<!${LETTERS})` : ''
  const after = edge.test(value.at(-1) ?? '') ? `(?!${LETTERS})` : ''
  const flags = kind === 'author' && words.length === 1 ? 'gu' : 'giu'
  return new RegExp(`${before}${words.join(String.raw`\s{1,4}`)}${after}`, flags)
}

function findEach(text: string, pattern: RegExp): Passage[] {
  return [...text.matchAll(pattern)].map(({ 0: all, index }) => ({
    start: index,
    end: index + all.length,
  }))
}

/** All texts of a case, for what is to hold in all of them. */
export const listTexts = ({ subject, messages }: CaseContent): string[] => [
  subject,
  ...messages.flatMap(({ author, text }) => [author, text]),
]
