'use client'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { count, duration, interval, money, percent } from '@/components/ui/figures'
import { priceWords } from '@/components/ui/price-note'
import { StandIn } from '@/components/ui/stand-in'
import { describeTrial, gainByChoice, noiseOf } from '@/lib/versions/trials/rules'
import type { TrialResult, TrialRun, TrialView } from '@/lib/versions/trials/schema'
import type { Names } from './trial-progress'

type VerdictCardProps = { trial: TrialView; result: TrialResult; names: Names }

const TONES = { better: 'good', worse: 'bad', 'cannot tell yet': 'neutral' } as const

/** One sentence first: better, worse, or cannot tell yet and what it would take. */
export function VerdictCard({ trial, result, names }: VerdictCardProps) {
  const { headline, sentence } = describeTrial(result, names.parent ?? 'its parent', noiseOf(trial))
  const byChoice = gainByChoice(trial)
  const { judgement } = result.exact
  const close = result.countingCloseCalls
  return (
    <Card>
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
        <div className="min-w-0 flex-1 basis-80">
          <h2 className="flex flex-wrap items-center gap-2 font-semibold text-xl tracking-tight sm:text-2xl">
            {headline}
            <Badge tone={TONES[judgement.verdict]}>
              {count(judgement.onlyNew)} fixed · {count(judgement.onlyOld)} broken
            </Badge>
            {result.standIn ? <StandIn /> : null}
          </h2>
          <p className="mt-1.5 max-w-[42rem] text-[15px] text-muted leading-6">{sentence}</p>
          <p className="mt-1 max-w-[42rem] text-[13px] text-muted">
            Counting close calls: {percent(close.parent.rate)} → {percent(close.draft.rate)} (
            {interval(close.draft.low, close.draft.high)}).
          </p>
          {byChoice !== null ? (
            <p className="mt-1 max-w-[42rem] text-[13px] text-muted">
              {count(trial.tried)} versions made from {names.parent} were tried on dev: the best of
              so many equally good ones looks about {(byChoice * 100).toFixed(1)} points better by
              chance. The test pool tells.
            </p>
          ) : null}
        </div>
        <Cost trial={trial} names={names} />
      </div>
    </Card>
  )
}

function Cost({ trial: { draftRun, parentRun }, names }: { trial: TrialView; names: Names }) {
  const beside = (text: string) => (names.parent ? `, ${names.parent} ${text}` : '')
  const lines = [
    ['tokens a case', count(perCase(draftRun)), count(perCase(parentRun))],
    ['half of the calls within', median(draftRun), median(parentRun)],
    ['95 % of the calls within', slow(draftRun), slow(parentRun)],
  ] as const
  return (
    <dl className="grid gap-0.5 text-[13px] text-muted tabular-nums sm:text-right">
      <dt>per 1,000 cases</dt>
      <dd className="mb-1">
        <span className="font-semibold text-base text-ink">{money(draftRun?.costPerThousand)}</span>
        {beside(money(parentRun?.costPerThousand))}
        {draftRun?.priced ? (
          <span className="block text-xs">{priceWords(draftRun.priced)}</span>
        ) : null}
      </dd>
      {lines.map(([name, own, other]) => (
        <div key={name}>
          <dt className="inline">{name} </dt>
          <dd className="inline">
            <span className="text-ink">{own}</span>
            {beside(other)}
          </dd>
        </div>
      ))}
    </dl>
  )
}

const perCase = (run: TrialRun | null) =>
  run?.tokensPerThousand == null ? null : run.tokensPerThousand / 1_000
const median = (run: TrialRun | null) => duration(run?.latency?.median)
const slow = (run: TrialRun | null) => duration(run?.latency?.p95)
