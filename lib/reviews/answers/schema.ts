import { z } from 'zod'
import { check } from '../checks/schema'
import { claim } from '../queue/schema'
import { skipReason, thumb } from '../schema'

/** Long enough for a quotation and a thought; PostgreSQL takes no NUL character. */
const note = z
  .string()
  .max(4_000, 'A note has at most 4,000 characters.')
  .default('')
  .transform((text) => text.replaceAll('\u0000', '').trim())

/** What a person says of the case they hold. The thumb follows from label and suggestion. */
export const submitInput = z.object({
  /** Made by the client: the same answer sent twice is one answer. */
  id: z.uuid(),
  assignmentId: z.uuid(),
  /** The suggestion in view when the key went down; null when blind. */
  suggestionId: z.uuid().nullable(),
  /** Null: wrong, unsure which. */
  labelId: z.uuid().nullable(),
  closeCall: z.boolean().default(false),
  secondLabelId: z.uuid().nullable().default(null),
  wrongReason: z.boolean().default(false),
  note,
  /** Time spent on the case. */
  seconds: z.number().min(0).max(86_400).nullable().default(null),
  /** The clock of the person's device. */
  answeredAt: z.iso.datetime(),
  /** The same clock when this request was made: shows how wrong it is. No part of what was said. */
  sentAt: z.iso.datetime().optional(),
})

export const undoInput = z.object({
  /** Made by the client: the same undo sent twice takes back one answer. */
  id: z.uuid(),
  /** Null: the person's last answer in this project. */
  reviewId: z.uuid().nullable().default(null),
})

export const skipInput = z.object({
  /** Made by the client. */
  id: z.uuid(),
  assignmentId: z.uuid(),
  reason: skipReason,
  note,
})

/** How a like case was settled, and among which other labels. Names of categories. */
const likePrecedent = z.object({
  sentence: z.string(),
  label: z.string(),
  others: z.array(z.string()),
})

const savedAnswer = z.object({
  id: z.string(),
  assignmentId: z.string(),
  labelId: z.string().nullable(),
  thumb: thumb.nullable(),
  /** Null unless it was a check case whose answer is told. */
  check: check.nullable(),
  /** At most three, the likest first; only after a close call. */
  precedents: z.array(likePrecedent),
  /** A blind answer after which the model's can be seen. */
  revealable: z.boolean(),
})

/** The case as it is in hand again, and what was taken back (label null: wrong, unsure which). */
const undone = z.object({
  reviewId: z.string(),
  labelId: z.string().nullable(),
  closeCall: z.boolean(),
  secondLabelId: z.string().nullable(),
  note: z.string(),
  claim,
})

const skipped = z.object({ assignmentId: z.string() })

/** One of one's own answers. */
const ownAnswer = z.object({
  reviewId: z.string(),
  caseId: z.string(),
  externalId: z.string(),
  subject: z.string(),
  /** Null: wrong, unsure which. */
  label: z.string().nullable(),
  secondLabel: z.string().nullable(),
  thumb: thumb.nullable(),
  closeCall: z.boolean(),
  wrongReason: z.boolean(),
  note: z.string(),
  /** The label of the suggestion that was in view; null where there was none. */
  suggested: z.string().nullable(),
  /** A suggestion was in view. */
  shown: z.boolean(),
  seconds: z.number().nullable(),
  /** It can be taken back and given anew. */
  changeable: z.boolean(),
  /** Its case has a page: those of the locked pool have none. */
  openable: z.boolean(),
  at: z.string(),
})

const ownAnswers = z.object({
  answers: z.array(ownAnswer),
  /** Pass as `before` for the next page; null at the end. */
  next: z.string().nullable(),
})

export const ownAnswersInput = z.object({
  before: z.uuid().optional(),
  /** Part of the case's text, subject or external id, or of the note. */
  q: z.string().trim().max(200).optional(),
})

export type SubmitInput = z.infer<typeof submitInput>
export type UndoInput = z.infer<typeof undoInput>
export type SkipInput = z.infer<typeof skipInput>
export type OwnAnswersInput = z.infer<typeof ownAnswersInput>
export type LikePrecedent = z.infer<typeof likePrecedent>
export type SavedAnswer = z.infer<typeof savedAnswer>
export type Undone = z.infer<typeof undone>
export type Skipped = z.infer<typeof skipped>
export type OwnAnswer = z.infer<typeof ownAnswer>
export type OwnAnswers = z.infer<typeof ownAnswers>
