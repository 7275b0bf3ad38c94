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

export function StatusesCard({ statuses }: { statuses: StatusCounts }) {
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
          {SUGGESTION_STATUSES.map((status) => (
            <TableRow key={status} className={statuses[status] === 0 ? 'text-muted' : undefined}>
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
    </Card>
  )
}
