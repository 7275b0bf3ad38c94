/** Id of the first notice of what could not be saved. */
export const FIRST_CONFLICT = 'first-conflict'

export const countConflicts = (n: number): string => (n === 1 ? '1 conflict' : `${n} conflicts`)
