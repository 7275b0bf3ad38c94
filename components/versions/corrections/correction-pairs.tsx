'use client'
import { useRef, useState } from 'react'
import type { ConfusionPair, CorrectionOverview } from '@/lib/versions/corrections/schema'
import { CorrectionList } from './correction-list'
import { PairList } from './pair-list'
import { isSamePair, type NameOf } from './pair-names'
import type { KeptForms } from './promotion/use-promotion-form'
import type { Chosen, FilterState } from './use-correction-filter'
import type { Undos } from './use-triage'

type CorrectionPairsProps = {
  project: string
  mayEdit: boolean
  pairs: ConfusionPair[]
  run: CorrectionOverview['run']
  state: FilterState
  nameOf: NameOf
}

/** Stays with the pair that was chosen, also when nothing of it is open any more. */
export function CorrectionPairs({ pairs, run, state, ...rest }: CorrectionPairsProps) {
  const [start] = useState<Chosen | undefined>(
    () => pairs.find(({ counts }) => counts.open > 0) ?? pairs[0],
  )
  // What was typed into a form that was closed unsaved is there when it is opened again.
  const kept = useRef<KeptForms>(new Map())
  const undos = useRef<Undos>([])
  const wanted = state.chosen ?? start
  const pair = pairs.find((one) => wanted && isSamePair(one, wanted)) ?? pairs[0]
  if (!pair) return null
  const { nameOf } = rest
  const next = pairs.find((one) => one !== pair && one.counts.open > 0)
  return (
    <div className="grid min-w-0 items-start gap-4 lg:grid-cols-[22rem_minmax(0,1fr)]">
      <PairList pairs={pairs} run={run} chosen={pair} onChoose={state.choose} nameOf={nameOf} />
      <CorrectionList
        key={`${pair.suggestedId} ${pair.rightId}`}
        {...rest}
        pair={pair}
        filter={{ ...state.filter, ...(state.status ? { status: state.status } : {}) }}
        kept={kept.current}
        undos={undos}
        next={next ?? null}
        onNext={state.choose}
      />
    </div>
  )
}
