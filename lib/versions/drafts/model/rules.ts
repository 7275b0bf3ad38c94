import { readNumber } from '@/lib/platform/numbers'
import type { VersionView } from '../../schema'

type Model = VersionView['model']
export type ModelField = keyof Model & string

const MOST_TOKENS = 64_000

/** The settings with one field as it was typed, or what is wrong with it. */
export function readModelField(
  model: Model,
  field: ModelField,
  typed: string,
): { model: Model } | { problem: string } {
  const text = typed.trim()
  switch (field) {
    case 'modelId':
      return text === ''
        ? { problem: 'Write the id of a model.' }
        : { model: { ...model, modelId: text } }
    case 'mendModelId': {
      const { mendModelId: _, ...others } = model
      return { model: text === '' ? others : { ...others, mendModelId: text } }
    }
    case 'maxTokens': {
      const maxTokens = readNumber(text)
      return Number.isInteger(maxTokens) && maxTokens >= 1 && maxTokens <= MOST_TOKENS
        ? { model: { ...model, maxTokens } }
        : { problem: 'A whole number between 1 and 64,000.' }
    }
    case 'temperature': {
      if (text === '') return { model: { ...model, temperature: null } }
      const temperature = Number(text)
      return temperature >= 0 && temperature <= 1
        ? { model: { ...model, temperature } }
        : { problem: 'A number between 0 and 1, or nothing.' }
    }
  }
}
