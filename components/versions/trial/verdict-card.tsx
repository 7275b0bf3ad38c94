'use client'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { count, interval, money, percent } from '@/components/ui/figures'
import { StandIn } from '@/components/ui/stand-in'
import { describeTrial } from '@/lib/versions/trials/rules'
import type { TrialResult, TrialRun, TrialView } from '@/lib/versions/trials/schema'
import type { Names } from './trial-progress'

type VerdictCardProps = { trial: TrialView; result: TrialResult; names: Names }

const TONES = { better: 'good', worse: 'bad', 'cannot tell yet': 'neutral' } as const

/** One sentence first: better, worse, or cannot tell yet and what it would take. */
export function VerdictCard({ trial, result, names }: VerdictCardProps) {
  const { headline, sentence } = describeTrial(result, names.parent ?? 'its parent')
  const { judgement } = result.exact
  const close = result.countingCloseCalls
  return (
    <Card>
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
        <div className="min-w-0 flex-1 basis-80">
          <h2 className="flex flex-wrap items-center gap-2 font-semibold text-xl tracking-tight sm:text-2xl">
            {headline}
            <Badge tone={TONES[judgement.verdict]}>
              {result.fixed.length} fixed · {result.broken.length} broken
            </Badge>
            {result.standIn ? <StandIn /> : null}
          </h2>
          <p className="mt-1.5 max-w-[42rem] text-[15px] text-muted leading-6">{sentence}</p>
          <p className="mt-1 max-w-[42rem] text-[13px] text-muted">
            Counting close calls: {percent(close.parent.rate)} → {percent(close.draft.rate)} (
            {interval(close.draft.low, close.draft.high)}).
          </p>
        </div>
        <Cost trial={trial} names={names} />
      </div>
    </Card>
  )
}

function Cost({ trial: { draftRun, parentRun }, names }: { trial: TrialView; names: Names }) {
  return (
    <dl className="text-right text-[13px] text-muted tabular-nums">
      <dt>per 1,000 cases</dt>
      <dd>
        <span className="font-semibold text-base text-ink">{money(draftRun?.costPerThousand)}</span>
        , {names.parent} {money(parentRun?.costPerThousand)}
      </dd>
      <dd>
        {count(perCase(draftRun))} tokens a case, {names.parent} {count(perCase(parentRun))}
      </dd>
    </dl>
  )
}

const perCase = (run: TrialRun | null) =>
  run?.tokensPerThousand == null ? null : run.tokensPerThousand / 1_000
