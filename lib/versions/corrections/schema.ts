import { z } from 'zod'
import { promptContent } from '../rendering/schema'
import { versionName } from '../schema'

const { caseText, explanation, kind } = promptContent.shape.examples.element.shape

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

export const correctionParams = z.object({ review: z.uuid() })

export const correctionFilter = z.object({
  suggested: idOrNone.optional(),
  right: idOrNone.optional(),
  status: correctionStatus.optional(),
})

const confusionPair = z.object({
  /** Null: no valid label. */
  suggestedId: z.string().nullable(),
  /** The final label, else what the reviewer said; null while nobody knows. */
  rightId: z.string().nullable(),
  total: z.number(),
  counts: z.record(correctionStatus, z.number()),
})

const correctionView = z.object({
  reviewId: z.string(),
  caseId: z.string(),
  externalId: z.string(),
  subject: z.string(),
  /** The case as an example would start with it. */
  text: z.string(),
  suggestedId: z.string().nullable(),
  suggestionExplanation: z.string(),
  versionNumber: z.number().nullable(),
  rightId: z.string().nullable(),
  secondLabelId: z.string().nullable(),
  closeCall: z.boolean(),
  /** The label was right, but not its explanation. */
  wrongReason: z.boolean(),
  note: z.string(),
  reviewer: z.string(),
  at: z.string(),
  status: correctionStatus,
  decisionReason: z.string(),
  promotedTo: z.array(versionName),
})

export const promotion = z.object({
  /** The draft that it joins. */
  versionId: id,
  kind,
  text: caseText,
  explanation,
})

export const decisionInput = z.discriminatedUnion('decision', [
  z.object({
    decision: z.literal('dismissed'),
    reason: z.string().trim().min(3, 'Say why in a few words.').max(500),
  }),
  z.object({ decision: z.literal('later') }),
  /** Takes the decision back. */
  z.object({ decision: z.literal('open') }),
])

export type PromotedExample = { id: string; versionId: string }

export type CorrectionStatus = z.infer<typeof correctionStatus>
export type CorrectionFilter = z.output<typeof correctionFilter>
export type ConfusionPair = z.infer<typeof confusionPair>
export type CorrectionView = z.infer<typeof correctionView>
export type Promotion = z.infer<typeof promotion>
export type DecisionInput = z.infer<typeof decisionInput>
