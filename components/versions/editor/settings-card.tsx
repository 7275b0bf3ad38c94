'use client'
import { memo, useState } from 'react'
import { Card } from '@/components/ui/card'
import { Field, Input, Select } from '@/components/ui/field'
import { promptContent } from '@/lib/versions/rendering/schema'
import type { VersionView } from '@/lib/versions/schema'
import type { Draft } from './use-draft'

type Model = VersionView['model']

type SettingsCardProps = Pick<VersionView, 'answerFormat' | 'badExampleForm' | 'model'> & {
  change: Draft['change']
}

/** How the model is to answer, how bad examples are written, and which model it is. */
export const SettingsCard = memo(function SettingsCard(props: SettingsCardProps) {
  const { answerFormat, badExampleForm, model, change } = props
  return (
    <Card title="Answer and model">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Sample answer" hint="Short shows only the form.">
          {(id) => (
            <Select
              id={id}
              value={answerFormat.sample}
              onChange={({ target }) =>
                change({
                  answerFormat: { kind: 'xml', sample: target.value === 'full' ? 'full' : 'short' },
                })
              }
            >
              <option value="short">Short</option>
              <option value="full">Full</option>
            </Select>
          )}
        </Field>
        <Field label="Bad examples" hint="How they stand in the prompt.">
          {(id) => (
            <Select
              id={id}
              value={badExampleForm}
              onChange={({ target }) =>
                change({
                  badExampleForm:
                    target.value === 'corrected_with_rule'
                      ? 'corrected_with_rule'
                      : 'wrong_with_reason',
                })
              }
            >
              <option value="wrong_with_reason">Wrong label, then why</option>
              <option value="corrected_with_rule">Right label, then a rule</option>
            </Select>
          )}
        </Field>
        <ModelFields model={model} change={change} />
      </div>
    </Card>
  )
})

const modelSettings = promptContent.shape.model

/** Only settings that can be right are handed on; what is being typed stays here. */
function ModelFields({ model, change }: { model: Model; change: Draft['change'] }) {
  const [typed, setTyped] = useState<Record<string, string>>({})
  const set = (field: keyof Model, text: string) => {
    setTyped({ ...typed, [field]: text })
    const value = field === 'modelId' ? text : text.trim() === '' ? null : Number(text)
    const next = modelSettings.safeParse({ ...model, [field]: value })
    if (next.success) change({ model: next.data })
  }
  const textOf = (field: keyof Model) => typed[field] ?? String(model[field] ?? '')
  const errorOf = (field: keyof Model) => {
    const text = typed[field]
    if (text === undefined) return undefined
    const value = field === 'modelId' ? text : text.trim() === '' ? null : Number(text)
    const result = modelSettings.shape[field].safeParse(value)
    return result.success ? undefined : ERRORS[field]
  }
  return (
    <>
      <Field label="Model" hint="Its Bedrock id." error={errorOf('modelId')}>
        {(id) => (
          <Input
            id={id}
            value={textOf('modelId')}
            spellCheck={false}
            onChange={(event) => set('modelId', event.target.value)}
          />
        )}
      </Field>
      <Field label="Most tokens in an answer" error={errorOf('maxTokens')}>
        {(id) => (
          <Input
            id={id}
            inputMode="numeric"
            value={textOf('maxTokens')}
            onChange={(event) => set('maxTokens', event.target.value)}
          />
        )}
      </Field>
      <Field label="Temperature" hint="Empty: the model’s own." error={errorOf('temperature')}>
        {(id) => (
          <Input
            id={id}
            inputMode="decimal"
            value={textOf('temperature')}
            onChange={(event) => set('temperature', event.target.value)}
          />
        )}
      </Field>
    </>
  )
}

const ERRORS: Record<keyof Model, string> = {
  modelId: 'Write the id of a model.',
  maxTokens: 'A whole number between 1 and 64,000.',
  temperature: 'A number between 0 and 1, or nothing.',
}
