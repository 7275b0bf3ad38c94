'use client'
import { Field, Select, Textarea } from '@/components/ui/field'
import type { VersionCategory } from '@/lib/versions/schema'

export type ExampleInput = {
  kind: 'good' | 'bad'
  text: string
  labelId: string
  wrongLabelId: string | null
  explanation: string
}

type ExampleFieldsProps = {
  value: ExampleInput
  categories: VersionCategory[]
  onChange: (value: ExampleInput) => void
}

export function ExampleFields({ value, categories, onChange }: ExampleFieldsProps) {
  const set = (part: Partial<ExampleInput>) => onChange({ ...value, ...part })
  return (
    <div className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Kind">
          {(id) => (
            <Select
              id={id}
              value={value.kind}
              onChange={({ target }) =>
                set(target.value === 'bad' ? { kind: 'bad' } : { kind: 'good', wrongLabelId: null })
              }
            >
              <option value="good">Good</option>
              <option value="bad">Bad</option>
            </Select>
          )}
        </Field>
        <Field label="Right label">
          {(id) => (
            <Choice
              id={id}
              value={value.labelId}
              categories={categories}
              onChange={(labelId) => set({ labelId })}
            />
          )}
        </Field>
        {value.kind === 'bad' ? (
          <Field label="Wrong label">
            {(id) => (
              <Choice
                id={id}
                value={value.wrongLabelId ?? ''}
                none="None: wrong reason"
                categories={categories.filter(({ categoryId }) => categoryId !== value.labelId)}
                onChange={(wrongLabelId) => set({ wrongLabelId: wrongLabelId || null })}
              />
            )}
          </Field>
        ) : null}
      </div>
      <Field label="Text of the case" hint="Shorten it to what decides.">
        {(id) => (
          <Textarea
            id={id}
            className="max-h-[40vh] min-h-36 overflow-y-auto font-mono text-[13px]"
            value={value.text}
            maxLength={50_000}
            onChange={(event) => set({ text: event.target.value })}
          />
        )}
      </Field>
      <Field label="Explanation" hint="Why this label, and why not the other.">
        {(id) => (
          <Textarea
            id={id}
            value={value.explanation}
            maxLength={5_000}
            onChange={(event) => set({ explanation: event.target.value })}
          />
        )}
      </Field>
    </div>
  )
}

type ChoiceProps = {
  id: string
  value: string
  none?: string
  categories: VersionCategory[]
  onChange: (categoryId: string) => void
}

function Choice({ id, value, none, categories, onChange }: ChoiceProps) {
  return (
    <Select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
      {none ? <option value="">{none}</option> : null}
      {categories.map(({ categoryId, name }) => (
        <option key={categoryId} value={categoryId}>
          {name}
        </option>
      ))}
    </Select>
  )
}
