import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
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
import { isAtWork } from '@/lib/runs/experiments/rules'
import type { ExperimentSummary } from '@/lib/runs/experiments/schema'

type ExperimentsTableProps = { project: string; experiments: ExperimentSummary[] }

export function ExperimentsTable({ project, experiments }: ExperimentsTableProps) {
  return (
    <Table label="Experiments">
      <TableHead>
        <TableRow>
          <TableHeader>Experiment</TableHeader>
          <TableHeader>State</TableHeader>
          <TableHeader numeric>Set-ups</TableHeader>
          <TableHeader numeric>Answers</TableHeader>
          <TableHeader numeric>Cost</TableHeader>
          <TableHeader>Started</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {experiments.map((one) => (
          <TableRow key={one.id}>
            <TableCell className="min-w-44">
              <Link
                href={`/projects/${project}/runs/experiments/${one.id}`}
                className="link break-words font-medium"
              >
                {one.name}
              </Link>{' '}
              {one.standIn ? <StandIn /> : null}
              <p className="mt-0.5 text-muted text-xs">on {one.pool}</p>
            </TableCell>
            <TableCell className="min-w-36">
              <ExperimentBadge experiment={one} />
              {isAtWork(one) ? (
                <Progress
                  value={one.done}
                  max={one.items}
                  label={`Progress of ${one.name}`}
                  className="mt-1.5"
                />
              ) : null}
            </TableCell>
            <TableCell numeric>{count(one.cells)}</TableCell>
            <TableCell numeric>
              {one.done === one.items
                ? count(one.items)
                : `${count(one.done)} of ${count(one.items)}`}
            </TableCell>
            <TableCell numeric>{one.cost === null ? 'not known' : money(one.cost)}</TableCell>
            <TableCell className="whitespace-nowrap">
              <Time iso={one.createdAt} />
              {one.startedBy ? <p className="text-muted text-xs">{one.startedBy}</p> : null}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

/** What its runs are at, in a word. */
export function ExperimentBadge({ experiment }: { experiment: ExperimentSummary }) {
  if (isAtWork(experiment)) return <Badge tone="accent">Running</Badge>
  const { ended, paused } = experiment.runs
  if (paused > 0) return <Badge tone="warn">Paused</Badge>
  if (ended === 0) return <Badge tone="good">Done</Badge>
  return <Badge tone="warn">{ended === 1 ? '1 run is missing' : `${ended} runs are missing`}</Badge>
}
