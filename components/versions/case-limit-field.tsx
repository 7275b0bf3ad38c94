import { Field, Select } from '@/components/ui/field'
import { count } from '@/components/ui/figures'

const SIZES = [150, 500, 1_500]

type CaseLimitFieldProps = {
  /** Null: all cases of dev. */
  limit: number | null
  devCases: number
  onChange: (limit: number | null) => void
}

/** On how many cases of dev to try: all, or the first ones by random rank. Absent where all are few. */
export function CaseLimitField({ limit, devCases, onChange }: CaseLimitFieldProps) {
  const sizes = SIZES.filter((size) => size < devCases || size === limit)
  if (sizes.length === 0) return null
  return (
    <Field label="Cases" className="w-48">
      {(id) => (
        <Select
          id={id}
          value={limit ?? ''}
          onChange={({ target }) => onChange(target.value === '' ? null : Number(target.value))}
        >
          <option value="">All {count(devCases)}</option>
          {sizes.map((size) => (
            <option key={size} value={size}>
              First {count(size)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}
