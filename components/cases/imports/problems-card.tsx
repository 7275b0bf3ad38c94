import { Button } from '@/components/ui/button'
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
import { problemsUrl } from '@/lib/cases/imports/queries'
import type { ImportDetail } from '@/lib/cases/imports/schema'

export function ProblemsCard({ project, detail }: { project: string; detail: ImportDetail }) {
  const more = detail.bad - detail.problems.length
  return (
    <Card
      title="Bad rows"
      action={
        <Button asChild size="sm">
          <a href={problemsUrl(project, detail.id)} download>
            Download all as CSV
          </a>
        </Button>
      }
    >
      <Table label="Bad rows">
        <TableHead>
          <TableRow>
            <TableHeader numeric>Line</TableHeader>
            <TableHeader>Reason</TableHeader>
            <TableHeader>Row</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {detail.problems.map(({ line, reason, excerpt }) => (
            <TableRow key={`${line} ${reason}`}>
              <TableCell numeric>{count(line)}</TableCell>
              <TableCell className="min-w-56">{reason}</TableCell>
              <TableCell className="wrap-anywhere min-w-56 font-mono text-muted text-xs">
                {excerpt}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {more > 0 ? <p className="mt-2 text-[13px] text-muted">And {count(more)} more.</p> : null}
    </Card>
  )
}
