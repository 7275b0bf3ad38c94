/** Of a pause without a sign of life only this much counts: the rest was spent elsewhere. */
export const LONGEST_PAUSE_MS = 60_000

/** Times are milliseconds of one clock that never goes back. */
export type Stopwatch = {
  /** Milliseconds counted up to the last sign of life. */
  readonly spent: number
  /** The last sign of life; null while the page is hidden. */
  readonly last: number | null
}

export const startWatch = (now: number, isHidden: boolean): Stopwatch => ({
  spent: 0,
  last: isHidden ? null : now,
})

/** A key, a move of the pointer, a scroll. */
export const noticeLife = (watch: Stopwatch, now: number): Stopwatch =>
  watch.last === null ? watch : { spent: spentBy(watch, now), last: now }

export const hideWatch = (watch: Stopwatch, now: number): Stopwatch => ({
  spent: spentBy(watch, now),
  last: null,
})

export const showWatch = (watch: Stopwatch, now: number): Stopwatch =>
  watch.last === null ? { spent: watch.spent, last: now } : watch

/** Seconds at work so far, to a tenth: without the time hidden and the idle rest of long pauses. */
export const secondsBy = (watch: Stopwatch, now: number): number =>
  Math.round(spentBy(watch, now) / 100) / 10

const spentBy = ({ spent, last }: Stopwatch, now: number): number =>
  last === null ? spent : spent + Math.min(LONGEST_PAUSE_MS, Math.max(0, now - last))
