import type { NamedCategory } from '@/lib/runs/answers/schema'

/** Longer texts are no label; the bound also keeps the patterns below quick. */
export const LONGEST_LABEL = 300

/**
 * The category that a label names, or null. `exact`: spelled as in the list. Otherwise spelling is
 * forgiven step by step (case and spaces; dashes and quotes; wrapping and numbering; anything but
 * letters and digits), and a step counts only when it leaves a single category. Nothing is guessed:
 * a synonym, a part or a longer text is on no list.
 */
export function matchLabel(
  said: string,
  categories: readonly NamedCategory[],
): { key: string; exact: boolean } | null {
  const exact = categories.filter(({ name }) => name.trim() === said.trim())
  if (exact.length > 0) return only(exact, true)
  if (said.length > LONGEST_LABEL) return null
  for (const form of FORMS) {
    const wanted = form(said)
    if (wanted === '') return null
    const found = categories.filter(
      ({ name, key }) => form(name) === wanted || form(key) === wanted,
    )
    if (found.length > 0) return only(found, false)
  }
  return null
}

function only(found: readonly NamedCategory[], exact: boolean) {
  const [first, ...others] = found
  return first && others.length === 0 ? { key: first.key, exact } : null
}

const FORMS = [fold, plain, unwrap, wordsOnly]

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{Cf}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}

function plain(text: string): string {
  return fold(text)
    .replace(/\s*[\p{Pd}−]+\s*/gu, '-')
    .replace(/[‘’‚‛`´′]/g, "'")
    .replace(/[“”„‟«»″]/g, '"')
}

const WRAPPING = /^[\s"'*_~#([{<]+|[\s"'*_~)\]}>.,;:!]+$/g
const LEAD = /^(?:\(?\d{1,2}[.):]\s*|(?:final )?(?:classification|category|label)\s*[:=]\s*)/

function unwrap(text: string): string {
  let before = plain(text).replace(/<\/?[a-z_]+>/g, '')
  for (;;) {
    const after = before.replace(WRAPPING, '').replace(LEAD, '')
    if (after === before) return after
    before = after
  }
}

function wordsOnly(text: string): string {
  return unwrap(text)
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
}
