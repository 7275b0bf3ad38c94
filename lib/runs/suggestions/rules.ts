import type { SuggestionPage } from '../schema'

/** The cases of a page whose blind review is over for whoever reads it. */
export const listSeen = ({ pool, rows }: SuggestionPage): string[] =>
  pool === 'example' ? [] : rows.filter(({ hidden }) => !hidden).map(({ caseId }) => caseId)
