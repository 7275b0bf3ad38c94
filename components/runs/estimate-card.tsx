'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Card } from '@/components/ui/card'
import { count, money, roughly } from '@/components/ui/figures'
import { Loaded } from '@/components/ui/loaded'
import { Notice } from '@/components/ui/notice'
import { PriceNote } from '@/components/ui/price-note'
import { StandIn } from '@/components/ui/stand-in'
import { compareCosts } from '@/lib/runs/batches/costs/rules'
import { estimateQuery } from '@/lib/runs/queries'
import type { EstimateInput, RunEstimate } from '@/lib/runs/schema'
import { FigureList } from './figure-list'

type EstimateCardProps = {
  project: string
  choice: EstimateInput
  /** Identical runs that are started together. */
  repeats?: number
}

export function EstimateCard({ project, choice, repeats = 1 }: EstimateCardProps) {
  const query = useQuery({
    ...estimateQuery(project, choice),
    placeholderData: keepPreviousData,
  })
  return (
    <Card
      title="What it takes"
      description={
        repeats === 1
          ? 'An estimate from the prompt and the cases’ lengths.'
          : `An estimate from the prompt and the cases’ lengths, of each of the ${repeats} runs.`
      }
    >
      <Loaded query={query}>
        {(estimate) => <Estimate project={project} estimate={estimate} repeats={repeats} />}
      </Loaded>
    </Card>
  )
}

/** A run takes cases again that were labelled before: people should know before they pay for it. */
function describeUnlabelled({ cases, unlabelled }: RunEstimate): string | undefined {
  if (cases === 0) return undefined
  if (unlabelled === cases) return 'new to this version'
  if (unlabelled === 0) return 'this version has labelled all of them'
  return `${count(unlabelled)} not yet labelled by it`
}

/** A batch job is cheaper by the call, and can be dearer all the same. */
function describeWay({ batch, costs }: RunEstimate): string | null {
  if (batch === null || costs.batch === null) return null
  return compareCosts(costs) === null
    ? 'as a batch job '
    : `as a batch job; on demand ${money(costs.onDemand)}; `
}

type EstimateProps = { project: string; estimate: RunEstimate; repeats: number }

function Estimate({ project, estimate, repeats }: EstimateProps) {
  const split = `${count(estimate.inputTokens)} in, ${count(estimate.outputTokens)} out`
  const all = (total: string) => (repeats === 1 ? '' : `${total} for all ${repeats} runs, `)
  const tokens = all(count((estimate.inputTokens + estimate.outputTokens) * repeats)) + split
  return (
    <div className="grid gap-4" aria-live="polite">
      <FigureList
        figures={[
          {
            name: 'Cases',
            value: count(estimate.cases),
            note: describeUnlabelled(estimate),
          },
          {
            name: 'Tokens',
            value: count(estimate.inputTokens + estimate.outputTokens),
            note: tokens,
          },
          {
            name: 'Cost',
            value: estimate.cost === null ? 'not known' : money(estimate.cost),
            note: (
              <>
                {estimate.cost === null ? null : all(money(estimate.cost * repeats))}
                {describeWay(estimate)}
                <PriceNote project={project} {...estimate} />
              </>
            ),
          },
          estimate.batch
            ? {
                name: 'Time',
                value: `up to ${estimate.batch.hours} hours`,
                note: `${count(estimate.batch.records)} records, often much sooner`,
              }
            : {
                name: 'Time',
                value: roughly(estimate.durationMs),
                note: estimate.measured ? 'as the last run went' : 'a guess: nothing measured yet',
              },
        ]}
      />
      <p className="flex flex-wrap items-center gap-2 text-[13px] text-muted">
        Model <code className="break-all font-mono text-ink text-xs">{estimate.modelId}</code>
        {estimate.standIn ? <StandIn /> : null}
      </p>
      {estimate.obstacle ? (
        <Notice tone="bad" title="This version can’t be run">
          {estimate.obstacle}
        </Notice>
      ) : null}
      {estimate.tooFew && !estimate.obstacle ? (
        <Notice tone="warn" title="Too few cases for a batch job">
          They will be asked on demand, at the full price. Choose more cases for a batch job.
        </Notice>
      ) : null}
      {estimate.cut > 0 && !estimate.obstacle ? (
        <Notice tone="warn" title={`${count(estimate.cut)} cases are longer than the model takes`}>
          Their first request and the agent’s last answer are kept; what is left out in between is
          marked, and the suggestion is flagged.
        </Notice>
      ) : null}
    </div>
  )
}
