'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { Progress } from '@/components/ui/progress'
import { showError } from '@/components/ui/show-error'
import { Time } from '@/components/ui/time'
import { categoryHistoryQuery, useUndoCategoryChange } from '@/lib/projects/categories/queries'
import { describeSeconds } from '@/lib/projects/categories/rules'
import type { CategoryChangeView, CategoryHistory } from '@/lib/projects/categories/schema'

/** Who changed the categories when, and how far their cases have come. Nothing while nobody has. */
export function CategoryHistoryCard({ project }: { project: string }) {
  const history = useQuery(categoryHistoryQuery(project))
  if (!history.data || (history.data.changes.length === 0 && !history.data.outdated)) return null
  const { changes, outdated } = history.data
  return (
    <Card title="Changes of the categories">
      <div className="grid gap-3">
        {outdated ? <Outdated project={project} outdated={outdated} /> : null}
        <ol className="divide-y divide-line">
          {changes.map((change) => (
            <Change key={change.id} project={project} change={change} />
          ))}
        </ol>
      </div>
    </Card>
  )
}

const quote = (names: readonly string[]) => names.map((name) => `“${name}”`).join(', ')

type OutdatedProps = { project: string; outdated: NonNullable<CategoryHistory['outdated']> }

function Outdated({ project, outdated: { number, former, missing } }: OutdatedProps) {
  const facts = [
    former.length > 0 ? `still sorts into ${quote(former)}` : '',
    missing.length > 0 ? `does not know ${quote(missing)}` : '',
  ].filter(Boolean)
  return (
    <Notice
      tone="warn"
      title={`v${number}, in force, ${facts.join(' and ')}`}
      action={
        <Button asChild size="sm">
          <Link href={`/projects/${project}/versions`}>Make a new draft</Link>
        </Button>
      }
    >
      Its suggestions follow the new categories once a new version is released.
    </Notice>
  )
}

function Change({ project, change }: { project: string; change: CategoryChangeView }) {
  const undo = useUndoCategoryChange(project)
  return (
    <li className="grid gap-1.5 py-2.5">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <p className="wrap-anywhere min-w-0 flex-1 basis-60">{change.sentence}</p>
        {change.state === 'undone' ? <Badge>undone</Badge> : null}
        {change.undoable ? (
          <Button
            size="sm"
            aria-label={`Undo: ${change.sentence}`}
            busy={undo.isPending}
            onClick={() => undo.mutate(change.id, { onError: showError })}
          >
            Undo
          </Button>
        ) : null}
      </div>
      <p className="text-[13px] text-muted">
        {change.by ?? 'Someone'} · <Time iso={change.at} />
        {change.state === 'done' ? whatBecame(change) : ''}
      </p>
      {change.state === 'waiting' || change.state === 'running' ? <AtWork change={change} /> : null}
    </li>
  )
}

function whatBecame({ recalled, carried }: CategoryChangeView): string {
  const parts = [
    recalled > 0 ? `${cases(recalled)} put back into the queue` : '',
    carried > 0 ? `${cases(carried)} brought up to date` : '',
  ].filter(Boolean)
  return parts.map((part) => ` · ${part}`).join('')
}

const cases = (n: number) => `${n.toLocaleString('en-US')} ${n === 1 ? 'case' : 'cases'}`

function AtWork({ change }: { change: CategoryChangeView }) {
  const { recalled, carried, done, startedAt } = change
  const all = recalled + carried
  const what = recalled > 0 ? 'Cases go back into the queue' : 'Cases are brought up to date'
  return (
    <div className="grid gap-1">
      <Progress value={done} max={all} label={what} />
      <p className="text-[13px] text-muted tabular-nums">
        {startedAt === null
          ? `${what} in a moment: ${cases(all)}. Until then it can be undone.`
          : `${done.toLocaleString('en-US')} of ${cases(all)}${timeLeft(done, all, startedAt)}`}
      </p>
    </div>
  )
}

function timeLeft(done: number, all: number, startedAt: string): string {
  const seconds = (Date.now() - Date.parse(startedAt)) / 1000
  if (done === 0 || seconds < 2) return ''
  const rate = done / seconds
  return ` · ${Math.round(rate).toLocaleString('en-US')} a second · ${describeSeconds((all - done) / rate)} left`
}
