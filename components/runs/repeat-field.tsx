import { Field, Select } from '@/components/ui/field'
import { MOST_REPEATS } from '@/lib/runs/limits/rules'

type RepeatFieldProps = { value: number; onChange: (repeats: number) => void }

/** How often the same is asked, to see how much of the answers is chance. */
export function RepeatField({ value, onChange }: RepeatFieldProps) {
  return (
    <Field
      label="Repeat"
      hint="The same again shows how many labels flip by chance."
      className="max-w-60"
    >
      {(id) => (
        <Select id={id} value={value} onChange={(event) => onChange(Number(event.target.value))}>
          {Array.from({ length: MOST_REPEATS }, (_, at) => at + 1).map((times) => (
            <option key={times} value={times}>
              {times === 1 ? 'once' : `${times} times`}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}
