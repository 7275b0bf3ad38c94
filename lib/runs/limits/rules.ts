/** How many cases a run takes where nobody says, and at most. */
export const DEFAULT_LIMIT = 150
export const MOST_CASES = 10_000_000

/** The number of cases that somebody typed; null where it is none that a run can have. */
export function readCaseLimit(text: string): number | null {
  const limit = Number(text)
  return Number.isInteger(limit) && limit >= 1 && limit <= MOST_CASES ? limit : null
}
