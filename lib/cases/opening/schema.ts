import { z } from 'zod'
import { caseStatus } from '@/lib/cases/listing/schema'
import { caseContent, pool } from '@/lib/cases/schema'
import { skipReason } from '@/lib/reviews/schema'

export const caseParams = z.object({ id: z.uuid('Not a case.') })

/** The wording that a label was given under; null where it is what people see now. */
const olderWords = z.object({ name: z.string(), description: z.string() }).nullable()

const finalLabelView = z.object({
  label: z.string(),
  secondLabel: z.string().nullable(),
  source: z.enum(['imported', 'review', 'agreement', 'settled']),
  settledBy: z.string().nullable(),
  precedent: z.string(),
  /** Names of the labels that people had given when it was settled, each once. */
  among: z.array(z.string()),
  /** It was confirmed with many others at once. */
  bulk: z.boolean(),
  olderWords,
  at: z.string(),
})

const caseSuggestion = z.object({
  id: z.string(),
  runId: z.string(),
  versionId: z.string(),
  versionNumber: z.number().nullable(),
  /** In what its set-up departs from the version, in a few words. */
  departures: z.string(),
  modelId: z.string(),
  standIn: z.boolean(),
  status: z.enum([
    'parsed',
    'repaired',
    'off_list',
    'missing',
    'absent',
    'refused',
    'cut_off',
    'failed',
  ]),
  label: z.string().nullable(),
  labelText: z.string().nullable(),
  explanation: z.string(),
  evidence: z.string(),
  inputCut: z.boolean(),
  at: z.string(),
})

const caseReview = z.object({
  id: z.string(),
  reviewer: z.string(),
  /** Only ordinary ones and second opinions count for the label. */
  purpose: z.enum(['ordinary', 'second_opinion', 'check_case', 'repeat']),
  label: z.string().nullable(),
  secondLabel: z.string().nullable(),
  thumb: z.enum(['up', 'down']).nullable(),
  closeCall: z.boolean(),
  wrongReason: z.boolean(),
  note: z.string(),
  /** Said of many cases at once, without reading each. */
  bulk: z.boolean(),
  olderWords,
  at: z.string(),
})

const caseSkip = z.object({
  by: z.string(),
  reason: skipReason,
  note: z.string(),
  at: z.string(),
})

/** What a case was labelled as before a change of the categories sent it back into the queue. */
const formerLabel = z.object({
  changeId: z.string(),
  /** What was changed, and when. */
  sentence: z.string(),
  at: z.string(),
  /** Null where it had no final label yet. */
  label: z.string().nullable(),
  secondLabel: z.string().nullable(),
  definition: z.string(),
  source: z.enum(['imported', 'review', 'agreement', 'settled']).nullable(),
  settledBy: z.string().nullable(),
  precedent: z.string(),
  /** Answers that count no more. */
  answers: z.array(
    z.object({
      id: z.string(),
      reviewer: z.string(),
      label: z.string().nullable(),
      note: z.string(),
      at: z.string(),
    }),
  ),
})

const caseLabels = z.object({
  pool: pool.nullable(),
  status: caseStatus,
  finalLabel: finalLabelView.nullable(),
  /** The newest first. */
  suggestions: z.array(caseSuggestion),
  /** Answers that stand, the oldest first. */
  reviews: z.array(caseReview),
  /** The newest first. */
  former: z.array(formerLabel),
  /** Who passed on it, the oldest first. */
  skips: z.array(caseSkip),
  /** Why it waits to be settled; null where it does not. */
  dispute: z.enum(['labels', 'unsure', 'skipped']).nullable(),
})

/** A case as one person may see it. */
const caseView = caseContent.extend({
  id: z.string(),
  externalId: z.string(),
  revision: z.number(),
  metadata: z.record(z.string(), z.string()),
  /** http or https. */
  link: z.string().nullable(),
  occurredAt: z.string().nullable(),
  /** A newer revision has taken its place. */
  archivedAt: z.string().nullable(),
  /** Other revisions under the same external id that may be opened. */
  revisions: z.array(z.object({ id: z.string(), revision: z.number() })),
  /** Null until this person may see them. */
  labels: caseLabels.nullable(),
  /**
   * Whether what is shown says more than this person's own answer. Before the answer they are not
   * asked any more; after it a blind answer can't be taken back.
   */
  sight: z.enum(['none', 'before_answer', 'after_answer']),
})

export type CaseView = z.infer<typeof caseView>
export type CaseLabels = z.infer<typeof caseLabels>
export type CaseSuggestion = z.infer<typeof caseSuggestion>
export type OlderWords = z.infer<typeof olderWords>
export type FormerLabel = z.infer<typeof formerLabel>
export type CaseReview = z.infer<typeof caseReview>
