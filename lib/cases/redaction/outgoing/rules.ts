import type { CaseContent } from '@/lib/cases/schema'
import { findersOf, listKnown, listTexts } from '../known/rules'
import { internationalPhones } from '../phones/rules'
import { findPlaceholders, type Numbering, startNumbering } from '../placeholders/rules'
import { findAll, putInPlace } from '../rules'
import type { Finder, RedactionSetting, Replacement } from '../schema'

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
      const now = hideIn(text, finders, numbering)
      hidden.set(text, now)
      return now
    },
    list: numbering.list,
  }
}

function hideIn(text: string, finders: readonly Finder[], numbering: Numbering): string {
  if (text === '') return text
  const taken = new Set(findPlaceholders(text).flatMap(({ start, end }) => range(start, end)))
  const plan = findAll(text, finders)
    .filter(({ start }) => !taken.has(start))
    .map(({ kind, name, start, end }) => ({
      ...{ start, end },
      placeholder: numbering.give(kind, name, text.slice(start, end)),
    }))
  return putInPlace(text, plan)
}

const range = (start: number, end: number) =>
  Array.from({ length: end - start }, (_, place) => start + place)
