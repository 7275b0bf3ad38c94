import type { CachePoint } from './cache'
import type { Model } from './models'
import type { AnswerSchema } from './structured'

/** What is asked of a model, by whatever action and in whatever body it came. */
export type ModelCall = {
  model: Model
  system: string
  turns: { role: 'user' | 'assistant'; text: string }[]
  maxTokens: number
  stopSequences: string[]
  /** Null: the answer is free text. */
  schema: AnswerSchema | null
  /** All of the prompt, cached or not. */
  inputTokens: number
  cachePoints: CachePoint[]
  /** Equal for calls that ask the same, whatever their metadata. */
  content: string
  /** A hash of `content`. */
  key: string
}

export type StopReason = 'end_turn' | 'max_tokens' | 'stop_sequence'

/** A call's answer; `inputTokens` are those that were neither read from the cache nor written to it. */
export type ModelAnswer = {
  text: string
  stopReason: StopReason
  stopSequence: string | null
  inputTokens: number
  outputTokens: number
  cacheRead: number
  cacheWritten: number
  cacheTtl: CachePoint['ttl']
  latencyMs: number
}
