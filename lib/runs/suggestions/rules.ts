import type { SuggestionPage } from '../schema'

type Page = Pick<SuggestionPage, 'pool' | 'next'> & {
  rows: readonly { caseId: string; hidden: boolean }[]
}

/** The cases of a page whose blind review is over for whoever reads it. */
export const listSeen = ({ pool, rows }: Page): string[] =>
  pool === 'example' ? [] : rows.filter(({ hidden }) => !hidden).map(({ caseId }) => caseId)
