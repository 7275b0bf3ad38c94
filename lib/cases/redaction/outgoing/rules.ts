import type { CaseContent } from '@/lib/cases/schema'
import { findersOf, listKnown, listTexts } from '../known/rules'
import { internationalPhones } from '../phones/rules'
import { findPlaceholders, type Numbering, startNumbering } from '../placeholders/rules'
import { findAll, putInPlace } from '../rules'
import type { Finder, Passage, RedactionSetting, Replacement } from '../schema'

export const NOTHING_REPLACED: RedactionSetting = { on: false, fields: [], authors: false }

/** A case with what is known of it. */
export type KnownCase = { content: CaseContent; metadata: Readonly<Record<string, string>> }

export type HiddenCase = { content: CaseContent; replaced: Replacement[] }

/**
 * A case as it may leave for the model. With the setting off it is as it was. Pure: the same case under
 * the same setting always gives the same text.
 */
export function hideInCase(
  { content, metadata }: KnownCase,
  setting: RedactionSetting,
): HiddenCase {
  if (!setting.on) return { content, replaced: [] }
  const { hide, list } = startHiding(setting, [{ content, metadata }], listTexts(content))
  const { subject, messages } = content
  return {
    content: {
      subject: hide(subject),
      messages: messages.map((message) => ({
        ...message,
        author: hide(message.author),
        text: hide(message.text),
      })),
    },
    replaced: list(),
  }
}

export type Hiding = { hide: (text: string) => string; list: () => Replacement[] }

/**
 * Replaces in several texts that are read together, with what is known of the cases they come from;
 * `texts` are all of them. With the setting off they stay as they are.
 */
export function startHiding(
  setting: RedactionSetting,
  cases: readonly KnownCase[],
  texts: readonly string[],
): Hiding {
  if (!setting.on) return { hide: (text) => text, list: () => [] }
  const known = cases.flatMap(({ content, metadata }) =>
    listKnown(setting, metadata, content.messages),
  )
  const finders = [...findersOf(known), internationalPhones]
  const numbering = startNumbering(texts)
  // Who writes several messages has the same name above each.
  const hidden = new Map<string, string>()
  return {
    hide(text) {
      const before = hidden.get(text)
      if (before !== undefined) return before
      const now = hideIn(text, finders, { numbering, fields: setting.fields })
      hidden.set(text, now)
      return now
    },
    list: numbering.list,
  }
}

type Naming = { numbering: Numbering; fields: readonly string[] }

function hideIn(text: string, finders: readonly Finder[], { numbering, fields }: Naming): string {
  if (text === '') return text
  const { own, alike } = findPlaceholders(text, fields)
  const taken = new Set(own.flatMap(({ start, end }) => range(start, end)))
  const found = findAll(text, finders)
  const plan = (alike.length === 0 ? found : unite(found, findAll(loosen(text, alike), finders)))
    .filter(({ start }) => !taken.has(start))
    .map(({ kind, name, start, end }) => ({
      ...{ start, end },
      placeholder: numbering.give(kind, name, text.slice(start, end)),
    }))
  return putInPlace(text, plan)
}

/** With what hangs together by underscores taken apart there, letter for letter in its place. */
function loosen(text: string, within: readonly Passage[]): string {
  const parts = [{ start: 0, end: 0 }, ...within].map(({ start, end }, i) => {
    const next = within[i]?.start ?? text.length
    return `${text.slice(start, end).replaceAll('_', ' ')}${text.slice(end, next)}`
  })
  return parts.join('')
}

/** Each passage once, those that overlap as one. */
function unite<Found extends Passage>(some: readonly Found[], others: readonly Found[]): Found[] {
  const united: Found[] = []
  for (const one of [...some, ...others].sort((a, b) => a.start - b.start)) {
    const before = united.at(-1)
    if (!before || one.start >= before.end) united.push({ ...one })
    else before.end = Math.max(before.end, one.end)
  }
  return united
}

const range = (start: number, end: number) =>
  Array.from({ length: end - start }, (_, place) => start + place)
