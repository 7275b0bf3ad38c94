/** Where a page of the list ended: the instant and the case. */
export type Place = { since: string; caseId: string }

const SHAPE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f-]{36})$/

export const writePlace = ({ since, caseId }: Place): string => `${since}_${caseId}`

/** Null for what no page has ended with. */
export function readPlace(cursor: string): Place | null {
  const [, since, caseId] = SHAPE.exec(cursor) ?? []
  return since && caseId && !Number.isNaN(Date.parse(since)) ? { since, caseId } : null
}
