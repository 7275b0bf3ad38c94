import { z } from 'zod'
import { message } from '@/lib/cases/schema'
import { currentHandout } from '../handouts/schema'
import { BATCH_SIZE, LARGEST_BATCH } from './rules'

export const claimInput = z.object({
  n: z.number().int().min(1).max(LARGEST_BATCH).default(BATCH_SIZE),
})

export const renewInput = z.object({
  assignmentIds: z.array(z.uuid()).max(2 * LARGEST_BATCH),
})

/** Claims renewed after this instant, by another page of the same person, are kept. */
export const releaseInput = z.object({ leaseUntil: z.iso.datetime() })

/** Where a quotation really stands in the case: UTF-16 units [start, end) of a message's text. */
const evidencePlace = z.object({
  messageIndex: z.number(),
  start: z.number(),
  end: z.number(),
})

export const shownSuggestion = z.object({
  id: z.string(),
  /** Null for a draft. */
  versionNumber: z.number().nullable(),
  /** Null: the model gave no valid label. */
  labelId: z.string().nullable(),
  explanation: z.string(),
  evidence: z.string(),
  /** Null: it stands nowhere. */
  evidencePlace: evidencePlace.nullable(),
  /** Made by the local stand-in, not a language model. */
  standIn: z.boolean(),
})

/** A case to review. Says nothing of why it came, nor of what anyone else thinks of it. */
export const claim = z.object({
  assignmentId: z.string(),
  leaseUntil: z.string(),
  case: z.object({
    id: z.string(),
    externalId: z.string(),
    subject: z.string(),
    messages: z.array(message),
    link: z.string().nullable(),
    metadata: z.record(z.string(), z.string()),
  }),
  /** Null: a blind review. */
  suggestion: shownSuggestion.nullable(),
})

const claims = z.object({
  claims: z.array(claim),
  /** Null unless the person answers check cases before real work. */
  training: z
    .object({
      answered: z.number(),
      right: z.number(),
      wanted: z.number(),
      /** Per cent of them that must be right. */
      pass: z.number(),
      /** There is no check case to hand out at this moment. */
      wait: z.boolean(),
    })
    .nullable(),
  /** The work given to the person that comes next. */
  handout: currentHandout.nullable(),
})

/** `lost`: no longer held by this person; `leaseUntil` is null when nothing is. */
const renewed = z.object({ leaseUntil: z.string().nullable(), lost: z.array(z.string()) })

export type Claim = z.infer<typeof claim>
export type Claims = z.infer<typeof claims>
export type Renewed = z.infer<typeof renewed>
