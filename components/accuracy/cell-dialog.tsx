import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Dialog } from '@/components/ui/dialog'
import { count } from '@/components/ui/figures'
import { Loaded } from '@/components/ui/loaded'
import { ShowMore } from '@/components/ui/show-more'
import { type Cell, cellCasesQuery } from '@/lib/accuracy/queries'
import type { MatrixView } from '@/lib/accuracy/schema'
import { nameVersion } from '@/lib/versions/rules'
import { nameAnswer } from './cell-names'

type CellDialogProps = {
  project: string
  matrix: MatrixView
  /** Null: closed. */
  cell: Cell | null
  onClose: () => void
}

/** The cases behind one number of the matrix. */
export function CellDialog({ project, matrix, cell, onClose }: CellDialogProps) {
  if (!cell) return null
  const found = matrix.rows
    .find(({ finalId }) => finalId === cell.finalId)
    ?.cells.find(({ answerId }) => answerId === cell.answerId)
  const final = nameAnswer(matrix, cell.finalId)
  const title = found?.right
    ? `${final}, and the model said so`
    : `${final}, model said ${nameAnswer(matrix, cell.answerId)}`
  const n = found?.count ?? 0
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={title}
      description={`${count(n)} dev ${n === 1 ? 'case' : 'cases'} of ${nameVersion(matrix.version)}`}
      className="max-w-2xl"
    >
      <CellCases project={project} cell={cell} />
    </Dialog>
  )
}

function CellCases({ project, cell }: { project: string; cell: Cell }) {
  const cases = useInfiniteQuery(cellCasesQuery(project, cell))
  return (
    <Loaded query={cases}>
      {({ pages }) => (
        <>
          <ul className="divide-y divide-line">
            {pages
              .flatMap(({ rows }) => rows)
              .map(({ caseId, externalId, subject, secondLabel }) => (
                <li key={caseId} className="py-2">
                  <Link
                    className="group flex flex-wrap items-baseline gap-x-3 gap-y-0.5 rounded-md"
                    href={`/projects/${project}/cases/${caseId}`}
                  >
                    <span className="link font-mono text-[13px] [overflow-wrap:anywhere]">
                      {externalId}
                    </span>
                    <span className="min-w-0 flex-1 [overflow-wrap:anywhere] group-hover:underline">
                      {subject || 'Without a subject'}
                    </span>
                    {secondLabel ? <Badge>close call: {secondLabel}</Badge> : null}
                  </Link>
                </li>
              ))}
          </ul>
          <ShowMore query={cases} size="sm" className="mt-3" />
        </>
      )}
    </Loaded>
  )
}
