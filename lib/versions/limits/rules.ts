/** Longest texts a version takes, in characters: far above any real prompt, far below what would hang a browser. */
export const LIMITS = {
  note: 300,
  persona: 50_000,
  rules: 50_000,
  description: 10_000,
  exampleText: 50_000,
  explanation: 5_000,
} as const

export type LimitedText = keyof typeof LIMITS

const NAMES: Record<LimitedText, string> = {
  note: 'The line on what changed',
  persona: 'The persona',
  rules: 'The rules',
  description: 'The description',
  exampleText: 'The text of the case',
  explanation: 'The explanation',
}

/** What to tell someone whose text is longer than a version takes; null where it fits. */
export function explainLength(what: LimitedText, text: string): string | null {
  const over = text.length - LIMITS[what]
  if (over <= 0) return null
  const [is, limit, more] = [text.length, LIMITS[what], over].map(count)
  return `${NAMES[what]} has ${is} characters, and a version takes at most ${limit}. It is not saved: shorten it by ${more}.`
}

/** The same in a word, for whoever sends it without a page. */
export const limitMessage = (what: LimitedText): string =>
  `${NAMES[what]} has at most ${count(LIMITS[what])} characters.`

const count = (n: number) => n.toLocaleString('en-US')
