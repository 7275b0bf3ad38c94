import type { Price, PriceMark } from '../schema'

/** What is shown beside a cost; null where there is nothing to say: no price, or nothing to pay. */
export function markOf(price: Price | null): PriceMark | null {
  return price === null || price.date === null ? null : { date: price.date, own: price.own }
}

/** One mark for a sum: the oldest of its days, and set for the project only where all are. */
export function markAll(marks: readonly (PriceMark | null)[]): PriceMark | null {
  const known = marks.flatMap((mark) => mark ?? [])
  const [oldest] = known.map(({ date }) => date).sort()
  return oldest === undefined ? null : { date: oldest, own: known.every(({ own }) => own) }
}
