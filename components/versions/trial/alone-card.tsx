'use client'
import { Card } from '@/components/ui/card'
import { count, duration, interval, percent } from '@/components/ui/figures'
import { costWords } from '@/components/ui/price-note'
import { StandIn } from '@/components/ui/stand-in'
import { nameVersion } from '@/lib/versions/rules'
import type { TrialView } from '@/lib/versions/trials/schema'

type AloneCardProps = {
  trial: TrialView
  alone: NonNullable<TrialView['alone']>
  name: string
}

/** What is known of a version while there is nothing to compare it with. */
export function AloneCard({ trial, alone, name }: AloneCardProps) {
  const { exact, countingCloseCalls } = alone
  const why = trial.parent
    ? `There is no finished run of ${nameVersion(trial.parent)} to compare it with yet.`
    : 'A first version has no parent to be compared with.'
  return (
    <Card>
      <h2 className="flex flex-wrap items-center gap-2 font-semibold text-xl tracking-tight">
        {exact.n === 0
          ? 'Labelled, but no case has a final label yet'
          : `${percent(exact.rate)} right on dev`}
        {trial.draftRun?.standIn ? <StandIn /> : null}
      </h2>
      <p className="mt-1.5 max-w-[42rem] text-muted">
        {exact.n > 0
          ? `${name}: ${count(exact.right)} of ${count(exact.n)} cases, between ${interval(exact.low, exact.high)}; ${percent(countingCloseCalls.rate)} counting close calls. `
          : 'Review cases of dev, or import them with their labels. '}
        {why}
        {trial.draftRun
          ? ` ${trial.draftRun.costPerThousand === null ? 'Cost not known' : costWords(trial.draftRun.costPerThousand, trial.draftRun.priced)} per 1,000 cases; half of the calls within ${duration(trial.draftRun.latency?.median)}, 95\u00a0% within ${duration(trial.draftRun.latency?.p95)}.`
          : ''}
      </p>
    </Card>
  )
}
