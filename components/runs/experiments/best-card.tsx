'use client'
import { useQuery } from '@tanstack/react-query'
import { createParser, useQueryState } from 'nuqs'
import { Card } from '@/components/ui/card'
import { interval, percent } from '@/components/ui/figures'
import { costWords } from '@/components/ui/price-note'
import { StandIn } from '@/components/ui/stand-in'
import { bestOfEqual } from '@/lib/accuracy/selection/rules'
import { chooseBest, describeNone, describeTies } from '@/lib/runs/experiments/best/rules'
import { findRule, writeRule } from '@/lib/runs/experiments/forms/rules'
import { experimentQuery } from '@/lib/runs/experiments/queries'
import { nameCell } from '@/lib/runs/experiments/rules'
import type { ExperimentView } from '@/lib/runs/experiments/schema'
import { RuleFields } from './rule-fields'
import { WinnerButton } from './winner-button'

type BestCardProps = { project: string; view: ExperimentView; canRun: boolean }

/** The best by a rule one chooses, and the way from it to a release. */
export function BestCard({ project, view, canRun }: BestCardProps) {
  const [chosen, setChosen] = useQueryState('best', RULE)
  const rule = chosen ?? view.rule
  const finished = view.table.flatMap((cell) =>
    cell.figures ? { ...cell, figures: cell.figures } : [],
  )
  const bestId = chooseBest(finished, rule)
  const best = finished.find(({ id }) => id === bestId)
  const ties = useTies(project, view.id, bestId)
  return (
    <Card>
      <div className="grid gap-4">
        <RuleFields rule={rule} target={view.target} onChange={(next) => void setChosen(next)} />
        <div className="flex flex-wrap items-end justify-between gap-4" aria-live="polite">
          <div className="min-w-0">
            <h2 className="flex flex-wrap items-center gap-2 break-words font-semibold text-lg tracking-tight">
              {best ? nameCell(best) : 'None of them'}{' '}
              {ties === '' ? null : <span className="font-normal text-base">{ties}</span>}{' '}
              {view.standIn ? <StandIn /> : null}
            </h2>
            <p className="max-w-[46rem] text-[13px] text-muted">
              {best ? describeBest(best.figures) : describeNone(rule)} {describeLuck(view)}
            </p>
          </div>
          {best && canRun ? <WinnerButton project={project} cell={best} /> : null}
        </div>
      </div>
    </Card>
  )
}

/** Kept in the address, so that it is there again after a look at something else. */
const RULE = createParser({ parse: findRule, serialize: writeRule })

/** Which others are as accurate as the best, each compared with it on the same cases. */
function useTies(project: string, experimentId: string, bestId: string | null): string {
  const { data } = useQuery({
    ...experimentQuery(project, experimentId, bestId ?? ''),
    enabled: bestId !== null,
  })
  return data?.baseId === bestId && data ? describeTies(data.table) : ''
}

type Figures = NonNullable<ExperimentView['table'][number]['figures']>

function describeBest({ exact, costPerThousand, priced, tokensPerThousand }: Figures): string {
  const cost =
    costPerThousand === null
      ? 'its price is not known'
      : `${costWords(costPerThousand, priced)} for 1,000 cases`
  return `${percent(exact.rate)} right (${interval(exact.low, exact.high)}, n = ${exact.n}), ${cost}, ${Math.round(tokensPerThousand / 1_000).toLocaleString('en-US')} tokens a case.`
}

/** That the best of several looks better than it is, and by how much here. */
function describeLuck({ table }: ExperimentView): string {
  const compared = table.flatMap(({ comparison }) => comparison ?? [])
  if (compared.length < 1) return 'Confirm it on test before it labels anything.'
  const n = Math.min(...compared.map((one) => one.n))
  const shares = compared.map((one) => (one.n === 0 ? 0 : (one.onlyOld + one.onlyNew) / one.n))
  const differing = shares.reduce((sum, share) => sum + share, 0) / shares.length
  const luck = bestOfEqual({ candidates: compared.length + 1, differing, n })
  return `The best of ${compared.length + 1} looks better than it is: of as many equally good set-ups, the best would seem to gain ${(luck * 100).toFixed(1)} points on these ${n} cases. Confirm it on test before it labels anything.`
}
