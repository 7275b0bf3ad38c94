'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { interval, percent } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { StandIn } from '@/components/ui/stand-in'
import { measuredBeforeQuery } from '@/lib/runs/experiments/queries'

type MeasuredNoticeProps = { project: string; version: string }

/** A version that was made from a set-up of an experiment has its figure there, if it is still the same. */
export function MeasuredNotice({ project, version }: MeasuredNoticeProps) {
  const { data } = useQuery(measuredBeforeQuery(project, version))
  if (!data) return null
  const { experiment, exact, compared, standIn } = data
  return (
    <Notice
      title={
        <span className="flex flex-wrap items-center gap-2">
          {percent(exact.rate)} right on dev, measured in an experiment
          {standIn ? <StandIn /> : null}
        </span>
      }
    >
      <p>
        {interval(exact.low, exact.high)}, n = {exact.n}, in{' '}
        <Link href={`/projects/${project}/runs/experiments/${experiment.id}`} className="link">
          {experiment.name}
        </Link>
        : a model was sent there just what this version says.{' '}
        {compared > 1
          ? `Chosen as one of ${compared}, it looks better than it is; a run of its own on dev, or the test, says more.`
          : 'It has no run of its own on dev yet.'}
      </p>
    </Notice>
  )
}
