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
import { Time } from '@/components/ui/time'
import type { BulkRecord } from '@/lib/reviews/bulk/schema'

/** Former confirmations and what ordinary review makes of the random tenth of each. */
export function RecordsCard({ records }: { records: readonly BulkRecord[] }) {
  if (records.length === 0) return null
  return (
    <Card
      title="Confirmed so far"
      description="With what ordinary review says of the random tenth."
    >
      <Table label="Bulk confirmations">
        <TableHead>
          <TableRow>
            <TableHeader>When</TableHeader>
            <TableHeader>Category</TableHeader>
            <TableHeader>By</TableHeader>
            <TableHeader numeric>Confirmed</TableHeader>
            <TableHeader>Random tenth</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {records.map((record) => (
            <TableRow key={record.id}>
              <TableHeader scope="row">
                <Time iso={record.at} />
              </TableHeader>
              <TableCell>{record.label}</TableCell>
              <TableCell>{record.by}</TableCell>
              <TableCell numeric>{count(record.confirmed)}</TableCell>
              <TableCell>{outcomeOf(record)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  )
}

function outcomeOf({ sampled, checked, right }: BulkRecord): string {
  if (checked === 0) return `none of ${count(sampled)} checked so far`
  const so = checked < sampled ? ` so far, ${count(sampled - checked)} to come` : ''
  return `${count(right)} of ${count(checked)} checked right${so}`
}
