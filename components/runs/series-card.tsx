'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { count, percent } from '@/components/ui/figures'
import { Loaded } from '@/components/ui/loaded'
import { ShowMore } from '@/components/ui/show-more'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'
import { isEnded } from '@/lib/runs/rules'
import { seriesQuery } from '@/lib/runs/series/queries'
import type { SeriesView } from '@/lib/runs/series/schema'
import { CaseCell } from './case-cell'
import { FigureList } from './figure-list'
import { RunBadge } from './run-badge'

/** Runs alike that were started together, and the cases on which they differ. */
export function SeriesCard({ project, runId }: { project: string; runId: string }) {
  const query = useInfiniteQuery(seriesQuery(project, runId))
  return (
    <Card
      title="The same, several times"
      description="Identical runs differ only by chance. Cases on which they do are the least certain: in the example pool they are reviewed sooner."
    >
      <Loaded query={query}>
        {({ pages }) => (
          <Series
            project={project}
            runId={runId}
            first={pages[0]}
            rows={pages.flatMap(({ rows }) => rows)}
            kept={pages.reduce((sum, page) => sum + page.kept, 0)}
          />
        )}
      </Loaded>
      <ShowMore query={query} size="sm" className="mt-3" />
    </Card>
  )
}

type SeriesProps = {
  project: string
  runId: string
  first: SeriesView | undefined
  rows: SeriesView['rows']
  kept: number
}

function Series({ project, runId, first, rows, kept }: SeriesProps) {
  if (!first) return null
  const { runs, flips } = first
  return (
    <div className="grid gap-4">
      <ul className="flex flex-wrap gap-x-4 gap-y-1.5 text-[13px]">
        {runs.map((run, at) => (
          <li key={run.id} className="flex items-center gap-1.5">
            {run.id === runId ? (
              <span className="font-medium">Run {at + 1}, this one</span>
            ) : (
              <Link className="link" href={`/projects/${project}/runs/${run.id}`}>
                Run {at + 1}
              </Link>
            )}
            <RunBadge status={run.status} />
          </li>
        ))}
      </ul>
      {flips === null ? (
        <p className="text-[13px] text-muted">
          {runs.some(({ status }) => !isEnded(status))
            ? 'As soon as two of them are done, it is here how much they differ.'
            : 'Fewer than two of them came to their end.'}
        </p>
      ) : (
        <>
          <FigureList figures={listFigures(first, flips)} />
          <Divided project={project} rows={rows} kept={kept} />
        </>
      )}
    </div>
  )
}

function listFigures({ agreement, runs }: SeriesView, flips: { n: number; flipped: number }) {
  const finished = runs.filter(({ status }) => status === 'done').length
  return [
    {
      name: 'Flip rate',
      value: percent(flips.n === 0 ? null : flips.flipped / flips.n),
      note: 'labels that differ between two of them',
    },
    ...agreement.map(({ votes, cases }) => ({
      name: votes === finished ? 'All say the same' : `${votes} of ${finished} say the same`,
      value: count(cases),
      note: cases === 1 ? 'case' : 'cases',
    })),
  ]
}

function Divided({ project, rows, kept }: Pick<SeriesProps, 'project' | 'rows' | 'kept'>) {
  const hidden =
    kept === 0
      ? null
      : `${kept === 1 ? '1 more is' : `${count(kept)} more are`} not shown: you may still be asked about ${kept === 1 ? 'it' : 'them'}.`
  if (rows.length === 0) {
    return <p className="text-[13px] text-muted">{hidden ?? 'They differ on no case.'}</p>
  }
  return (
    <div className="grid gap-2">
      <Table label="Cases on which the runs differ">
        <TableHead>
          <TableRow>
            <TableHeader>Case</TableHeader>
            <TableHeader>Votes</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.caseId}>
              <CaseCell project={project} one={row} />
              <TableCell className="min-w-48 tabular-nums">
                {row.votes.map(({ label, n }) => `${label ?? 'no valid label'} ${n}`).join(', ')}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {hidden ? <p className="text-[13px] text-muted">{hidden}</p> : null}
    </div>
  )
}
