import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { count } from '@/components/ui/figures'
import { Progress } from '@/components/ui/progress'
import { nameSide } from '@/lib/versions/side-by-side/rules'
import type { SideBySideView } from '@/lib/versions/side-by-side/schema'

/** The runs that are at work, two at a time. */
export function SideProgress({ project, view }: { project: string; view: SideBySideView }) {
  const working = [view.base, ...view.candidates].flatMap((side) =>
    side.run && side.run.status !== 'done' ? { side, run: side.run } : [],
  )
  if (working.length === 0) return null
  return (
    <Card title="Labelling dev">
      <ul className="grid gap-3">
        {working.map(({ side, run }) => (
          <li key={run.id} className="grid gap-1.5 text-[13px]">
            <span className="flex flex-wrap justify-between gap-x-3">
              <span className="min-w-0 break-words">{nameSide(side)}</span>
              <span className="text-muted tabular-nums">
                {run.status === 'queued'
                  ? 'waits for a worker'
                  : `${count(run.done)} of ${count(run.items)} cases`}{' '}
                <Link className="link" href={`/projects/${project}/runs/${run.id}`}>
                  Open the run
                </Link>
              </span>
            </span>
            <Progress
              value={run.done}
              max={run.items}
              label={`Labelling dev with ${nameSide(side)}`}
            />
          </li>
        ))}
      </ul>
    </Card>
  )
}
