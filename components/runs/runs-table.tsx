import Link from 'next/link'
import { count, money } from '@/components/ui/figures'
import { Progress } from '@/components/ui/progress'
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
import { isEnded, isValid, SUGGESTION_STATUSES } from '@/lib/runs/rules'
import type { RunSummary } from '@/lib/runs/schema'
import { nameVersion } from '@/lib/versions/rules'
import { RunBadge } from './run-badge'

export function RunsTable({ project, runs }: { project: string; runs: RunSummary[] }) {
  const repeats = numberRepeats(runs)
  return (
    <Table label="Runs">
      <TableHead>
        <TableRow>
          <TableHeader>Run</TableHeader>
          <TableHeader>Status</TableHeader>
          <TableHeader numeric>Cases</TableHeader>
          <TableHeader numeric>With a label</TableHeader>
          <TableHeader numeric>Without</TableHeader>
          <TableHeader numeric>Cost</TableHeader>
          <TableHeader>Started</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {runs.map((run) => (
          <RunRow key={run.id} project={project} run={run} repeat={repeats.get(run.id)} />
        ))}
      </TableBody>
    </Table>
  )
}

/** "run 2 of 3" for runs alike that were started together, in the order of their start. */
function numberRepeats(runs: readonly RunSummary[]): Map<string, string> {
  const series = Map.groupBy(
    runs.filter(({ seriesId }) => seriesId !== null),
    ({ seriesId }) => seriesId,
  )
  return new Map(
    [...series.values()].flatMap((alike) =>
      alike
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ id }, at) => [id, `run ${at + 1} of ${alike.length}`] as const),
    ),
  )
}

const HOW: Record<RunSummary['mode'], string> = {
  on_demand: 'on demand',
  batch: 'as a batch job',
}

type RunRowProps = { project: string; run: RunSummary; repeat: string | undefined }

function RunRow({ project, run, repeat }: RunRowProps) {
  const ended = run.done + run.failed
  const labelled = SUGGESTION_STATUSES.filter(isValid).reduce(
    (sum, status) => sum + run.statuses[status],
    0,
  )
  const version = nameVersion({ id: run.versionId, number: run.versionNumber })
  return (
    <TableRow>
      <TableCell className="min-w-44">
        <Link href={`/projects/${project}/runs/${run.id}`} className="link font-medium">
          {version} on {run.pool}
        </Link>{' '}
        {run.standIn ? <StandIn /> : null}
        <p className="mt-0.5 max-w-72 truncate text-muted text-xs">
          {[HOW[run.mode], repeat, run.versionNote].filter(Boolean).join(' · ')}
        </p>
      </TableCell>
      <TableCell className="min-w-36">
        <RunBadge status={run.status} />
        {isEnded(run.status) ? null : (
          <Progress
            value={ended}
            max={run.items}
            label={`Progress of ${version} on ${run.pool}`}
            className="mt-1.5"
          />
        )}
      </TableCell>
      <TableCell numeric>
        {ended === run.items ? count(run.items) : `${count(ended)} of ${count(run.items)}`}
      </TableCell>
      <TableCell numeric>{count(labelled)}</TableCell>
      <TableCell numeric>{count(ended - labelled)}</TableCell>
      <TableCell numeric>{run.cost === null ? 'not known' : money(run.cost)}</TableCell>
      <TableCell className="whitespace-nowrap">
        <Time iso={run.createdAt} />
        {run.startedBy ? <p className="text-muted text-xs">{run.startedBy}</p> : null}
      </TableCell>
    </TableRow>
  )
}
