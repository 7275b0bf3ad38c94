import type { NewPersonal } from '../../checks/schema'
import type { Slot } from '../../settings/rules'
import { isAhead, type Line, mixByDraw, type Picked, type Position } from '../picks/rules'

export type Moved = { line: Line; to: Position; since: Date | null }

/** What a claim hands out. */
export type Batch = {
  /** Held already: these keep their suggestion and their place in front. */
  own: string[]
  /** Taken now, `nth` in the order in which they are shown. */
  taken: { id: string; suggestionId: string | null; nth: number }[]
  /** To be made for the person. */
  personal: (NewPersonal & { nth: number })[]
  /** Where the person's cursors stand now; `since` null: from now on. */
  moved: Moved[]
}

/** What is no case of a line can't be drawn; its places go to ordinary work. */
export const drawable = (
  draw: readonly Slot[],
  { hasCheckCases, hasRepeats }: { hasCheckCases: boolean; hasRepeats: boolean },
): Slot[] =>
  draw.map((slot) =>
    (slot === 'check_case' && !hasCheckCases) || (slot === 'repeat' && !hasRepeats)
      ? 'random'
      : slot,
  )

/** The places that the draw decides: those that nothing comes before. */
export const placesLeft = (draw: readonly Slot[], rows: readonly Picked[], n: number): Slot[] =>
  draw.slice(0, Math.max(0, n - rows.filter((row) => row.source === 'own' || isAhead(row)).length))

/** What is held already stays in front, then what comes first, then the rest as the draw mixes it. */
export function toBatch(
  rows: readonly Picked[],
  personal: readonly NewPersonal[],
  draw: readonly Slot[],
  moved: Moved[],
): Batch {
  const kinds = rows.flatMap((item) => {
    const { source } = item
    const drawn = source === 'random' || source === 'targeted' || source === 'second_opinion'
    return drawn ? [{ slot: source, item: { row: item } }] : []
  })
  const extra = personal.map((item) => ({ slot: item.purpose, item: { made: item } }))
  const order: ({ row: Picked } | { made: NewPersonal })[] = [
    ...rows.filter(isAhead).map((row) => ({ row })),
    ...mixByDraw<{ row: Picked } | { made: NewPersonal }>([...kinds, ...extra], draw),
  ]
  return {
    own: rows.flatMap(({ source, id }) => (source === 'own' ? [id] : [])),
    taken: order.flatMap((it, nth) =>
      'row' in it ? [{ id: it.row.id, suggestionId: it.row.suggestionId, nth }] : [],
    ),
    personal: order.flatMap((it, nth) => ('made' in it ? [{ ...it.made, nth }] : [])),
    moved,
  }
}
