import { findEmails, findIpAddresses } from './addresses/rules'
import { findCards, findIbans, findPhones } from './numbers/rules'
import { startNumbering } from './placeholders/rules'
import type { Finder, Passage, ReplacedKind, Sensitive, SensitiveKind } from './schema'
import { findSecrets } from './secrets/rules'

type BuiltIn = Finder & { kind: SensitiveKind }

/** Where two kinds claim the same characters the first counts: digits of a key are no phone number. */
const CERTAIN: readonly BuiltIn[] = [
  { kind: 'secret', find: findSecrets },
  { kind: 'email', find: findEmails },
  { kind: 'iban', find: findIbans },
  { kind: 'card', find: findCards },
]
const LIKELY: readonly BuiltIn[] = [
  { kind: 'ip', find: findIpAddresses },
  { kind: 'phone', find: findPhones },
]

type Found<Kind> = Passage & { kind: Kind; name: string }

/**
 * Passages that look like personal data or secrets, in their order, none overlapping. Takes time in
 * proportion to the text. What it does not find may be there all the same: names, addresses, and
 * whatever is written in no usual form.
 */
export function findSensitive(text: string): Sensitive[] {
  return settle(text, [...CERTAIN, ...LIKELY]).map(({ kind, start, end }) => ({ kind, start, end }))
}

/** The same with finders of one's own: they count for more than what merely looks like something. */
export function findAll(text: string, own: readonly Finder[]): Found<ReplacedKind>[] {
  return settle<ReplacedKind>(text, [...CERTAIN, ...own, ...LIKELY])
}

function settle<Kind extends ReplacedKind>(
  text: string,
  finders: readonly (Finder & { kind: Kind })[],
): Found<Kind>[] {
  const found = finders
    .flatMap(({ kind, name = kind, find }, order) =>
      find(text).map((at) => ({ kind, name, order, ...wholeCharacters(text, at) })),
    )
    .sort((a, b) => a.start - b.start || a.order - b.order || b.end - a.end)
  const kept: typeof found = []
  for (const one of found) {
    const before = kept.at(-1)
    if (!before || one.start >= before.end) kept.push(one)
    else if (one.order < before.order) {
      // The part before the secret would be left as a torn address: both go under the stronger name.
      Object.assign(before, { ...one, start: before.start, end: Math.max(before.end, one.end) })
    } else if (before.kind !== 'secret') before.end = Math.max(before.end, one.end)
  }
  return kept
}

/** Of a character in two halves (an emoji) both belong to a passage that takes one: the other alone is no text. */
function wholeCharacters(text: string, { start, end }: Passage): Passage {
  const splits = (at: number) => /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(at - 1, at + 1))
  return { start: splits(start) ? start - 1 : start, end: splits(end) ? end + 1 : end }
}

/** A passage and what stands for it. */
export type Redaction = Sensitive & { placeholder: string }

/**
 * What stands for each passage, `[EMAIL_1]`: the same value gets the same number, so that it can still be
 * told who is who. Numbers that stand in the text already are not given again.
 */
export function planRedactions(text: string): Redaction[] {
  const numbering = startNumbering([text])
  return findSensitive(text).map((found) => ({
    ...found,
    placeholder: numbering.give(found.kind, found.kind, text.slice(found.start, found.end)),
  }))
}

/** The text with a placeholder for each passage; `replaced` counts passages. */
export function redactText(text: string): { text: string; replaced: number } {
  const plan = planRedactions(text)
  return { text: putInPlace(text, plan), replaced: plan.length }
}

export function putInPlace(
  text: string,
  plan: readonly (Passage & { placeholder: string })[],
): string {
  let redacted = ''
  let at = 0
  for (const { start, end, placeholder } of plan) {
    redacted += `${text.slice(at, start)}${placeholder}`
    at = end
  }
  return redacted + text.slice(at)
}
