import type { ModelRequest } from '@/lib/runs/calls/rules'
import type { PriceMark } from '@/lib/runs/prices/schema'

export type Aside = {
  purpose: 'playground' | 'explanation' | 'rule'
  /** The version that is asked, or for which something is drafted. */
  versionId: string | null
  /** Null where it is about no case of the project, or about several. */
  caseId: string | null
  /** All cases of which request or answer tell something, where a person may come back to them. */
  tellsOfIds?: string[]
  request: ModelRequest
}

export type AsideAnswer = {
  callId: string
  /** As the model wrote it; empty where it wrote nothing. */
  text: string
  stopReason: string | null
  modelId: string
  /** Answered by the local stand-in, not a language model. */
  standIn: boolean
  inputTokens: number
  /** Of the request, read from the model's cache or written to it: they come on top of `inputTokens`. */
  cachedTokens: number
  outputTokens: number
  latencyMs: number
  /** Millionths of a dollar; null where the price of the model is not known. */
  cost: number | null
  priced: PriceMark | null
}
