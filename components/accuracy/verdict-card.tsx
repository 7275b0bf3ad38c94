import { Card } from '@/components/ui/card'
import { count, percent } from '@/components/ui/figures'
import { StandIn } from '@/components/ui/stand-in'
import type { AccuracyView, Verdict } from '@/lib/accuracy/schema'
import { nameVersion } from '@/lib/versions/rules'
import { FigureText, goal } from './figure-text'

type VerdictCardProps = { verdict: Verdict; accuracy: AccuracyView }

/** The one sentence that people come for, and what it rests on. */
export function VerdictCard({ verdict, accuracy }: VerdictCardProps) {
  const { version, exact } = verdict
  const target = goal(accuracy.targetAccuracy)
  const test = accuracy.versions.find((known) => known.version.id === version.id)?.test
  return (
    <Card>
      <div className="flex flex-wrap items-start justify-between gap-x-10 gap-y-4">
        <div className="min-w-0 max-w-prose">
          <h2 className="flex flex-wrap items-center gap-x-3 gap-y-1 font-semibold text-2xl leading-8 tracking-tight">
            {headline(verdict)} {verdict.standIn ? <StandIn /> : null}
          </h2>
          <p className="mt-2 text-[15px] text-muted">
            Right on {percent(exact.rate)} of {count(exact.n)} dev cases. Such a sample puts the
            true figure between {percent(exact.low)} and {percent(exact.high)}:{' '}
            {comparison(verdict, target)}
          </p>
          {verdict.verdict === 'cannot tell yet' ? <Wanted verdict={verdict} /> : null}
          {verdict.released ? null : <Subject verdict={verdict} accuracy={accuracy} />}
        </div>
        {test ? (
          <div className="shrink-0 text-[13px] sm:text-right">
            <p className="text-muted">Published on test</p>
            <p className="font-semibold text-lg tabular-nums">
              {percent(test.exact.rate)} {test.standIn ? <StandIn /> : null}
            </p>
            <FigureText figure={test.exact} />
            {test.from ? (
              <p className="text-muted text-xs">best so far, of {nameVersion(test.from)}</p>
            ) : null}
          </div>
        ) : null}
      </div>
    </Card>
  )
}

function headline({ verdict, version }: Verdict): string {
  const name = nameVersion(version)
  if (verdict === 'good enough') return `${name} is good enough`
  if (verdict === 'not good enough') return `${name} is not good enough yet`
  return `Cannot tell yet whether ${name} is good enough`
}

function comparison({ verdict }: Verdict, target: string): string {
  if (verdict === 'good enough') return `all of it above the target of ${target}.`
  if (verdict === 'not good enough') return `all of it below the target of ${target}.`
  return `the target of ${target} lies within.`
}

function Wanted({ verdict: { moreCases, unlabelled } }: { verdict: Verdict }) {
  return (
    <p className="mt-2 text-[15px]">
      {moreCases === null
        ? 'It stands so close to the target that no realistic number of cases would tell.'
        : `About ${count(moreCases)} more labelled dev ${moreCases === 1 ? 'case' : 'cases'} would tell, if the rate stays as it is.`}
      {unlabelled > 0
        ? ` ${count(unlabelled)} ${unlabelled === 1 ? 'case' : 'cases'} of its run only ${unlabelled === 1 ? 'waits' : 'wait'} for a label.`
        : null}
    </p>
  )
}

/** Why the sentence is about a version that is not released. */
function Subject({ verdict, accuracy: { released } }: VerdictCardProps) {
  const newest = `this is about ${nameVersion(verdict.version)}, the newest that was measured.`
  return (
    <p className="mt-2 text-[13px] text-muted">
      {released
        ? `${nameVersion(released)} is released, but has no labelled run on dev: ${newest}`
        : `No version is released yet: ${newest}`}
    </p>
  )
}
