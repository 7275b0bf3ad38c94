import { z } from 'zod'
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

const savedAnswer = z.object({
  id: z.string(),
  assignmentId: z.string(),
  labelId: z.string().nullable(),
  thumb: thumb.nullable(),
})

/** The case as it is in hand again. */
const undone = z.object({ reviewId: z.string(), claim })

const skipped = z.object({ assignmentId: z.string() })

/** One of one's own answers. */
const ownAnswer = z.object({
  reviewId: z.string(),
  externalId: z.string(),
  subject: z.string(),
  /** Null: wrong, unsure which. */
  label: z.string().nullable(),
  secondLabel: z.string().nullable(),
  thumb: thumb.nullable(),
  closeCall: z.boolean(),
  wrongReason: z.boolean(),
  note: z.string(),
  at: z.string(),
})

const ownAnswers = z.object({
  answers: z.array(ownAnswer),
  /** Pass as `before` for the next page; null at the end. */
  next: z.string().nullable(),
})

export const ownAnswersInput = z.object({ before: z.uuid().optional() })

export type SubmitInput = z.infer<typeof submitInput>
export type UndoInput = z.infer<typeof undoInput>
export type SkipInput = z.infer<typeof skipInput>
export type SavedAnswer = z.infer<typeof savedAnswer>
export type Undone = z.infer<typeof undone>
export type Skipped = z.infer<typeof skipped>
export type OwnAnswer = z.infer<typeof ownAnswer>
export type OwnAnswers = z.infer<typeof ownAnswers>
