import { Download } from 'lucide-react'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { count } from '@/components/ui/figures'
import { StandIn } from '@/components/ui/stand-in'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import type { AccuracyView, PublishedScore, VersionAccuracy } from '@/lib/accuracy/schema'
import { workbookUrl } from '@/lib/datasets/queries'
import { nameVersion, versionPath } from '@/lib/versions/rules'
import { FigureWithInterval } from './figure-text'

/** Long headers share the width of the figures below them. */
const WRAPPED = 'whitespace-normal'

type VersionsTableProps = { project: string; accuracy: AccuracyView }

export function VersionsTable({ project, accuracy }: VersionsTableProps) {
  const rows = accuracy.versions.filter(({ dev, test }) => dev !== null || test !== null)
  const isTested = rows.some(({ test }) => test !== null)
  return (
    <>
      <Figures project={project} rows={rows} isTested={isTested} />
      {isTested ? null : (
        <p className="mt-2 text-[13px] text-muted">
          Nothing is published on test yet: a prompt engineer can test a frozen version on its page.
        </p>
      )}
    </>
  )
}

type FiguresProps = { project: string; rows: VersionAccuracy[]; isTested: boolean }

function Figures({ project, rows, isTested }: FiguresProps) {
  return (
    <Table label="Accuracy of each version">
      <TableHead>
        <TableRow>
          <TableHeader>Version</TableHeader>
          <TableHeader numeric className={WRAPPED}>
            Exact
          </TableHeader>
          <TableHeader numeric className={WRAPPED}>
            Counting close calls
          </TableHeader>
          <TableHeader numeric className={WRAPPED}>
            Over valid answers
          </TableHeader>
          {isTested ? (
            <>
              <TableHeader numeric className={WRAPPED}>
                On test, exact
              </TableHeader>
              <TableHeader numeric className={WRAPPED}>
                On test, counting close calls
              </TableHeader>
            </>
          ) : null}
          <TableHeader>Workbook</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <VersionRow key={row.version.id} project={project} row={row} isTested={isTested} />
        ))}
      </TableBody>
    </Table>
  )
}

type VersionRowProps = { project: string; row: VersionAccuracy; isTested: boolean }

function VersionRow({ project, row, isTested }: VersionRowProps) {
  const { version, dev, test } = row
  const name = nameVersion(version)
  // One mark for the whole row, unless its figures are of different kinds.
  const kinds = new Set([dev, test].flatMap((known) => (known ? [known.standIn] : [])))
  const mixed = kinds.size > 1
  return (
    <TableRow>
      <TableHeader scope="row" className="align-top">
        <span className="flex flex-wrap items-center gap-2">
          <Link className="link" href={`/projects/${project}/versions/${versionPath(version)}`}>
            {name}
          </Link>
          {row.released ? <Badge tone="accent">released</Badge> : null}
          {kinds.has(true) && !mixed ? <StandIn /> : null}
        </span>
        {row.note ? (
          <span
            className="block max-w-28 truncate font-normal text-muted text-xs sm:max-w-60"
            title={row.note}
          >
            {row.note}
          </span>
        ) : null}
      </TableHeader>
      {dev ? (
        <DevCells dev={dev} mark={mixed && dev.standIn} />
      ) : (
        <TableCell numeric colSpan={3} className="text-muted">
          not run on dev
        </TableCell>
      )}
      {test ? <TestCells test={test} mark={mixed && test.standIn} /> : null}
      {isTested && !test ? (
        <TableCell numeric colSpan={2} className="text-muted">
          nothing published
        </TableCell>
      ) : null}
      <TableCell>
        {dev && dev.exact.n > 0 ? (
          <a
            className="link inline-flex items-center gap-1"
            href={workbookUrl(project, version)}
            download
          >
            <Download className="size-3.5" aria-hidden />
            .xlsx<span className="sr-only"> workbook of {name}</span>
          </a>
        ) : null}
      </TableCell>
    </TableRow>
  )
}

type DevCellsProps = { dev: NonNullable<VersionAccuracy['dev']>; mark: boolean }

function DevCells({ dev, mark }: DevCellsProps) {
  return (
    <>
      <TableCell numeric>
        <FigureWithInterval figure={dev.exact} />
        {dev.unlabelled > 0 ? (
          <span className="block text-muted text-xs">{count(dev.unlabelled)} not labelled yet</span>
        ) : null}
        {mark ? <StandIn /> : null}
      </TableCell>
      <TableCell numeric>
        <FigureWithInterval figure={dev.countingCloseCalls} />
      </TableCell>
      <TableCell numeric>
        <FigureWithInterval figure={dev.exactOverValid} />
      </TableCell>
    </>
  )
}

function TestCells({ test, mark }: { test: PublishedScore; mark: boolean }) {
  const kept = test.from ? `best so far, of ${nameVersion(test.from)}` : 'best so far'
  return (
    <>
      <TableCell numeric>
        <FigureWithInterval figure={test.exact} />
        {test.own ? null : <span className="block text-muted text-xs">{kept}</span>}
        {mark ? <StandIn /> : null}
      </TableCell>
      <TableCell numeric>
        <FigureWithInterval figure={test.countingCloseCalls} />
      </TableCell>
    </>
  )
}
