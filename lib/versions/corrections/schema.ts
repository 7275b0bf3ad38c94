import { z } from 'zod'
import { LONGEST_TEXT } from '../examples/trimming/rules'
import { promptContent } from '../rendering/schema'
import { versionName } from '../schema'

const { explanation, kind } = promptContent.shape.examples.element.shape

/** What is wrong with the suggestion: its label, its label in a close call, or only its reason. */
const correctionKind = z.enum(['label', 'close', 'reason'])

/**
 * Open: nobody decided yet. Unsettled: "wrong, unsure which" of a case without a final label.
 * Overruled: the final label is the suggested one after all.
 */
const correctionStatus = z.enum([
  'open',
  'unsettled',
  'later',
  'promoted',
  'dismissed',
  'overruled',
])

const id = z.uuid()
/** Query strings hold only text: "none" stands for no label. */
const idOrNone = z.union([z.literal('none').transform(() => null), id])

export const correctionParams = z.object({ review: id })

const correctionFilter = z.object({
  /** Number of the version whose suggestion was corrected. */
  version: z.coerce.number().int().positive().optional(),
  reviewer: id.optional(),
  /** Days in UTC, both included. */
  from: z.iso.date('Not a date.').optional(),
  to: z.iso.date('Not a date.').optional(),
  /** Single: the right label rests on one answer. Settled: on an agreement, a settling or the import. */
  opinion: z.enum(['single', 'settled']).optional(),
})

export const overviewFilter = correctionFilter

export const listFilter = correctionFilter.extend({
  kind: correctionKind.optional(),
  suggested: idOrNone.optional(),
  right: idOrNone.optional(),
  status: correctionStatus.optional(),
  /** `next` of the page before. */
  after: z
    .string()
    .regex(/^[01]_\d{13}_[0-9a-f-]{36}$/, 'Not the place of a page.')
    .optional(),
})

const confusionPair = z.object({
  kind: correctionKind,
  /** Null: no valid label. */
  suggestedId: z.string().nullable(),
  /** The final label, else what the reviewer said; null while nobody knows. */
  rightId: z.string().nullable(),
  /** Expected wrong suggestions of this pair in 1,000 cases; null where there is no estimate. */
  cost: z.number().nullable(),
  /** Corrections, near-duplicates counted each. */
  total: z.number(),
  /** By what is left to do, near-duplicates counted as one. */
  counts: z.record(correctionStatus, z.number()),
})

const correctionOverview = z.object({
  /** The most costly first. */
  pairs: z.array(confusionPair),
  /** What the costs are estimated from; null while the set-up in force has labelled no example cases. */
  run: z
    .object({ version: z.number().nullable(), cases: z.number(), standIn: z.boolean() })
    .nullable(),
  /** Whose suggestions were corrected, and by whom: what one can filter by. */
  versions: z.array(z.number()),
  reviewers: z.array(z.object({ id: z.string(), name: z.string() })),
})

const correctionBrief = z.object({
  reviewId: z.string(),
  caseId: z.string(),
  externalId: z.string(),
  subject: z.string(),
  note: z.string(),
  reviewer: z.string(),
  at: z.string(),
})

const correctionView = correctionBrief.extend({
  kind: correctionKind,
  /** The case as an example would start with it. */
  text: z.string(),
  suggestedId: z.string().nullable(),
  suggestionExplanation: z.string(),
  versionNumber: z.number().nullable(),
  rightId: z.string().nullable(),
  secondLabelId: z.string().nullable(),
  closeCall: z.boolean(),
  /** The explanation was wrong, whatever the label. */
  wrongReason: z.boolean(),
  /** Whence the final label; null while there is none. */
  source: z.enum(['imported', 'review', 'agreement', 'settled']).nullable(),
  status: correctionStatus,
  decisionReason: z.string(),
  promotedTo: z.array(versionName),
})

/** One row of the list: a correction, and those of the same pair on nearly the same text. */
const foldedCorrection = correctionView.extend({
  /** The newest of them, at most 50, whatever the filter leaves. */
  alike: z.array(correctionBrief),
  /** How many there are. */
  alikeCount: z.number(),
})

export const promotion = z.object({
  /** The draft that it joins. */
  versionId: id,
  kind,
  text: z
    .string()
    .trim()
    .min(1, 'An example needs a text.')
    .max(LONGEST_TEXT, 'An example takes at most 50,000 characters. Leave something out.'),
  explanation,
})

export const withdrawal = z.object({ version: id })

export type PromotedExample = {
  id: string
  versionId: string
  /** Passages of text and explanation that stand there as placeholders. */
  replaced: number
}

export type CorrectionKind = z.infer<typeof correctionKind>
export type CorrectionStatus = z.infer<typeof correctionStatus>
export type CorrectionFilter = z.infer<typeof correctionFilter>
export type ListFilter = z.output<typeof listFilter>
export type ConfusionPair = z.infer<typeof confusionPair>
export type CorrectionOverview = z.infer<typeof correctionOverview>
export type CorrectionBrief = z.infer<typeof correctionBrief>
export type CorrectionView = z.infer<typeof correctionView>
export type FoldedCorrection = z.infer<typeof foldedCorrection>
/** `next` is null at the end. */
export type CorrectionPage = { rows: FoldedCorrection[]; next: string | null }
export type Promotion = z.infer<typeof promotion>
