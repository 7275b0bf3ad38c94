import { Field, Input } from '@/components/ui/field'
import { count } from '@/components/ui/figures'
import { MOST_CASES, readCaseLimit } from '@/lib/runs/limits/rules'

type CaseLimitFieldProps = {
  /** As typed. */
  value: string
  onChange: (typed: string) => void
  hint?: string
  className: string
}

/** How many cases, by random rank. */
export function CaseLimitField({ value, onChange, hint, className }: CaseLimitFieldProps) {
  return (
    <Field
      label="Number of cases"
      hint={hint}
      error={
        readCaseLimit(value) === null ? `A whole number from 1 to ${count(MOST_CASES)}.` : undefined
      }
      className={className}
    >
      {(id) => (
        <Input
          id={id}
          inputMode="numeric"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
