'use client'
import { useQuery } from '@tanstack/react-query'
import { count, money } from '@/components/ui/figures'
import { Notice } from '@/components/ui/notice'
import { foreseeLimit, shareLimits } from '@/lib/runs/limits/rules'
import { estimateQuery } from '@/lib/runs/queries'
import type { EstimateInput } from '@/lib/runs/schema'

type LimitForecastProps = {
  project: string
  choice: EstimateInput
  limits: { costLimit: number | null; callLimit: number | null }
  /** Runs that share them. */
  runs: number
}

/** What is known before a run begins of the limit at which it will pause. */
export function LimitForecast({ project, choice, limits, runs }: LimitForecastProps) {
  const { data } = useQuery({
    ...estimateQuery(project, choice),
    placeholderData: (former) => former,
  })
  if (!data || data.obstacle !== null || data.cases === 0) return null
  const { callLimit, costLimit } = shareLimits(limits, runs)
  const foreseen = foreseeLimit({ callLimit, costLimit }, data)
  if (foreseen === null) return null
  const { limit, atOnce } = foreseen
  const least = limit === 'calls' ? foreseen.enough : Math.ceil(foreseen.enough / 10_000) * 10_000
  const show = limit === 'calls' ? count : money
  const allowed = `${show(limit === 'calls' ? callLimit : costLimit)} ${limit === 'calls' ? 'calls are' : 'is'} allowed`
  const takes = `${limit === 'calls' ? `${show(least)} calls` : `about ${show(least)}`}`
  const each = runs > 1 ? ' to each of the runs' : ''
  return (
    <Notice
      tone={atOnce ? 'warn' : undefined}
      title={atOnce ? 'It would pause before it has asked anything' : 'It will pause on its way'}
    >
      {atOnce
        ? `A batch job is begun whole or not at all: the first takes ${takes}, and ${allowed}${each}. Allow more, or take fewer cases.`
        : `All of it takes ${limit === 'calls' ? 'about ' : ''}${takes}, and ${allowed}${each}. It keeps what it has, and goes on when more is allowed.`}
    </Notice>
  )
}
