import { useState } from 'react'
import { Field, Input, Select } from '@/components/ui/field'
import { readRule, typeRule } from '@/lib/runs/experiments/forms/rules'
import type { BestRule } from '@/lib/runs/experiments/schema'

const KINDS: readonly { kind: BestRule['kind']; label: string }[] = [
  { kind: 'most_accurate', label: 'the most accurate' },
  { kind: 'cheapest_within', label: 'the cheapest near the most accurate' },
  { kind: 'cheapest_above', label: 'the cheapest that is accurate enough' },
  { kind: 'most_accurate_below', label: 'the most accurate within a budget' },
]

type NumberField = {
  label: string
  /** What may be typed, as it is said where something else was. */
  allowed: string
  start: (target: number) => string
}

const NUMBERS: Record<BestRule['kind'], NumberField> = {
  most_accurate: { label: '', allowed: '', start: () => '' },
  cheapest_within: {
    label: 'Points below it, at most',
    allowed: 'Points from 0 to 100.',
    start: () => '2',
  },
  cheapest_above: {
    label: 'Accuracy in per cent, at least',
    allowed: 'Per cent, from 0 to 100.',
    start: (target) => String(Math.round(target * 100)),
  },
  most_accurate_below: {
    label: 'Dollars for 1,000 cases, at most',
    allowed: 'Dollars, from 0 to 1,000,000.',
    start: () => '1',
  },
}

type RuleFieldsProps = { rule: BestRule; target: number; onChange: (rule: BestRule) => void }

/** By which rule one of the set-ups is the best. */
export function RuleFields({ rule, target, onChange }: RuleFieldsProps) {
  const [typed, setTyped] = useState(typeRule(rule))
  const { label, allowed } = NUMBERS[rule.kind]
  const wrong = readRule(rule.kind, typed) === null
  return (
    <div className="flex flex-wrap items-start gap-4">
      <Field label="Best is" className="w-full max-w-80">
        {(id) => (
          <Select
            id={id}
            value={rule.kind}
            onChange={(event) => {
              const kind = KINDS.find((one) => one.kind === event.target.value)?.kind
              if (!kind) return
              const start = NUMBERS[kind].start(target)
              setTyped(start)
              const next = readRule(kind, start)
              if (next) onChange(next)
            }}
          >
            {KINDS.map(({ kind, label: name }) => (
              <option key={kind} value={kind}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {label === '' ? null : (
        <Field label={label} error={wrong ? allowed : undefined} className="w-56">
          {(id) => (
            <Input
              id={id}
              inputMode="decimal"
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value)
                const next = readRule(rule.kind, event.target.value)
                if (next) onChange(next)
              }}
            />
          )}
        </Field>
      )}
    </div>
  )
}
