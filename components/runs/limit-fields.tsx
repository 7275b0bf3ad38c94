import { Field, Input } from '@/components/ui/field'
import { count, money } from '@/components/ui/figures'
import { readLimit, sayAllowed, type TypedLimits } from '@/lib/runs/limits/rules'

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
        {FIELDS.map(({ field, label, hint }) => (
          <Field
            key={field}
            label={label}
            hint={sayShare(field, typed[field], runs) ?? hint}
            error={Number.isNaN(readLimit(field, typed[field])) ? sayAllowed(field) : undefined}
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

/** What each of several runs gets of a limit that they share; null where there is nothing to share. */
function sayShare(field: keyof TypedLimits, text: string, runs: number): string | null {
  const limit = readLimit(field, text)
  if (runs === 1 || field === 'perHour' || limit === null || Number.isNaN(limit)) return null
  const share =
    field === 'dollars' ? money((limit * 1_000_000) / runs) : count(Math.floor(limit / runs))
  return `Shared by the ${runs} runs: ${share} each.`
}

const FIELDS = [
  {
    field: 'dollars',
    label: 'Budget in dollars',
    hint: 'Calls under way may go a little beyond it.',
  },
  { field: 'calls', label: 'Most calls', hint: 'Repeated ones count too.' },
  {
    field: 'perHour',
    label: 'Promised cases an hour',
    hint: 'The run says whether it keeps it.',
  },
] as const
