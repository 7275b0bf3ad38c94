'use client'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { count, roughly } from '@/components/ui/figures'
import { costWords } from '@/components/ui/price-note'
import { showError } from '@/components/ui/show-error'
import { useOnce } from '@/components/ui/use-once'
import { markAll } from '@/lib/runs/prices/marks/rules'
import { estimateQuery } from '@/lib/runs/queries'
import type { RunEstimate } from '@/lib/runs/schema'
import type { SideBySideView } from '@/lib/versions/side-by-side/schema'
import { useStartTrial } from '@/lib/versions/trials/queries'
import { CaseLimitField } from '../case-limit-field'
import { NoDevCases } from '../no-dev-cases'

const USUAL_SIZE = 150

type StartRunsProps = { project: string; view: SideBySideView; missing: string[] }

/** Starts every run that is missing, on the same cases, with what they would take together. */
export function StartRuns({ project, view, missing }: StartRunsProps) {
  const [limit, setLimit] = useState<number | null>(
    view.base.run ? view.base.run.caseLimit : view.devCases > USUAL_SIZE ? USUAL_SIZE : null,
  )
  const start = useStartTrial(project)
  const once = useOnce()
  const estimates = useQueries({
    queries: missing.map((versionId) => estimateQuery(project, { versionId, pool: 'dev', limit })),
  }).flatMap(({ data }) => data ?? [])
  const { devCases, labelledDevCases } = view
  const obstacle = estimates.find((one) => one.obstacle)?.obstacle
  if (devCases === 0) return <NoDevCases project={project} />
  return (
    <Card
      title={missing.length === 1 ? '1 run is missing' : `${missing.length} runs are missing`}
      description={`Each labels the same cases of dev. ${count(labelledDevCases)} of ${count(devCases)} have a final label: only these can tell anything.`}
    >
      <div className="flex flex-wrap items-end gap-3">
        <CaseLimitField limit={limit} devCases={devCases} onChange={setLimit} />
        <Button
          variant="primary"
          busy={start.isPending}
          disabled={obstacle !== undefined}
          onClick={() =>
            once((again) =>
              start.mutate(
                { versionIds: missing, limit },
                { onError: showError, onSettled: again },
              ),
            )
          }
        >
          {missing.length === 1 ? 'Try it on dev' : 'Try them on dev'}
        </Button>
      </div>
      <p className="mt-2 min-h-5 text-[13px] text-muted tabular-nums">
        {obstacle ??
          (estimates.length === missing.length ? describe(estimates) : 'Estimating what it takes…')}
      </p>
    </Card>
  )
}

function describe(estimates: readonly RunEstimate[]): string {
  const sum = (value: (one: RunEstimate) => number) =>
    estimates.reduce((total, one) => total + value(one), 0)
  const known = estimates.every(({ cost }) => cost !== null)
  const priced = markAll(estimates.map((one) => one.priced))
  const cost = costWords(known ? sum(({ cost }) => cost ?? 0) : null, priced)
  return `About ${count(sum(({ cases }) => cases))} calls, ${count(sum(({ inputTokens, outputTokens }) => inputTokens + outputTokens))} tokens, ${cost}, ${roughly(sum(({ durationMs }) => durationMs))}.`
}
