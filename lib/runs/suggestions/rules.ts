import type { SuggestionPage } from '../schema'

type Page = { rows: readonly Pick<SuggestionPage['rows'][number], 'caseId' | 'hidden'>[] }

/** The cases of a page that whoever reads it can be asked about no more. */
export const listSeen = ({ rows }: Page): string[] =>
  rows.filter(({ hidden }) => !hidden).map(({ caseId }) => caseId)

/** The cases of a page that it hides and may show, in its order. */
export const listHidden = ({
  rows,
}: {
  rows: readonly Pick<SuggestionPage['rows'][number], 'caseId' | 'showable'>[]
}): string[] => rows.filter(({ showable }) => showable).map(({ caseId }) => caseId)
