import { Card } from '@/components/ui/card'
import { count } from '@/components/ui/figures'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import { STATUS_WORDS, SUGGESTION_STATUSES } from '@/lib/runs/rules'
import type { StatusCounts } from '@/lib/runs/schema'

/** What came back; what did not occur is named in one line. */
export function StatusesCard({ statuses }: { statuses: StatusCounts }) {
  const seen = SUGGESTION_STATUSES.filter((status) => statuses[status] > 0)
  const unseen = SUGGESTION_STATUSES.filter((status) => statuses[status] === 0)
  if (seen.length === 0) return null
  return (
    <Card title="What could be read">
      <Table label="Answers by what could be read of them">
        <TableHead>
          <TableRow>
            <TableHeader>Answer</TableHeader>
            <TableHeader className="hidden pl-4 sm:table-cell">What it means</TableHeader>
            <TableHeader numeric>Cases</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {seen.map((status) => (
            <TableRow key={status}>
              <TableCell className="sm:whitespace-nowrap">
                <span className="font-medium">{STATUS_WORDS[status].name}</span>
                <span className="block text-muted sm:hidden">{STATUS_WORDS[status].meaning}</span>
              </TableCell>
              <TableCell className="hidden w-full pl-4 text-muted sm:table-cell">
                {STATUS_WORDS[status].meaning}
              </TableCell>
              <TableCell numeric>{count(statuses[status])}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {unseen.length > 0 ? (
        <p className="mt-3 text-[13px] text-muted">
          None of these:{' '}
          {unseen.map((status) => STATUS_WORDS[status].name.toLowerCase()).join(', ')}.
        </p>
      ) : null}
    </Card>
  )
}
