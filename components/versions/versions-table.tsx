'use client'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { count, interval, percent } from '@/components/ui/figures'
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
import type { VersionSummary } from '@/lib/versions/history/schema'
import { titleVersion } from '@/lib/versions/rules'
import { hrefOf } from './version-frame'

type VersionsTableProps = { project: string; versions: VersionSummary[]; label: string }

export function VersionsTable({ project, versions, label }: VersionsTableProps) {
  return (
    <Table label={label}>
      <TableHead>
        <TableRow>
          <TableHeader>Version</TableHeader>
          <TableHeader>What changed</TableHeader>
          <TableHeader numeric>Examples</TableHeader>
          <TableHeader numeric>Accuracy on dev</TableHeader>
          <TableHeader numeric>Published on test</TableHeader>
          <TableHeader>By</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {versions.map((version) => (
          <TableRow key={version.id}>
            <TableCell className="whitespace-nowrap">
              <Link className="link font-medium" href={hrefOf(project, version)}>
                {titleVersion(version, version.parent)}
              </Link>{' '}
              {version.released ? <Badge tone="good">released</Badge> : null}
              {version.number !== null && version.parent?.number ? (
                <div className="text-muted text-xs">from v{version.parent.number}</div>
              ) : null}
            </TableCell>
            <TableCell className="min-w-48">{version.note || <Muted>–</Muted>}</TableCell>
            <TableCell numeric>
              {version.examples.good} good
              <br />
              {version.examples.bad} bad
            </TableCell>
            <TableCell numeric>
              <DevFigure dev={version.dev} />
            </TableCell>
            <TableCell numeric>
              <TestFigure test={version.test} />
            </TableCell>
            <TableCell className="whitespace-nowrap">
              {version.author ?? 'Closecall'}
              <div className="text-muted text-xs">
                <Time iso={version.at} />
              </div>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

const Muted = ({ children }: { children: string }) => <span className="text-muted">{children}</span>

function DevFigure({ dev }: { dev: VersionSummary['dev'] }) {
  if (!dev || dev.exact.n === 0) return <Muted>not tried yet</Muted>
  return (
    <>
      <span className="font-medium">{percent(dev.exact.rate)}</span>{' '}
      {dev.standIn ? <StandIn /> : null}
      <div className="text-muted text-xs">
        {interval(dev.exact.low, dev.exact.high)} of {count(dev.exact.n)} cases
      </div>
      <div className="text-muted text-xs">
        {percent(dev.countingCloseCalls.rate)} counting close calls
      </div>
    </>
  )
}

function TestFigure({ test }: { test: VersionSummary['test'] }) {
  if (!test) return <Muted>not tested yet</Muted>
  return (
    <>
      <span className="font-medium">{percent(test.exact.rate)}</span>{' '}
      {test.standIn ? <StandIn /> : null}
      <div className="text-muted text-xs">
        {test.own
          ? `${interval(test.exact.low, test.exact.high)} of ${count(test.exact.n)} cases`
          : 'best so far: no clear gain'}
      </div>
      <div className="text-muted text-xs">
        {percent(test.countingCloseCalls.rate)} counting close calls
      </div>
    </>
  )
}
