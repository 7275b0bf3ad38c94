'use client'
import { ArrowRight } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { cx } from '@/components/ui/cx'
import { count } from '@/components/ui/figures'
import { StandIn } from '@/components/ui/stand-in'
import type { ConfusionPair, CorrectionOverview } from '@/lib/versions/corrections/schema'
import { type NameOf, nameRight } from './pair-names'

type PairListProps = {
  pairs: ConfusionPair[]
  run: CorrectionOverview['run']
  chosen: ConfusionPair
  onChoose: (pair: ConfusionPair) => void
  nameOf: NameOf
}

/** What was suggested → what is right, the most costly first. */
export function PairList({ pairs, run, chosen, onChoose, nameOf }: PairListProps) {
  return (
    <Card
      title="Suggested → right"
      description={<CostLine run={run} pairs={pairs} />}
      className="max-h-96 overflow-y-auto lg:sticky lg:top-20 lg:max-h-[calc(100vh-7rem)]"
    >
      <ul className="-mx-2 grid gap-0.5">
        {pairs.map((pair) => (
          <li key={`${pair.kind} ${pair.suggestedId} ${pair.rightId}`}>
            <PairButton
              pair={pair}
              isHere={pair === chosen}
              nameOf={nameOf}
              onChoose={() => onChoose(pair)}
            />
          </li>
        ))}
      </ul>
    </Card>
  )
}

type PairButtonProps = {
  pair: ConfusionPair
  isHere: boolean
  nameOf: NameOf
  onChoose: () => void
}

function PairButton({ pair, isHere, nameOf, onChoose }: PairButtonProps) {
  return (
    <button
      type="button"
      aria-current={isHere ? 'true' : undefined}
      className={cx(
        'grid w-full grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 rounded-lg px-2 py-1.5 text-left text-[13px]',
        isHere ? 'bg-accent-soft' : 'hover:bg-sunken',
      )}
      onClick={onChoose}
    >
      <span className="min-w-0">
        <span className="text-muted">{nameOf(pair.suggestedId, 'no valid label')}</span>
        <span className="flex items-center gap-1 font-medium">
          <ArrowRight
            className="size-3.5 shrink-0 text-muted"
            aria-label={pair.kind === 'reason' ? 'is' : 'should be'}
          />
          {nameRight(pair, nameOf)}
        </span>
      </span>
      <span className="grid justify-items-end gap-1">
        <span className="font-medium tabular-nums">{describeCost(pair)}</span>
        {pair.counts.open > 0 ? <Badge tone="accent">{pair.counts.open} open</Badge> : null}
      </span>
    </button>
  )
}

/** "≈ 41 in 1,000", or how many corrections there are where nothing can be estimated. */
function describeCost({ cost, total }: ConfusionPair): string {
  if (cost === null) return total === 1 ? '1 correction' : `${count(total)} corrections`
  if (cost === 0) return '0 in 1,000'
  return cost < 1 ? '< 1 in 1,000' : `≈ ${count(cost)} in 1,000`
}

function CostLine({ run, pairs }: Pick<PairListProps, 'run' | 'pairs'>) {
  if (pairs.every(({ cost }) => cost === null)) {
    return 'The most frequent first. What a pair costs can be told once the released version has labelled the example pool.'
  }
  const version = run?.version ? `v${run.version}` : 'the released version'
  return (
    <details>
      <summary className="cursor-pointer">
        The most costly first: wrong suggestions expected in 1,000 cases
        {run?.standIn ? (
          <>
            {' '}
            <StandIn />
          </>
        ) : (
          '.'
        )}
      </summary>
      Of all {count(run?.cases)} example cases, how many {version} gives the suggested label, times
      the share that has the right label of the pair among those of them that are labelled; pairs
      that this can’t tell show their number of corrections.
    </details>
  )
}
