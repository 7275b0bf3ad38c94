/** What is written in a form, with the way back. */
export type Edits<Written> = {
  now: Written
  past: Written[]
  future: Written[]
  /** What the newest step was: a field that was typed into, or a tool. */
  last: { by: string; at: number } | null
}

/** Typing into one field without a longer pause is one step. */
const ONE_GO_MS = 1_200
const MOST_KEPT = 200

export const beginEdits = <Written>(now: Written): Edits<Written> => ({
  ...{ now, past: [], future: [], last: null },
})

/** `typing`: the name of the field; null where a button did it, which is always a step of its own. */
export function edit<Written>(
  { now, past, last }: Edits<Written>,
  next: Written,
  at: number,
  typing: string | null = null,
): Edits<Written> {
  const isGoingOn = typing !== null && last?.by === typing && at - last.at < ONE_GO_MS
  return {
    now: next,
    past: isGoingOn ? past : [...past, now].slice(-MOST_KEPT),
    future: [],
    last: typing === null ? null : { by: typing, at },
  }
}

/** The same where there is nothing to undo. */
export function undoEdit<Written>(edits: Edits<Written>): Edits<Written> {
  const before = edits.past.at(-1)
  if (before === undefined) return edits
  return {
    ...{ now: before, past: edits.past.slice(0, -1), future: [...edits.future, edits.now] },
    last: null,
  }
}

export function redoEdit<Written>(edits: Edits<Written>): Edits<Written> {
  const next = edits.future.at(-1)
  if (next === undefined) return edits
  return {
    ...{ now: next, past: [...edits.past, edits.now], future: edits.future.slice(0, -1) },
    last: null,
  }
}
