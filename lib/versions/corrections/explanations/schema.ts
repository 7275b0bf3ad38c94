import type { z } from 'zod'
import type { PriceMark } from '@/lib/runs/prices/schema'
import { promotion } from '../schema'

/** The example as it stands in the form: the model reads what will be read, not what was left out. */
export const explanationInput = promotion.pick({ versionId: true, kind: true, text: true })

export type ExplanationInput = z.infer<typeof explanationInput>

export type DraftedExplanation = {
  explanation: string
  /** Who wrote it; null: the template, as the local stand-in can't write. */
  model: {
    modelId: string
    inputTokens: number
    outputTokens: number
    latencyMs: number
    /** Millionths of a dollar; null where the price of the model is not known. */
    cost: number | null
    priced: PriceMark | null
  } | null
}
