import { BedrockError } from './errors'

/** What a model takes, so that a caller can be tried on all kinds of them. */
type Abilities = {
  /** `lexical` reads and weighs the case, `echo` answers anything listed, for the price of a hash. */
  answers: 'lexical' | 'echo'
  /** Temperature and top-p: both, one of them at a time, or neither. */
  sampling: 'both' | 'either' | 'none'
  /** Whether an answer can be held to a JSON schema. */
  structured: boolean
  /** `smallest`: tokens before a cache point below which it is passed over. `hour`: keeps for 1 h too. */
  cache: { smallest: number; hour: boolean } | null
}
/** `window`: tokens of prompt and answer together. `longestAnswer`: upper limit of maxTokens. */
export type Model = { id: string; window: number; longestAnswer: number } & Abilities

const ABLE: Abilities = {
  answers: 'lexical',
  sampling: 'both',
  structured: true,
  cache: { smallest: 1_024, hour: true },
}
const PLAIN: Abilities = { ...ABLE, structured: false, cache: null }
const EITHER: Abilities = { ...ABLE, sampling: 'either', cache: { smallest: 2_048, hour: false } }
const STRICT: Abilities = { ...ABLE, sampling: 'none', cache: { smallest: 4_096, hour: true } }
const ECHO: Abilities = { ...ABLE, answers: 'echo' }

/** No name of a real model: what answers here is no language model, and must not pass for one. */
export const MODELS: readonly Model[] = [
  { id: 'closecall.lexical-v1', window: 32_000, longestAnswer: 8_192, ...ABLE },
  { id: 'closecall.lexical-small-v1', window: 4_000, longestAnswer: 2_048, ...PLAIN },
  { id: 'closecall.lexical-either-v1', window: 32_000, longestAnswer: 8_192, ...EITHER },
  { id: 'closecall.lexical-strict-v1', window: 32_000, longestAnswer: 8_192, ...STRICT },
  { id: 'closecall.echo-v1', window: 200_000, longestAnswer: 8_192, ...ECHO },
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
