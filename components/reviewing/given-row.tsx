'use client'
import { toast } from 'sonner'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { count, day } from '@/components/ui/figures'
import { Progress } from '@/components/ui/progress'
import { showError } from '@/components/ui/show-error'
import { useTakeBack } from '@/lib/reviews/handouts/queries'
import type { HandoutView } from '@/lib/reviews/handouts/schema'
import { POOL_NAMES } from './pool-names'

export function GivenRow({ project, handout }: { project: string; handout: HandoutView }) {
  const takeBack = useTakeBack(project)
  const { id, name, pool, predicted, cases, done, left, note, dueOn, late, ended } = handout
  const elsewhere = cases - done - left
  const what = `${count(cases)} ${cases === 1 ? 'case' : 'cases'} of the ${POOL_NAMES[pool].toLowerCase()}`

  function undo() {
    takeBack.mutate(id, {
      onError: showError,
      onSuccess: () => toast(`What ${name} has not done goes to everyone`),
    })
  }

  return (
    <li className="grid gap-2 py-3.5">
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <div className="flex flex-wrap items-center gap-2 font-medium">
            {name}
            {late ? <Badge tone="warn">Late</Badge> : null}
            {ended ? <Badge>Taken back</Badge> : null}
            {!ended && left === 0 ? <Badge tone="good">Done</Badge> : null}
          </div>
          <div className="text-[13px] text-muted">
            {what}
            {predicted ? `, suggested as ${predicted}` : ''}
            {dueOn ? `, due ${day(dueOn)}` : ''}
          </div>
          {note ? <p className="mt-1 break-words">{note}</p> : null}
        </div>
        {!ended && left > 0 ? (
          <Button
            size="sm"
            variant="ghost"
            busy={takeBack.isPending}
            aria-label={`Take back the work of ${name}`}
            onClick={undo}
          >
            Take back
          </Button>
        ) : null}
      </div>
      <div className="flex items-center gap-3">
        <Progress value={done} max={cases} label={`Work of ${name} done`} />
        <span className="shrink-0 text-[13px] text-muted tabular-nums">
          {count(done)} done, {count(left)} left
          {elsewhere > 0 ? `, ${count(elsewhere)} back to everyone` : ''}
        </span>
      </div>
    </li>
  )
}
