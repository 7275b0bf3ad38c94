import Link from 'next/link'
import { Badge, type Tone } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { count } from '@/components/ui/figures'
import { Progress } from '@/components/ui/progress'
import { TableCell, TableRow } from '@/components/ui/table'
import { nameCell, statusOfCell } from '@/lib/runs/experiments/rules'
import type { CellFigures, ExperimentCellView, Facts } from '@/lib/runs/experiments/schema'
import { isEnded } from '@/lib/runs/rules'
import { describeProbability } from '@/lib/versions/trials/rules'
import { RunBadge } from '../run-badge'
import { ACCURACY, COLUMNS, type Column } from './cell-columns'

type CellRowProps = {
  project: string
  cell: ExperimentCellView
  isBase: boolean
  onChooseBase: () => void
}

export function CellRow({ project, cell, isBase, onChooseBase }: CellRowProps) {
  const { figures } = cell
  return (
    <TableRow>
      <TableCell className="min-w-52 max-w-64 bg-surface sm:sticky sm:left-0">
        <SetupName project={project} cell={cell} />
      </TableCell>
      <FigureCell column={ACCURACY} figures={figures} />
      <TableCell className="min-w-40">
        <Comparison
          cell={cell}
          isBase={isBase}
          onChooseBase={figures && !isBase ? onChooseBase : null}
        />
      </TableCell>
      {COLUMNS.map((column) => (
        <FigureCell key={column.name} column={column} figures={figures} />
      ))}
    </TableRow>
  )
}

type FigureCellProps = { column: Column; figures: CellFigures | null }

function FigureCell({ column: { show, note }, figures }: FigureCellProps) {
  return (
    <TableCell numeric>
      {figures ? show(figures) : '–'}
      {figures && note ? <p className="text-muted text-xs">{note(figures)}</p> : null}
    </TableCell>
  )
}

function SetupName({ project, cell }: { project: string; cell: ExperimentCellView }) {
  const { runs, facts } = cell
  const status = statusOfCell(runs)
  const done = runs.reduce((sum, run) => sum + run.done, 0)
  const items = runs.reduce((sum, run) => sum + run.items, 0)
  const [first] = runs
  return (
    <>
      {first ? (
        <Link href={`/projects/${project}/runs/${first.id}`} className="link font-medium">
          {nameCell(cell)}
        </Link>
      ) : (
        <span className="font-medium">{nameCell(cell)}</span>
      )}
      <p className="mt-0.5 text-muted text-xs">{describeFacts(facts)}</p>
      {status === 'done' ? null : <RunBadge status={status} />}
      {isEnded(status) ? null : (
        <Progress
          value={done}
          max={items}
          label={`Progress of ${nameCell(cell)}`}
          className="mt-1.5 max-w-40"
        />
      )}
    </>
  )
}

function describeFacts(facts: Facts): string {
  const { promptTokens, fixedExamples, similarExamples, packSize } = facts
  return [
    `prompt ${count(promptTokens)} tokens`,
    `${count(fixedExamples)} ${fixedExamples === 1 ? 'example' : 'examples'}`,
    ...(similarExamples > 0 ? [`${similarExamples} similar`] : []),
    packSize === 1 ? 'one by one' : `packs of ${packSize}`,
  ].join(', ')
}

const TONES: Record<string, Tone> = { better: 'good', worse: 'bad' }
const points = (share: number) => `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)}`

type ComparisonProps = {
  cell: ExperimentCellView
  isBase: boolean
  onChooseBase: (() => void) | null
}

/** The button stays when its set-up becomes the base, and with it the focus. */
function Comparison({ cell: { comparison }, isBase, onChooseBase }: ComparisonProps) {
  return (
    <div className="grid justify-items-start gap-1">
      {comparison && !isBase ? (
        <>
          <Badge tone={TONES[comparison.verdict] ?? 'neutral'}>{comparison.verdict}</Badge>
          <p className="whitespace-nowrap text-xs tabular-nums">
            {points(comparison.gain)} points
            <span className="text-muted">
              {' '}
              ({points(comparison.interval.low)} to {points(comparison.interval.high)})
            </span>
          </p>
          <p className="whitespace-nowrap text-muted text-xs tabular-nums">
            fixed {count(comparison.onlyNew)}, broken {count(comparison.onlyOld)}, mid-p{' '}
            {describeProbability(comparison.midP)}, Holm {describeProbability(comparison.adjustedP)}
          </p>
        </>
      ) : null}
      {onChooseBase || isBase ? (
        <Button
          variant="ghost"
          size="sm"
          className="-ml-2.5 aria-disabled:opacity-100"
          aria-disabled={isBase || undefined}
          tabIndex={isBase ? -1 : undefined}
          onClick={onChooseBase ?? undefined}
        >
          {isBase ? <Badge>base</Badge> : 'Compare with this'}
        </Button>
      ) : null}
    </div>
  )
}
