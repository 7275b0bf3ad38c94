'use client'
import { memo } from 'react'
import { Card } from '@/components/ui/card'
import { Field, Select } from '@/components/ui/field'
import type { DraftFields } from '@/lib/versions/drafts/steps/rules'
import type { VersionView } from '@/lib/versions/schema'
import type { DraftKeeper } from './draft-keeper'
import { ModelFields } from './model-fields'

type SettingsCardProps = Pick<
  VersionView,
  'answerFormat' | 'badExampleForm' | 'model' | 'template' | 'similarExamples' | 'packSize'
> & { keeper: DraftKeeper }

/** How the prompt is written, how the model is to answer, and which model it is. */
export const SettingsCard = memo(function SettingsCard(props: SettingsCardProps) {
  const { answerFormat, badExampleForm, model, template, similarExamples, packSize, keeper } = props
  const set = (fields: DraftFields) => keeper.perform({ do: 'set', fields })
  return (
    <Card title="Answer and model">
      <div className="grid gap-4 sm:grid-cols-2">
        <Choice
          label="Sample answer"
          hint="Short shows only the form; full is an answer as it could stand."
          part="the sample answer"
          value={answerFormat.sample}
          choices={SAMPLES}
          onChange={(sample) => set({ answerFormat: { ...answerFormat, sample } })}
        />
        <Choice
          label="Answers"
          hint="A schema keeps a model to the form, where the model can; elsewhere the template’s own form is asked for."
          part="the sample answer"
          value={answerFormat.kind}
          choices={ANSWER_KINDS}
          onChange={(kind) => set({ answerFormat: { ...answerFormat, kind } })}
        />
        <Choice
          label="Bad examples"
          hint="How they stand in the prompt."
          part="the form of bad examples"
          value={badExampleForm}
          choices={BAD_EXAMPLE_FORMS}
          onChange={(form) => set({ badExampleForm: form })}
        />
        <Choice
          label="Template"
          hint="The same parts in the form that the model’s family was taught."
          part="the template"
          value={template}
          choices={TEMPLATES}
          onChange={(chosen) => set({ template: chosen })}
        />
        <Choice
          label="Similar examples"
          hint="Cases of the example pool that are most like the case at hand, shown with their labels. Each makes a call longer and dearer."
          part="the number of similar examples"
          value={similarExamples}
          choices={SIMILAR_EXAMPLES}
          onChange={(n) => set({ similarExamples: n })}
        />
        <Choice
          label="Cases in a call"
          hint="Several cases share the cost of the prompt. Models grow less careful towards the end of a pack: compare before you release."
          part="the number of cases in a call"
          value={packSize}
          choices={PACK_SIZES}
          onChange={(n) => set({ packSize: n })}
        />
        <ModelFields model={model} keeper={keeper} />
      </div>
    </Card>
  )
})

type Choices<Value> = readonly { value: Value; name: string }[]

const SAMPLES: Choices<VersionView['answerFormat']['sample']> = [
  { value: 'short', name: 'Short' },
  { value: 'full', name: 'Full' },
]
const ANSWER_KINDS: Choices<VersionView['answerFormat']['kind']> = [
  { value: 'xml', name: 'In the template’s form' },
  { value: 'schema', name: 'By JSON schema' },
]
const BAD_EXAMPLE_FORMS: Choices<VersionView['badExampleForm']> = [
  { value: 'wrong_with_reason', name: 'Wrong label, then why' },
  { value: 'corrected_with_rule', name: 'Right label, then a rule' },
]
const TEMPLATES: Choices<VersionView['template']> = [
  { value: 'xml', name: 'XML tags (Claude)' },
  { value: 'json', name: 'Plain JSON (Nova and others)' },
  { value: 'inst', name: '[INST] (Llama 2)' },
]
const SIMILAR_EXAMPLES: Choices<VersionView['similarExamples']> = [
  { value: 0, name: 'None' },
  { value: 2, name: '2' },
  { value: 5, name: '5' },
  { value: 10, name: '10' },
]
const PACK_SIZES: Choices<VersionView['packSize']> = [
  { value: 1, name: 'One' },
  { value: 5, name: '5' },
  { value: 10, name: '10' },
  { value: 20, name: '20' },
]

type ChoiceProps<Value> = {
  label: string
  hint: string
  part: string
  value: Value
  choices: Choices<Value>
  onChange: (value: Value) => void
}

function Choice<Value extends string | number>(props: ChoiceProps<Value>) {
  const { label, hint, part, value, choices, onChange } = props
  return (
    <div data-part={part}>
      <Field label={label} hint={hint}>
        {(id) => (
          <Select
            id={id}
            value={value}
            onChange={({ target }) => {
              const chosen = choices.find((choice) => String(choice.value) === target.value)
              if (chosen) onChange(chosen.value)
            }}
          >
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  )
}
