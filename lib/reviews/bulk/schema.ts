import { z } from 'zod'
import { LARGEST_BULK } from './rules'

export const bulkParams = z.object({ label: z.uuid('Not a category.') })

/** A category that the set-up in force predicts, and whether what it takes for it can be confirmed at once. */
const bulkCategory = z.object({
  labelId: z.string(),
  label: z.string(),
  /** Cases predicted so whose label people found blind, and those of them with this label. */
  blind: z.number(),
  right: z.number(),
  /** 0..1 */
  lowerBound: z.number(),
  allowed: z.boolean(),
  /** Blind reviews still wanted if all of them are right; null where no number would do. */
  missing: z.number().nullable(),
})
export type BulkCategory = z.infer<typeof bulkCategory>

/** One bulk confirmation and what ordinary review has made of its random tenth so far. */
const bulkRecord = z.object({
  id: z.string(),
  label: z.string(),
  by: z.string(),
  at: z.string(),
  confirmed: z.number(),
  sampled: z.number(),
  /** Of the sampled ones: with a final label by now, and with this one. */
  checked: z.number(),
  right: z.number(),
})
export type BulkRecord = z.infer<typeof bulkRecord>

const bulkView = z.object({
  /** Null while nothing is released. */
  setup: z.object({ versionNumber: z.number().nullable(), standIn: z.boolean() }).nullable(),
  /** Lower bound that a category must reach, 0..1. */
  required: z.number(),
  categories: z.array(bulkCategory),
  /** The newest first. */
  records: z.array(bulkRecord),
})
export type BulkView = z.infer<typeof bulkView>

const bulkCase = z.object({
  caseId: z.string(),
  suggestionId: z.string(),
  externalId: z.string(),
  subject: z.string(),
  excerpt: z.string(),
  /** What the model quotes from the case. */
  evidence: z.string(),
})
export type BulkCase = z.infer<typeof bulkCase>

/** Waiting example cases of one predicted category; those alike stand together, the largest group first. */
const bulkCases = z.object({ groups: z.array(z.array(bulkCase)) })
export type BulkCases = z.infer<typeof bulkCases>

export const confirmInput = z.object({
  /** Made by the client: the same confirmation sent twice is one. */
  id: z.uuid(),
  labelId: z.uuid(),
  /** Each with the suggestion that was in view. */
  cases: z
    .array(z.object({ caseId: z.uuid(), suggestionId: z.uuid() }))
    .min(2, 'Choose at least two cases.')
    .max(LARGEST_BULK, `At most ${LARGEST_BULK} cases at once.`),
})
export type ConfirmInput = z.infer<typeof confirmInput>

const confirmed = z.object({
  id: z.string(),
  confirmed: z.number(),
  /** Sent to ordinary review instead, drawn at random. */
  sampled: z.number(),
})
export type Confirmed = z.infer<typeof confirmed>
