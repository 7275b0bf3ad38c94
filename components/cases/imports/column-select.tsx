import { Field, Select } from '@/components/ui/field'

type ColumnSelectProps = {
  label: string
  /** Words for no column; without them one must be chosen. */
  none?: string
  columns: readonly { name: string; samples?: readonly string[] }[]
  value: string | null
  onChange: (column: string | null) => void
}

/** One column, with a sample of what it holds below. */
export function ColumnSelect({ label, none, columns, value, onChange }: ColumnSelectProps) {
  const sample = columns.find(({ name }) => name === value)?.samples?.[0]
  return (
    <Field label={label} hint={sample ? <Sample text={sample} /> : undefined}>
      {(id) => (
        <Select
          id={id}
          value={value ?? ''}
          onChange={(event) => onChange(event.target.value || null)}
        >
          {none === undefined ? null : <option value="">{none}</option>}
          {columns.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}

const Sample = ({ text }: { text: string }) => (
  <span className="wrap-anywhere line-clamp-2">e.g. {text}</span>
)
