import { findersOf, listKnown } from '../known/rules'
import { internationalPhones } from '../phones/rules'
import { findAll } from '../rules'
import type { Passage, ReplacedKind } from '../schema'

/** A sentence in which `[[email:…]]` marks what is personal data or secret; others have nothing of it. */
export type MarkedText = {
  lang: string
  text: string
  fields?: Readonly<Record<string, string | undefined>>
  /** It was written after the rules: they were not made to fit it. */
  unseen?: boolean
  /**
   * Of a second set, written by somebody who had not looked at the rules: the half that they were mended
   * by, or the one that nobody looked at before it was measured.
   */
  half?: string
}

/** `marked`: passages of the kind in the set; `recognised`: replaced from end to end, as whatever kind. */
export type KindRecall = {
  kind: ReplacedKind
  marked: number
  recognised: number
  /** Passages that were taken for this kind, and those of them that touch a mark. */
  found: number
  rightly: number
}

/** Recall below which no change of the rules may fall, of both sets together: a guard, no claim. 0..1 */
export const RECALL_FLOORS: Readonly<Record<ReplacedKind, number>> = {
  email: 0.95,
  phone: 0.92,
  card: 0.95,
  iban: 0.97,
  ip: 0.97,
  secret: 0.87,
  field: 0.92,
  author: 0,
}

/** 1 where there was nothing to recognise. */
export const shareOf = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole)

type Mark = Passage & { kind: ReplacedKind }

const KINDS: readonly ReplacedKind[] = ['email', 'phone', 'card', 'iban', 'ip', 'secret', 'field']
const MARK = /\[\[(email|phone|card|iban|ip|secret|field):([\s\S]*?)\]\]/g

/** What is recognised in a set of marked sentences, by kind. */
export function measureRecall(set: readonly MarkedText[]): KindRecall[] {
  const seen = set.map(look)
  return KINDS.map((kind) => {
    const of = <T extends { kind: ReplacedKind }>(list: readonly T[]) =>
      list.filter((one) => one.kind === kind)
    const marks = seen.flatMap((one) => of(one.marks))
    const found = seen.flatMap((one) => of(one.found))
    return {
      kind,
      marked: marks.length,
      recognised: marks.filter(({ recognised }) => recognised).length,
      found: found.length,
      rightly: found.filter(({ rightly }) => rightly).length,
    }
  })
}

/** One sentence: its marks and what was found in it. */
export function look(one: MarkedText) {
  const { text, marks } = readMarks(one.text)
  const metadata = Object.fromEntries(
    Object.entries(one.fields ?? {}).map(([name, value = '']) => [name, value]),
  )
  const known = listKnown({ fields: Object.keys(metadata), authors: false }, metadata, [])
  const found = findAll(text, [...findersOf(known), internationalPhones])
  return {
    text,
    marks: marks.map((mark) => ({ ...mark, recognised: isCovered(mark, found) })),
    found: found.map((passage) => ({
      ...passage,
      rightly: marks.some(({ start, end }) => start < passage.end && end > passage.start),
    })),
  }
}

function readMarks(marked: string): { text: string; marks: Mark[] } {
  const marks: Mark[] = []
  let text = ''
  let at = 0
  for (const { 0: all, 1: name, 2: value = '', index } of marked.matchAll(MARK)) {
    text += marked.slice(at, index)
    const kind = KINDS.find((one) => one === name)
    if (kind) marks.push({ kind, start: text.length, end: text.length + value.length })
    text += value
    at = index + all.length
  }
  return { text: text + marked.slice(at), marks }
}

/** From its first character to its last: half an address is still an address. */
function isCovered({ start, end }: Passage, found: readonly Passage[]): boolean {
  return found.some((one) => one.start <= start && one.end >= end)
}
