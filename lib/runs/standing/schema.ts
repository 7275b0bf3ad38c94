import { z } from 'zod'
import type { PriceMark } from '../prices/schema'
import type { SuggestionStatus } from '../schema'

/** What the set-up in force says of one case. */
export type LabelledCase = {
  caseId: string
  externalId: string
  /** False: the project had this case already. */
  isNew: boolean
  /** True: it had been asked about before, and this is the answer of then. */
  isStored: boolean
  status: SuggestionStatus
  /** Null unless it is one of the categories. */
  label: { key: string; name: string } | null
  /** As the model wrote it. */
  labelText: string | null
  explanation: string
  /** A quotation from the case. */
  evidence: string
  /** Millionths of a dollar; null where the price of the model is not known. */
  cost: number | null
  priced: PriceMark | null
  /** Of all calls that it took. */
  latencyMs: number
  versionNumber: number | null
  setupId: string
  runId: string
  modelId: string
  /** Answered by the local stand-in, not a language model. */
  standIn: boolean
  /** It is in the locked test pool: it is in no list and can’t be opened. */
  isLocked: boolean
}

const standingRun = z.object({
  versionNumber: z.number().nullable(),
  standIn: z.boolean(),
  cases: z.number(),
  /** Millionths of a dollar; null where the price of a model was not known. */
  cost: z.number().nullable(),
  /** When the latest of its cases was labelled. */
  lastAt: z.string().nullable(),
})

const labelDesk = z.object({
  /** The set-up in force; null while nothing is released. */
  released: z
    .object({ versionNumber: z.number().nullable(), modelId: z.string(), standIn: z.boolean() })
    .nullable(),
  /** What was labelled one by one, by version, the newest first. */
  standing: z.array(standingRun),
})

export type StandingRun = z.infer<typeof standingRun>
export type LabelDesk = z.infer<typeof labelDesk>
