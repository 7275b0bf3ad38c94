import { Badge } from '@/components/ui/badge'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import { isValid, STATUS_WORDS } from '@/lib/runs/rules'
import type { SuggestionRow } from '@/lib/runs/schema'
import { CaseCell } from './case-cell'

export function SuggestionsTable({ project, rows }: { project: string; rows: SuggestionRow[] }) {
  return (
    <Table label="Suggestions">
      <TableHead>
        <TableRow>
          <TableHeader>Case</TableHeader>
          <TableHeader>Label</TableHeader>
          <TableHeader>Why</TableHeader>
          <TableHeader>Answer</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.caseId}>
            <CaseCell project={project} one={row} />
            {row.hidden ? (
              <TableCell colSpan={2} className="min-w-52 text-muted">
                Hidden: you may still be asked about it
              </TableCell>
            ) : (
              <>
                <TableCell className="min-w-36">
                  <Label row={row} />
                </TableCell>
                <TableCell className="min-w-64 max-w-md text-muted">{row.explanation}</TableCell>
              </>
            )}
            <TableCell>
              <span className="flex flex-wrap gap-1">
                <Badge tone={isValid(row.status) ? 'neutral' : 'warn'}>
                  {STATUS_WORDS[row.status].name}
                </Badge>
                {row.inputCut ? <Badge tone="warn">Case cut</Badge> : null}
                {row.counts ? null : <Badge>Example: does not count</Badge>}
              </span>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function Label({ row }: { row: SuggestionRow }) {
  if (row.label) return <span className="font-medium">{row.label}</span>
  if (row.labelText) return <span className="text-muted">“{row.labelText}”</span>
  return <span className="text-muted">none</span>
}
