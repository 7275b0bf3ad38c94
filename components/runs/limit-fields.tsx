import { Field, Input } from '@/components/ui/field'
import { readLimit, type TypedLimits } from '@/lib/runs/limits/rules'

type LimitFieldsProps = {
  typed: TypedLimits
  /** Runs that share the budget and the calls. */
  runs: number
  onChange: (typed: TypedLimits) => void
}

/** What a run may spend, and how fast it is to be: all of it may stay empty. */
export function LimitFields({ typed, runs, onChange }: LimitFieldsProps) {
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1.5 font-medium text-[13px]">Limits</legend>
      <p className="text-[13px] text-muted">
        The run pauses at the first one it reaches, keeps what it has, and can go on with a higher
        one.
        {runs > 1
          ? ` The ${runs} runs share the budget and the calls: each may take an equal part.`
          : null}
      </p>
      <div className="grid gap-4 sm:grid-cols-3">
        {FIELDS.map(({ field, label, hint, error }) => (
          <Field
            key={field}
            label={label}
            hint={hint}
            error={Number.isNaN(readLimit(field, typed[field])) ? error : undefined}
          >
            {(id) => (
              <Input
                id={id}
                inputMode={field === 'dollars' ? 'decimal' : 'numeric'}
                placeholder="none"
                value={typed[field]}
                onChange={({ target }) => onChange({ ...typed, [field]: target.value })}
              />
            )}
          </Field>
        ))}
      </div>
    </fieldset>
  )
}

const WHOLE = 'A whole number from 1 up, or nothing.'
const FIELDS = [
  {
    field: 'dollars',
    label: 'Budget in dollars',
    hint: 'Calls under way may go a little beyond it.',
    error: 'A number above 0, or nothing.',
  },
  { field: 'calls', label: 'Most calls', hint: 'Repeated ones count too.', error: WHOLE },
  {
    field: 'perHour',
    label: 'Promised cases an hour',
    hint: 'The run says whether it keeps it.',
    error: WHOLE,
  },
] as const
