'use client'
import { useState } from 'react'
import { Field, Input } from '@/components/ui/field'
import { type ModelField, readModelField } from '@/lib/versions/drafts/model/rules'
import { isSame } from '@/lib/versions/drafts/steps/rules'
import type { VersionView } from '@/lib/versions/schema'
import type { DraftKeeper } from './draft-keeper'

type ModelFieldsProps = { model: VersionView['model']; keeper: DraftKeeper }

/** `model`: as it was left by that; where it is another by now (an undo), that is shown. */
type Typed = { field: ModelField; text: string; model: VersionView['model'] }

/** Only settings that can be right are handed on; what is being typed stays here until one leaves the field. */
export function ModelFields({ model, keeper }: ModelFieldsProps) {
  const [typed, setTyped] = useState<Typed | null>(null)
  const textOf = (field: ModelField) =>
    typed?.field === field && isSame(typed.model, model) ? typed.text : String(model[field] ?? '')
  const errorOf = (field: ModelField) => {
    const read = readModelField(model, field, textOf(field))
    return 'problem' in read ? read.problem : undefined
  }
  function set(field: ModelField, text: string) {
    const read = readModelField(model, field, text)
    setTyped({ field, text, model: 'model' in read ? read.model : model })
    if ('model' in read) keeper.perform({ do: 'set', fields: { model: read.model } })
  }
  return (
    <>
      {FIELDS.map(({ field, label, hint, inputMode }) => (
        <div key={field} data-part="the model settings">
          <Field label={label} hint={hint} error={errorOf(field)}>
            {(id) => (
              <Input
                id={id}
                inputMode={inputMode}
                spellCheck={false}
                value={textOf(field)}
                onChange={({ target }) => set(field, target.value)}
                // What is wrong stays to be seen; what is right is shown as it was taken.
                onBlur={() => setTyped((now) => (now && errorOf(now.field) ? now : null))}
              />
            )}
          </Field>
        </div>
      ))}
    </>
  )
}

const FIELDS = [
  { field: 'modelId', label: 'Model', hint: 'Its Bedrock id.', inputMode: 'text' },
  {
    field: 'maxTokens',
    label: 'Most tokens in an answer',
    hint: 'Kept free for every answer.',
    inputMode: 'numeric',
  },
  {
    field: 'temperature',
    label: 'Temperature',
    hint: 'Empty: the model’s own.',
    inputMode: 'decimal',
  },
  {
    field: 'mendModelId',
    label: 'Model that repairs answers',
    hint: 'Asked once where an answer can’t be read, for its form alone. Empty: the same model.',
    inputMode: 'text',
  },
] as const
