import { Badge } from '@/components/ui/badge'
import { count, interval, percent } from '@/components/ui/figures'
import { StandIn } from '@/components/ui/stand-in'
import { describeFlips, describeScore } from '@/lib/versions/releases/rules'
import type { TestScoreView } from '@/lib/versions/releases/schema'
import { ConditionsList } from './conditions-list'

/** The one score that a test publishes, and what the gate says to it. */
export function TestScore({ score }: { score: TestScoreView }) {
  const verdict = score.passed ? 'passed' : 'not passed'
  return (
    <div className="grid gap-3">
      <div className="grid gap-1.5">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-semibold text-2xl tabular-nums tracking-tight">
            {percent(score.exact)}
          </span>
          <Badge tone={score.baseline ? (score.passed ? 'good' : 'warn') : 'neutral'}>
            {score.baseline ? verdict : 'first score'}
          </Badge>
          {score.standIn ? <StandIn /> : null}
        </p>
        <p className="text-[13px] text-muted">
          {interval(score.low, score.high)} of {count(score.n)} cases;{' '}
          {percent(score.countingCloseCalls)} counting close calls.
        </p>
        <p>{describeScore(score)}</p>
      </div>
      {score.rule && score.conditions.length > 0 ? (
        <ConditionsList rule={score.rule} score={score} />
      ) : null}
      {score.flips ? <p className="text-[13px] text-muted">{describeFlips(score)}</p> : null}
    </div>
  )
}
