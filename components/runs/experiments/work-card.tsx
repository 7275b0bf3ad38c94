import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { count, percent } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { Progress } from '@/components/ui/progress'
import { isAtWork, nameCell, statusOfCell } from '@/lib/runs/experiments/rules'
import type { ExperimentView } from '@/lib/runs/experiments/schema'
import { isEnded } from '@/lib/runs/rules'

/** How far it is, which set-up is at work, and what came to nothing. */
export function WorkCard({ project, view }: { project: string; view: ExperimentView }) {
  const failed = view.table.filter(({ runs }) => statusOfCell(runs) === 'failed')
  const paused = view.table.flatMap(({ runs }) => runs).find(({ status }) => status === 'paused')
  return (
    <>
      {isAtWork(view) ? <AtWork project={project} view={view} /> : null}
      {!isAtWork(view) && paused ? (
        <Notice tone="warn" title={paused.message ?? 'Paused.'}>
          What was answered is kept. Going on goes on with every set-up that has paused.
        </Notice>
      ) : null}
      {failed.length > 0 ? (
        <Notice
          tone="bad"
          title={`${failed.length === 1 ? '1 set-up has' : `${failed.length} set-ups have`} failed`}
        >
          <ul className="grid gap-1">
            {failed.slice(0, 5).map((cell) => (
              <li key={cell.id}>
                <span className="text-ink">{nameCell(cell)}</span>:{' '}
                {cell.runs.find(({ status }) => status === 'failed')?.message}
              </li>
            ))}
          </ul>
          The others are not touched by it. Run what is missing when the cause is gone.
        </Notice>
      ) : null}
    </>
  )
}

function AtWork({ project, view }: { project: string; view: ExperimentView }) {
  const working = view.table.flatMap((cell) =>
    cell.runs
      .filter(({ status }) => status === 'running' || status === 'stopping')
      .map((run) => ({ cell, run })),
  )
  return (
    <Card
      title="Progress"
      action={
        <span className="tabular-nums">
          {count(view.done)} of {count(view.items)}
          <span className="text-muted">
            {' '}
            · {percent(view.items ? view.done / view.items : 0, 0)}
          </span>
        </span>
      }
    >
      <Progress value={view.done} max={view.items} label="Answers" className="h-2" />
      <ul className="mt-3 grid gap-1 text-[13px] text-muted" aria-live="polite">
        {working.map(({ cell, run }) => (
          <li key={run.id}>
            At work: {nameCell(cell)}, {count(run.done)} of {count(run.items)} cases.{' '}
            <Link className="link" href={`/projects/${project}/runs/${run.id}`}>
              Open the run
            </Link>
          </li>
        ))}
        {working.length === 0 ? <li>Waits for a worker. {describeWaiting(view)}</li> : null}
      </ul>
    </Card>
  )
}

function describeWaiting({ table }: ExperimentView): string {
  const waiting = table.filter(({ runs }) => runs.some(({ status }) => !isEnded(status))).length
  return `${count(waiting)} ${waiting === 1 ? 'set-up is' : 'set-ups are'} to come.`
}
