'use client'
import { useQuery } from '@tanstack/react-query'
import { count, money } from '@/components/ui/figures'
import { compareCosts } from '@/lib/runs/batches/costs/rules'
import { estimateQuery } from '@/lib/runs/queries'
import type { EstimateInput, RunEstimate } from '@/lib/runs/schema'
import { Choices } from './choices'

export type Mode = 'on_demand' | 'batch'

type ModeChoicesProps = {
  project: string
  /** Null while it is none that could be estimated. */
  choice: EstimateInput | null
  value: Mode
  onChange: (mode: Mode) => void
  /** Why it can't be asked as a batch job; null: it can. */
  obstacle: string | null
  leastRecords: number
}

/** On demand or as a batch job, each with what it would cost here: which is cheaper depends on the set-up. */
export function ModeChoices(props: ModeChoicesProps) {
  const { project, choice, value, onChange, obstacle, leastRecords } = props
  const { data } = useQuery({
    ...estimateQuery(project, choice ?? { versionId: '', pool: 'dev', limit: null }),
    placeholderData: (former) => former,
  })
  const from = `From ${count(leastRecords)} calls up: fewer are made on demand.`
  return (
    <Choices
      legend="How"
      name="mode"
      value={value}
      onChange={onChange}
      choices={[
        {
          value: 'on_demand',
          label: 'On demand',
          hint: `${sayOnDemand(data?.costs)}Answers come at once, and you can stop it between any two.`,
        },
        {
          value: 'batch',
          label: 'As a batch job',
          hint: obstacle ?? `${sayBatch(data?.costs)} Answers take up to a day. ${from}`,
          disabled: obstacle !== null,
        },
      ]}
    />
  )
}

function sayOnDemand(costs: RunEstimate['costs'] | undefined): string {
  if (costs === undefined || compareCosts(costs) === null) return ''
  return `About ${money(costs.onDemand)}${costs.cached ? ', with the prompt cache' : ''}. `
}

function sayBatch(costs: RunEstimate['costs'] | undefined): string {
  const compared = costs === undefined ? null : compareCosts(costs)
  if (costs === undefined || compared === null) {
    return 'At the price of batch jobs, but without the prompt cache.'
  }
  const cost = `About ${money(costs.batch)}`
  if (compared === 'alike') return `${cost}, the same.`
  if (compared === 'cheaper') return `${cost}.`
  return costs.cached
    ? `${cost}, dearer here: a batch job does not use the prompt cache.`
    : `${cost}, dearer here.`
}
