import { Check, CircleHelp, EyeOff, X } from 'lucide-react'
import { cx } from '@/components/ui/cx'
import { count } from '@/components/ui/figures'
import { conditionsOf, describeCondition } from '@/lib/versions/gate/rules'
import type { Condition, RuleInForce } from '@/lib/versions/gate/schema'
import type { TestScoreView } from '@/lib/versions/releases/schema'

const STATES = {
  pass: { icon: Check, tone: 'text-good', word: 'pass' },
  fail: { icon: X, tone: 'text-bad', word: 'fail' },
  'too few to tell': { icon: CircleHelp, tone: 'text-muted', word: 'too few to tell' },
  'kept back': { icon: EyeOff, tone: 'text-muted', word: 'kept back' },
} as const

/** The rule of the gate in words, before anything was tested. */
export function RuleList({ rule }: { rule: RuleInForce }) {
  return (
    <div>
      <h3 className="font-medium text-[13px]">What the gate asks for</h3>
      <ul className="mt-1 list-disc pl-5 text-[13px] text-muted">
        {conditionsOf(rule).map((kind) => (
          <li key={kind}>{describeCondition(kind, rule)}</li>
        ))}
      </ul>
    </div>
  )
}

type ConditionsListProps = { rule: RuleInForce; score: TestScoreView }

/** Each condition of the rule it was judged by, and whether it holds. */
export function ConditionsList({ rule, score }: ConditionsListProps) {
  return (
    <ul aria-label="Conditions of the gate" className="grid gap-1.5 text-[13px]">
      {score.conditions.map(({ kind, state }) => (
        <li key={kind}>
          <State state={state}>{describeCondition(kind, rule)}</State>
          {kind === 'categories' ? <Categories score={score} /> : null}
        </li>
      ))}
    </ul>
  )
}

function State({ state, children }: { state: Condition['state']; children: string }) {
  const { icon: Icon, tone, word } = STATES[state]
  return (
    <span className="flex items-start gap-2">
      <Icon className={cx('mt-0.5 size-4 shrink-0', tone)} aria-hidden />
      <span className="min-w-0 flex-1">{children}</span>
      <span className={cx('shrink-0', tone)}>{word}</span>
    </span>
  )
}

function Categories({ score }: { score: TestScoreView }) {
  if (score.categories.length === 0) return null
  return (
    <ul className="mt-1 grid gap-1 pl-6 text-muted">
      {score.categories.map(({ categoryId, name, n, gain, state }) => (
        <li key={categoryId} className="flex flex-wrap justify-between gap-x-3">
          <span>
            {name}, {count(n)} cases
          </span>
          <span className={cx('tabular-nums', state === 'fail' && 'text-bad')}>
            {state === 'too few to tell' ? state : `${signed(gain)} points`}
          </span>
        </li>
      ))}
    </ul>
  )
}

const signed = (gain: number) => `${gain < 0 ? '−' : '+'}${Math.abs(gain * 100).toFixed(1)}`
