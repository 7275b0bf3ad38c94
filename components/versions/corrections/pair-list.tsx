'use client'
import { ArrowRight } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { cx } from '@/components/ui/cx'
import type { ConfusionPair } from '@/lib/versions/corrections/schema'

export type NameOf = (id: string | null, none: string) => string

export const isWrongReason = ({ suggestedId, rightId }: ConfusionPair) =>
  suggestedId !== null && suggestedId === rightId

type PairListProps = {
  pairs: ConfusionPair[]
  chosen: ConfusionPair
  onChoose: (pair: ConfusionPair) => void
  nameOf: NameOf
}

/** What was suggested → what is right, the most frequent first. */
export function PairList({ pairs, chosen, onChoose, nameOf }: PairListProps) {
  return (
    <Card
      title="Suggested → right"
      className="max-h-80 overflow-y-auto lg:sticky lg:top-20 lg:max-h-[calc(100vh-7rem)]"
    >
      <ul className="-mx-2 grid gap-0.5">
        {pairs.map((pair) => {
          const here = pair === chosen
          return (
            <li key={`${pair.suggestedId} ${pair.rightId}`}>
              <button
                type="button"
                aria-current={here ? 'true' : undefined}
                className={cx(
                  'grid w-full grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 rounded-lg px-2 py-1.5 text-left text-[13px]',
                  here ? 'bg-accent-soft' : 'hover:bg-sunken',
                )}
                onClick={() => onChoose(pair)}
              >
                <span className="min-w-0">
                  <span className="text-muted">{nameOf(pair.suggestedId, 'no valid label')}</span>
                  <span className="flex items-center gap-1 font-medium">
                    <ArrowRight
                      className="size-3.5 shrink-0 text-muted"
                      aria-label={isWrongReason(pair) ? 'is' : 'should be'}
                    />
                    {isWrongReason(pair)
                      ? 'right, wrong reason'
                      : nameOf(pair.rightId, 'not known yet')}
                  </span>
                </span>
                <span className="flex items-center gap-1.5">
                  {pair.counts.open > 0 ? (
                    <Badge tone="accent">{pair.counts.open} open</Badge>
                  ) : null}
                  <span className="min-w-6 text-right font-medium tabular-nums">{pair.total}</span>
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
