import { BedrockError } from './errors'

/** `window`: tokens of prompt and answer together. `longestAnswer`: upper limit of maxTokens. */
export type Model = { id: string; window: number; longestAnswer: number }

/** No name of a real model: what answers here is no language model, and must not pass for one. */
export const MODELS: readonly Model[] = [
  { id: 'closecall.lexical-v1', window: 32_000, longestAnswer: 8_192 },
  { id: 'closecall.lexical-small-v1', window: 4_000, longestAnswer: 2_048 },
]

export function getModel(id: string, denied: ReadonlySet<string>): Model {
  if (denied.has(id)) throw new BedrockError('AccessDeniedException')
  const model = MODELS.find((one) => one.id === id)
  if (!model) {
    throw new BedrockError('ResourceNotFoundException', `Could not resolve the model ${id}.`)
  }
  return model
}

/**
 * Tokens of a text: a quarter of its UTF-16 code units (JavaScript's `length`), rounded up. Real
 * models differ; the rule is here so that costs and cuts can be computed exactly beforehand.
 */
export function countTokens(text: string): number {
  return Math.ceil(text.length / 4)
}
