'use client'
import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { count } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { Progress } from '@/components/ui/progress'
import type { TrialView } from '@/lib/versions/trials/schema'

export type Names = { draft: string; parent: string | null }

type TrialProgressProps = { project: string; trial: TrialView; names: Names }

/** Runs of the trial that are at work, and those that ended before their end. */
export function TrialProgress({ project, trial, names }: TrialProgressProps) {
  const sides = [
    { run: trial.draftRun, name: names.draft },
    { run: trial.parentRun, name: names.parent ?? 'parent' },
  ]
  return sides.map(({ run, name }) => {
    if (!run || run.status === 'done') return null
    const link = (
      <Link className="link" href={`/projects/${project}/runs/${run.id}`}>
        Open the run
      </Link>
    )
    if (run.status === 'failed' || run.status === 'stopped') {
      return (
        <Notice
          key={run.id}
          tone="warn"
          title={`The run of ${name} ${run.status === 'failed' ? 'failed' : 'was stopped'}`}
          action={link}
        >
          What it labelled is kept, but a trial needs a whole run. Try it again.
        </Notice>
      )
    }
    return (
      <Card key={run.id}>
        <div className="mb-2 flex flex-wrap justify-between gap-2 text-[13px]">
          <span>
            Labelling dev with {name}: {count(run.done)} of {count(run.items)} cases
          </span>
          {link}
        </div>
        <Progress value={run.done} max={run.items} label={`Labelling dev with ${name}`} />
      </Card>
    )
  })
}
