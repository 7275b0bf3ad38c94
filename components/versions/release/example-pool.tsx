'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/field'
import { count, roughly } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { costWords } from '@/components/ui/price-note'
import { Progress } from '@/components/ui/progress'
import { showError } from '@/components/ui/show-error'
import { useOnce } from '@/components/ui/use-once'
import { poolLabellingQuery, useLabelExamplePool } from '@/lib/runs/unlabelled/queries'
import type { PoolLabelling, StartedLabelling } from '@/lib/runs/unlabelled/schema'

/**
 * The choice beside a Release button to label the example pool with the version right away: without
 * that its reviewers see no suggestions. Taken by itself where the cost is known.
 */
export function useLabelChoice(
  project: string,
  version: string,
): { wanted: boolean; field: ReactNode } {
  const { data, isError } = useQuery(poolLabellingQuery(project, version))
  const [chosen, setChosen] = useState<boolean | null>(null)
  if (!data) {
    const words = isError
      ? 'What labelling the example pool takes is not known now: it is offered after the release.'
      : 'Finding out what labelling the example pool takes…'
    return { wanted: false, field: <p className="min-h-10 text-[13px] text-muted">{words}</p> }
  }
  const idle = describeIdle(data)
  if (idle !== null) {
    return { wanted: false, field: <p className="min-h-10 text-[13px] text-muted">{idle}</p> }
  }
  const wanted = chosen ?? data.cost !== null
  return {
    wanted,
    field: (
      <Checkbox
        className="min-h-10"
        label="Label the example pool with it right away"
        hint={describeCost(data)}
        checked={wanted}
        onChange={({ target }) => setChosen(target.checked)}
      />
    ),
  }
}

/** Why there is nothing to choose. */
function describeIdle({ cases, unlabelled, obstacle }: PoolLabelling): string | null {
  if (cases === 0) return 'There are no cases in the example pool yet that it could label.'
  if (unlabelled === 0) return `It has labelled all ${count(cases)} cases of the example pool.`
  return obstacle
}

function describeCost({
  cases,
  unlabelled,
  cost,
  priced,
  durationMs,
  standIn,
}: PoolLabelling): string {
  const which =
    unlabelled === cases
      ? `${count(cases)} cases`
      : `${count(unlabelled)} of ${count(cases)} cases: it has labelled the others already`
  const price =
    cost === null
      ? 'price not known: it can be set under Settings → Prices'
      : `about ${costWords(cost, priced)}`
  const what = standIn && cost === 0 ? 'free with the local stand-in' : price
  return `${which} · ${what} · ${roughly(durationMs)}. Without it reviewers see no suggestions for them.`
}

/** What a release says of the run that it started, or could not start. */
export function tellLabelling({ problem }: StartedLabelling): void {
  if (problem) toast.error(problem)
}

type ReleasedNoticeProps = { project: string; version: string; name: string }

/** The version in force, and how far it has labelled what reviewers are to see. */
export function ReleasedNotice({ project, version, name }: ReleasedNoticeProps) {
  const { data } = useQuery(poolLabellingQuery(project, version))
  const label = useLabelExamplePool(project, version)
  const once = useOnce()
  const waiting = data && !data.run && data.unlabelled > 0 && !data.obstacle
  return (
    <Notice
      tone={waiting ? 'warn' : 'good'}
      title={`${name} is released`}
      action={
        waiting ? (
          <Button
            size="sm"
            variant="primary"
            busy={label.isPending}
            onClick={() =>
              once((again) =>
                label.mutate(undefined, {
                  onSuccess: (started) => tellLabelling(started),
                  onError: showError,
                  onSettled: again,
                }),
              )
            }
          >
            Label {count(data.unlabelled)} cases of the example pool
          </Button>
        ) : null
      }
    >
      <p>Its suggestions are what reviewers see from now on.</p>
      {data ? <State project={project} labelling={data} /> : null}
    </Notice>
  )
}

function State({ project, labelling }: { project: string; labelling: PoolLabelling }) {
  const { run, obstacle } = labelling
  if (run) {
    const progress = `${count(run.done)} of ${count(run.items)} cases`
    return (
      <div className="mt-1 grid max-w-md gap-1.5">
        <p>
          It is{' '}
          <Link className="link" href={`/projects/${project}/runs/${run.id}`}>
            labelling the example pool
          </Link>
          : {progress}.
        </p>
        <Progress value={run.done} max={run.items} label="Labelling the example pool" />
      </div>
    )
  }
  const idle = describeIdle(labelling)
  if (idle !== null) return <p>{obstacle ? `It can’t label any case: ${obstacle}` : idle}</p>
  return <p>{describeCost(labelling)}</p>
}
