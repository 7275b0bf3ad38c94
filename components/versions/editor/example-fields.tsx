'use client'
import { Field, Select } from '@/components/ui/field'
import type { ExampleView, VersionCategory } from '@/lib/versions/schema'
import { LongText } from './long-text'
import { SentAs } from './sent-as'

export type ExampleInput = Pick<
  ExampleView,
  'kind' | 'text' | 'labelId' | 'wrongLabelId' | 'explanation'
>

type ExampleFieldsProps = {
  project: string
  /** The case that the example comes from. */
  caseId: string
  value: ExampleInput
  categories: VersionCategory[]
  /** Said at the text once someone tried to save it empty. */
  textError?: string
  onChange: (value: ExampleInput) => void
}

export function ExampleFields(props: ExampleFieldsProps) {
  const { project, caseId, value, categories, textError, onChange } = props
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
              onChange={(labelId) =>
                set({
                  labelId,
                  wrongLabelId: value.wrongLabelId === labelId ? null : value.wrongLabelId,
                })
              }
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
      <LongText
        label="Text of the case"
        hint="Shorten it to what decides."
        what="exampleText"
        className="max-h-[40vh] min-h-36 font-mono text-[13px]"
        value={value.text}
        error={textError}
        onChange={(text) => set({ text })}
      />
      <LongText
        label="Explanation"
        hint="Why this label, and why not the other."
        what="explanation"
        className="max-h-[30vh]"
        value={value.explanation}
        onChange={(explanation) => set({ explanation })}
      />
      <SentAs
        project={project}
        example={{ caseId, text: value.text, explanation: value.explanation }}
      />
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
  const isListed = value === '' || categories.some(({ categoryId }) => categoryId === value)
  return (
    <Select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
      {none ? <option value="">{none}</option> : null}
      {isListed ? null : <option value={value}>A category that is not here</option>}
      {categories.map(({ categoryId, name }) => (
        <option key={categoryId} value={categoryId}>
          {name}
        </option>
      ))}
    </Select>
  )
}
