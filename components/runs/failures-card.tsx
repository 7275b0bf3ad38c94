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
import type { RunView } from '@/lib/runs/schema'

/** What failed and why. */
export function FailuresCard({ failures }: { failures: RunView['failures'] }) {
  if (failures.length === 0) return null
  return (
    <Card
      title="What failed, and why"
      description="A case fails when no try gets an answer. Throttled calls are repeated more slowly."
    >
      <Table label="Failures by cause">
        <TableHead>
          <TableRow>
            <TableHeader>Cause</TableHeader>
            <TableHeader numeric>Cases</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {failures.map(({ message, cases }) => (
            <TableRow key={message}>
              <TableCell className="break-words">{message}</TableCell>
              <TableCell numeric>{count(cases)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  )
}
