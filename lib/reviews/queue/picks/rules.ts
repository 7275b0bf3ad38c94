import type { Slot } from '../../settings/rules'

/** Where what waits for nobody in particular is read from, each in an order of its own. */
export type Line = 'returned' | 'escalated' | 'second_opinion' | 'targeted' | 'random'

/** Where a row came from: held already, let go of, set aside for the person, given to them, or a line. */
export type Source = 'own' | 'dropped' | 'aside' | 'given' | Line

/** A place in a line. For what came back: the end of its lease in seconds since 1970. */
export type Position = { place: number; id: string }

/** Before everything. */
export const START: Position = { place: 0, id: '00000000-0000-0000-0000-000000000000' }

export type Picked = {
  source: Source
  id: string
  caseId: string
  /** What is shown from now on; null for a blind one. */
  suggestionId: string | null
  /** The first row of the line that may be for the person; null for what stands in no line. */
  first: Position | null
}

/** What is held, was let go of, is set aside, given or came back is handed out before anything is drawn. */
const ORDER: readonly Source[] = [
  'own',
  'dropped',
  'aside',
  'given',
  'returned',
  'escalated',
  'second_opinion',
  'targeted',
  'random',
]
const AHEAD: readonly Source[] = ['dropped', 'aside', 'given', 'returned', 'escalated']

export const isAhead = ({ source }: { source: Source }): boolean => AHEAD.includes(source)

/** What comes first in front. Of several rows of one case a person gets the first. */
export function inOrder<Row extends { source: Source; caseId: string }>(
  rows: readonly Row[],
): Row[] {
  const first = new Map<string, Row>()
  const sorted = rows.toSorted((a, b) => ORDER.indexOf(a.source) - ORDER.indexOf(b.source))
  for (const row of sorted) if (!first.has(row.caseId)) first.set(row.caseId, row)
  return [...first.values()]
}

/**
 * The order of what was drawn: kinds stand where the draw put them, and what stands in for a kind that
 * has run out on the places left; within a kind the first comes first. So nothing can be told from
 * where a case stands.
 */
export function mixByDraw<Item>(
  items: readonly { slot: Slot; item: Item }[],
  draw: readonly Slot[],
): Item[] {
  const kinds: (Slot | null)[] = draw.map(() => null)
  const standIns: Slot[] = []
  for (const { slot } of items) {
    const at = kinds.findIndex((taken, i) => taken === null && draw[i] === slot)
    if (at === -1) standIns.push(slot)
    else kinds[at] = slot
  }
  const order = [...kinds.map((kind) => kind ?? standIns.shift()), ...standIns]
  const waiting = Map.groupBy(items, ({ slot }) => slot)
  return order
    .flatMap((kind) => (kind && waiting.get(kind)?.splice(0, 1)) || [])
    .map((it) => it.item)
}
