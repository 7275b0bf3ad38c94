import { z } from 'zod'
import { message, pool } from '@/lib/cases/schema'
import { shownSuggestion } from '../queue/schema'
import { skipReason, thumb } from '../schema'

/** Different labels; "wrong, unsure which" of everyone asked; passed on by everyone asked. */
const disputeKind = z.enum(['labels', 'unsure', 'skipped'])
export type DisputeKind = z.infer<typeof disputeKind>

export const disputesInput = z.object({
  kind: disputeKind.optional(),
  /** `next` of the page before. */
  cursor: z.string().max(100).optional(),
})
export type DisputesInput = z.infer<typeof disputesInput>

export const disputeParams = z.object({ case: z.uuid('Not a case.') })

const SENTENCE = 300

export const settleInput = z.object({
  labelId: z.uuid(),
  secondLabelId: z.uuid().nullable().default(null),
  /** Shown after the answer at the next like close call. PostgreSQL takes no NUL character. */
  precedent: z
    .string()
    .transform((text) => text.replaceAll('\u0000', '').replace(/\s+/g, ' ').trim())
    .pipe(
      z
        .string()
        .min(1, 'Say in one sentence why: it helps at the next like case.')
        .max(SENTENCE, `A precedent has at most ${SENTENCE} characters.`),
    ),
})
export type SettleInput = z.infer<typeof settleInput>

const disputeRow = z.object({
  caseId: z.string(),
  externalId: z.string(),
  subject: z.string(),
  kind: disputeKind,
  pool,
  since: z.string(),
  /** Names of the labels that people gave, each once. */
  labels: z.array(z.string()),
  /** People whose answer stands, and who passed on it. */
  answers: z.number(),
  skips: z.number(),
  /** False: this person has reviewed it, so someone else must settle it. */
  maySettle: z.boolean(),
})
export type DisputeRow = z.infer<typeof disputeRow>

/** The one that has waited longest comes first. */
const disputePage = z.object({
  rows: z.array(disputeRow),
  /** Null at the end. */
  next: z.string().nullable(),
  /** How many there are of each kind, whatever is listed. */
  counts: z.object({ labels: z.number(), unsure: z.number(), skipped: z.number() }),
})
export type DisputePage = z.infer<typeof disputePage>

/** One answer of a person's history on the case. */
const said = z.object({
  reviewId: z.string(),
  /** It was taken back here; nothing below says anything. */
  undone: z.boolean(),
  /** Null when undone, or for "wrong, unsure which". */
  labelId: z.string().nullable(),
  label: z.string().nullable(),
  secondLabelId: z.string().nullable(),
  secondLabel: z.string().nullable(),
  thumb: thumb.nullable(),
  closeCall: z.boolean(),
  wrongReason: z.boolean(),
  note: z.string(),
  seconds: z.number().nullable(),
  at: z.string(),
})
export type Said = z.infer<typeof said>

const disputeAnswers = z.object({
  reviewer: z.string(),
  /** By the person who looks. */
  own: z.boolean(),
  secondOpinion: z.boolean(),
  /** Everything this person said, oldest first; the last one is what counts. */
  history: z.array(said),
})

const settled = z.object({
  labelId: z.string(),
  label: z.string(),
  secondLabelId: z.string().nullable(),
  secondLabel: z.string().nullable(),
  precedent: z.string(),
  by: z.string(),
  /** By the person who looks: they may change their mind. */
  own: z.boolean(),
  at: z.string(),
})

const disputeView = z.object({
  caseId: z.string(),
  externalId: z.string(),
  subject: z.string(),
  messages: z.array(message),
  metadata: z.record(z.string(), z.string()),
  link: z.string().nullable(),
  pool,
  /** Null when it is settled. */
  kind: disputeKind.nullable(),
  since: z.string().nullable(),
  answers: z.array(disputeAnswers),
  skips: z.array(
    z.object({ by: z.string(), reason: skipReason, note: z.string(), at: z.string() }),
  ),
  /** What the set-up in force says; null outside the example pool: elsewhere truth is found without it. */
  suggestion: shownSuggestion.nullable(),
  settled: settled.nullable(),
  maySettle: z.boolean(),
  /** Why not, in a sentence; empty when this person may. */
  whyNot: z.string(),
})
export type DisputeView = z.infer<typeof disputeView>

/** A sentence of precedent, as a rule that a version may want. Never of the test pool. */
const precedent = z.object({
  caseId: z.string(),
  externalId: z.string(),
  subject: z.string(),
  sentence: z.string(),
  labelId: z.string(),
  label: z.string(),
  /** The other labels that people had given. */
  otherIds: z.array(z.string()),
  others: z.array(z.string()),
  by: z.string(),
  at: z.string(),
})
export type Precedent = z.infer<typeof precedent>
