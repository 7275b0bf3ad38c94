import { cx } from '@/components/ui/cx'
import { count, percent } from '@/components/ui/figures'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import type { Cell } from '@/lib/accuracy/queries'
import type { MatrixView } from '@/lib/accuracy/schema'
import { nameAnswer } from './cell-names'

type MatrixTableProps = { matrix: MatrixView; onOpen: (cell: Cell) => void }

export function MatrixTable({ matrix, onOpen }: MatrixTableProps) {
  return (
    <Table pinned label="Final label by the model’s label">
      <TableHead>
        <TableRow>
          <TableHeader className="sticky left-0 z-10 bg-surface">Final label</TableHeader>
          {matrix.answerIds.map((id) => (
            <TableHeader
              key={id ?? 'none'}
              className="min-w-20 max-w-28 whitespace-normal text-center text-xs"
            >
              {nameAnswer(matrix, id)}
            </TableHeader>
          ))}
          <TableHeader numeric>Cases</TableHeader>
          <TableHeader numeric>Right</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {matrix.rows.map((row) => (
          <TableRow key={row.finalId}>
            <TableHeader
              scope="row"
              className="sticky left-0 z-10 max-w-36 whitespace-normal bg-surface align-middle text-ink sm:max-w-none sm:whitespace-nowrap"
            >
              {nameAnswer(matrix, row.finalId)}
            </TableHeader>
            {row.cells.map((cell) => (
              <MatrixCell
                key={cell.answerId ?? 'none'}
                matrix={matrix}
                finalId={row.finalId}
                cell={cell}
                onOpen={onOpen}
              />
            ))}
            <TableCell numeric className="align-middle">
              {count(row.n)}
            </TableCell>
            <TableCell numeric className="align-middle">
              {row.n < matrix.minCategoryCases ? (
                <span className="text-muted">too few to tell</span>
              ) : (
                percent(row.right / row.n, 0)
              )}
            </TableCell>
          </TableRow>
        ))}
        <TableRow>
          <TableHeader scope="row" className="sticky left-0 z-10 bg-surface">
            All
          </TableHeader>
          {matrix.columnTotals.map((n, i) => (
            <TableCell
              key={matrix.answerIds[i] ?? 'none'}
              className="text-center text-muted tabular-nums"
            >
              {count(n)}
            </TableCell>
          ))}
          <TableCell numeric>{count(matrix.n)}</TableCell>
          <TableCell numeric>
            {percent(matrix.n === 0 ? null : matrix.right / matrix.n, 0)}
          </TableCell>
        </TableRow>
      </TableBody>
    </Table>
  )
}

type MatrixCellProps = {
  matrix: MatrixView
  finalId: string
  cell: MatrixView['rows'][number]['cells'][number]
  onOpen: (cell: Cell) => void
}

function MatrixCell({ matrix, finalId, cell, onOpen }: MatrixCellProps) {
  const { answerId, count: cases, right } = cell
  if (cases === 0) {
    return (
      <TableCell className="px-0.5 py-0.5 text-center align-middle text-muted">
        <span aria-hidden>·</span>
        <span className="sr-only">0</span>
      </TableCell>
    )
  }
  const what = `${cases} ${cases === 1 ? 'case' : 'cases'} of ${nameAnswer(matrix, finalId)}`
  return (
    <TableCell className="px-0.5 py-0.5 align-middle">
      <button
        type="button"
        aria-label={`${what}, model said ${nameAnswer(matrix, answerId)}`}
        className={cx(
          'block w-full rounded-md px-1.5 py-2 text-center font-medium tabular-nums outline-offset-0 hover:underline',
          right ? 'bg-good-soft text-good' : 'bg-bad-soft text-bad',
        )}
        onClick={() => onOpen({ runId: matrix.runId, finalId, answerId })}
      >
        {count(cases)}
      </button>
    </TableCell>
  )
}
