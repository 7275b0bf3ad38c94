import { Card } from '@/components/ui/card'
import { count } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import type { ImportPreview } from '@/lib/cases/imports/schema'

export function PreviewCard({ preview }: { preview: ImportPreview }) {
  const { columns, rows, warnings } = preview
  return (
    <Card
      title="What is in the file"
      description={`${count(columns.length)} columns; the first ${count(rows.length)} of ${count(preview.rowsRead)} rows looked at.`}
    >
      {warnings.map((warning) => (
        <Notice key={warning} tone="warn" title={warning} className="mb-3" />
      ))}
      <Table label="First rows" long>
        <TableHead>
          <TableRow>
            <TableHeader numeric>Line</TableHeader>
            {columns.map(({ name }) => (
              <TableHeader key={name}>{name}</TableHeader>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ line, cells }) => (
            <TableRow key={line}>
              <TableCell numeric className="text-muted">
                {line}
              </TableCell>
              {cells.map((cell, index) => (
                <TableCell key={columns[index]?.name} className="min-w-24 max-w-72">
                  <span className="wrap-anywhere line-clamp-3">{cell}</span>
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  )
}
