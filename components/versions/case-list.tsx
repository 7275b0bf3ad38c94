import { count } from '@/components/ui/figures'
import { type FailingQuery, NotLoaded } from '@/components/ui/loaded'
import { type PagedQuery, ShowMore } from '@/components/ui/show-more'
import { Skeleton } from '@/components/ui/skeleton'
import { CaseLine, type ListedCase } from './case-line'

type CaseListProps<Case extends ListedCase> = {
  project: string
  /** What is listed, for screen readers, where nothing around it says so. */
  label?: string
  query: PagedQuery & FailingQuery & { isPending: boolean; isError: boolean }
  cases: readonly Case[]
  /** How many there are in all; with none the query is not asked. */
  total: number
  tell: (one: Case) => string
}

/** Cases of dev and what became of each, a page at a time. */
export function CaseList<Case extends ListedCase>(props: CaseListProps<Case>) {
  const { project, label, query, cases, total, tell } = props
  return (
    <>
      {total > 0 && query.isPending ? (
        <div role="status" aria-label="Loading" className="grid gap-3 py-2">
          {Array.from({ length: Math.min(total, 5) }, (_, i) => `row ${i}`).map((row) => (
            <Skeleton key={row} className="h-5" />
          ))}
        </div>
      ) : null}
      {query.isError ? <NotLoaded query={query} title="These cases could not be loaded" /> : null}
      <ul aria-label={label}>
        {cases.map((one) => (
          <CaseLine key={one.caseId} project={project} one={one} said={tell(one)} />
        ))}
      </ul>
      {cases.length > 0 ? (
        <ShowMore query={query} size="sm" className="mt-2">
          Show more: {count(cases.length)} of {count(total)} shown
        </ShowMore>
      ) : null}
    </>
  )
}
