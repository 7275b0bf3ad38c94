import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { StandIn } from '@/components/ui/stand-in'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { CASE_STATUSES } from '@/lib/cases/listing/rules'
import type { CaseRow } from '@/lib/cases/listing/schema'

type CasesTableProps = { project: string; rows: readonly CaseRow[]; showFacts: boolean }

export function CasesTable({ project, rows, showFacts }: CasesTableProps) {
  return (
    <Table label="Cases">
      <TableHead>
        <TableRow>
          <TableHeader>Case</TableHeader>
          {showFacts ? (
            <>
              <TableHeader>Status</TableHeader>
              <TableHeader>Final label</TableHeader>
              <TableHeader>Released version says</TableHeader>
              <TableHeader>Pool</TableHeader>
            </>
          ) : null}
          <TableHeader numeric>Messages</TableHeader>
          <TableHeader>When</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id}>
            <TableCell className="min-w-56 max-w-lg">
              <Link href={`/projects/${project}/cases/${row.id}`} className="link">
                {row.subject || row.externalId}
              </Link>
              <span className="block truncate font-mono text-muted text-xs">{row.externalId}</span>
            </TableCell>
            {showFacts && row.facts ? <Facts facts={row.facts} /> : null}
            <TableCell numeric>{row.messages}</TableCell>
            <TableCell className="whitespace-nowrap text-muted">
              {row.occurredAt ? <Time iso={row.occurredAt} /> : '–'}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function Facts({ facts }: { facts: NonNullable<CaseRow['facts']> }) {
  return (
    <>
      <TableCell>
        <Badge tone={facts.status === 'quarantined' ? 'warn' : 'neutral'}>
          {CASE_STATUSES[facts.status]}
        </Badge>
      </TableCell>
      <TableCell className="min-w-32">
        {facts.label ?? <span className="text-muted">–</span>}
        {facts.secondLabel ? (
          <span className="block text-muted">or {facts.secondLabel}</span>
        ) : null}
      </TableCell>
      <TableCell className="min-w-36">
        {facts.right === null ? (
          <span className="text-muted">–</span>
        ) : (
          <span className="flex flex-wrap items-center gap-1.5">
            <Badge tone={facts.right ? 'good' : 'bad'}>{facts.right ? 'Right' : 'Wrong'}</Badge>
            {facts.right ? null : (facts.suggested ?? 'no valid label')}
            {facts.standIn ? <StandIn /> : null}
          </span>
        )}
      </TableCell>
      <TableCell className="text-muted">{facts.pool ?? '–'}</TableCell>
    </>
  )
}
