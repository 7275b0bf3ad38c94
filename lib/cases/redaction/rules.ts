import { findEmails, findIpAddresses } from './addresses/rules'
import { findCards, findIbans, findPhones } from './numbers/rules'
import type { Passage, Sensitive, SensitiveKind } from './schema'
import { findSecrets } from './secrets/rules'

/** Where two kinds claim the same characters the first counts: digits of a key are no phone number. */
const FINDERS: readonly [SensitiveKind, (text: string) => Passage[]][] = [
  ['secret', findSecrets],
  ['email', findEmails],
  ['iban', findIbans],
  ['card', findCards],
  ['ip', findIpAddresses],
  ['phone', findPhones],
]

/**
 * Passages that look like personal data or secrets, in their order, none overlapping. Takes time in
 * proportion to the text. What it does not find may be there all the same: names, addresses, and
 * whatever is written in no usual form.
 */
export function findSensitive(text: string): Sensitive[] {
  const found = FINDERS.flatMap(([kind, find], order) =>
    find(text).map((at) => ({ kind, order, ...at })),
  ).sort((a, b) => a.start - b.start || a.order - b.order || b.end - a.end)
  const kept: (Sensitive & { order: number })[] = []
  for (const one of found) {
    const before = kept.at(-1)
    if (!before || one.start >= before.end) kept.push(one)
    else if (one.order < before.order) {
      // The part before the secret would be left as a torn address: both go under the stronger name.
      before.kind = one.kind
      before.order = one.order
      before.end = Math.max(before.end, one.end)
    } else if (before.kind !== 'secret') before.end = Math.max(before.end, one.end)
  }
  return kept.map(({ kind, start, end }) => ({ kind, start, end }))
}

/** A passage and what stands for it. */
export type Redaction = Sensitive & { placeholder: string }

const PLACEHOLDER = /\[(EMAIL|PHONE|CARD|IBAN|IP|SECRET)_(\d{1,6})\]/g

/**
 * What stands for each passage, `[EMAIL_1]`: the same value gets the same number, so that it can still be
 * told who is who. Numbers that stand in the text already are not given again.
 */
export function planRedactions(text: string): Redaction[] {
  const numbers = new Map<string, number>()
  const last = new Map<string, number>()
  for (const [, kind = '', number] of text.matchAll(PLACEHOLDER)) {
    last.set(kind, Math.max(last.get(kind) ?? 0, Number(number)))
  }
  return findSensitive(text).map((found) => {
    const name = found.kind.toUpperCase()
    const value = `${name} ${normalise(found.kind, text.slice(found.start, found.end))}`
    const number = numbers.get(value) ?? (last.get(name) ?? 0) + 1
    if (!numbers.has(value)) last.set(name, number)
    numbers.set(value, number)
    return { ...found, placeholder: `[${name}_${number}]` }
  })
}

/** The text with a placeholder for each passage; `replaced` counts passages. */
export function redactText(text: string): { text: string; replaced: number } {
  const plan = planRedactions(text)
  let redacted = ''
  let at = 0
  for (const { start, end, placeholder } of plan) {
    redacted += `${text.slice(at, start)}${placeholder}`
    at = end
  }
  return { text: redacted + text.slice(at), replaced: plan.length }
}

/** How it is spaced and cased does not make it another. */
function normalise(kind: SensitiveKind, value: string): string {
  if (kind === 'secret') return value
  if (kind === 'email' || kind === 'ip') return value.toLowerCase()
  return value.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()
}
