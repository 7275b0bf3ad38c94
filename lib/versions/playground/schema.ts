import { z } from 'zod'
import { replacements } from '@/lib/cases/redaction/schema'
import { caseContent, pool } from '@/lib/cases/schema'
import { priceMark } from '@/lib/runs/prices/schema'
import { versionName, versionRef } from '../schema'
import { LONGEST_SUBJECT, LONGEST_TEXT } from './limits/rules'

const pasted = {
  subject: z
    .string()
    .trim()
    .max(LONGEST_SUBJECT, `A subject has at most ${LONGEST_SUBJECT} characters.`)
    .default(''),
  text: z.string().max(LONGEST_TEXT, 'A pasted case has at most 200,000 characters.').default(''),
}

/** A case of the project, or a pasted text. */
export const tryInput = z.object({ caseId: z.uuid().nullish(), ...pasted })

export const keepInput = z.object(pasted)

export const pickQuery = z.object({ q: z.string().trim().max(200).default('') })

export const tryParams = z.object({ version: versionRef, call: z.uuid('Not a call.') })

const pickableCase = z.object({
  id: z.string(),
  externalId: z.string(),
  subject: z.string(),
  pool,
  /** This person would be asked about it, and won’t be once they have seen what a version says. */
  leavesQueue: z.boolean(),
})

const answer = z.object({
  callId: z.string(),
  status: z.enum(['parsed', 'repaired', 'off_list', 'missing', 'refused', 'cut_off']),
  /** The category's name; null unless it is one of the list. */
  label: z.string().nullable(),
  /** As the model wrote it. */
  labelText: z.string().nullable(),
  /** Whether it is the final label of the case; null where the case has none. */
  right: z.boolean().nullable(),
  explanation: z.string(),
  evidence: z.string(),
  /** Where the quotation really stands; null where it stands nowhere. */
  place: z.object({ messageIndex: z.number(), start: z.number(), end: z.number() }).nullable(),
  /** The case did not fit: its middle was left out. */
  cut: z.boolean(),
  /** Labelled cases that stood beside it. */
  similarIds: z.array(z.string()),
  rawAnswer: z.string(),
  stopReason: z.string().nullable(),
  standIn: z.boolean(),
  modelId: z.string(),
  inputTokens: z.number(),
  /** Of the request, read from the model's cache or written to it: they come on top of `inputTokens`. */
  cachedTokens: z.number(),
  outputTokens: z.number(),
  latencyMs: z.number(),
  /** Millionths of a dollar; null where the price of the model is not known. */
  cost: z.number().nullable(),
  priced: priceMark.nullable(),
})

const side = z.object({
  version: versionName,
  parent: versionName.nullable(),
  /** Which state of a draft was asked: as it was saved then, for the time that `edit` counts. */
  edit: z.number(),
  savedAt: z.string(),
  /** The case, or one that says nearly the same, is an example of it: its answer proves nothing. */
  knows: z.boolean(),
  /** Null where no answer came; `error` then says why and what to do. */
  answer: answer.nullable(),
  error: z.string().nullable(),
})

const tryView = z.object({
  /** As it was read; ids are null for a pasted text. */
  case: caseContent.extend({ id: z.string().nullable(), externalId: z.string().nullable() }),
  /** Cases of the project that say nearly the same as the pasted text. */
  alike: z.array(z.object({ id: z.string(), externalId: z.string() })),
  /** What placeholders stood for in the case as it was sent. */
  replaced: replacements,
  /** Of a case of the project, once an answer came. */
  finalLabel: z.object({ label: z.string(), secondLabel: z.string().nullable() }).nullable(),
  /** The person was to be asked about this case, or one like it, and isn't any more. */
  leftQueue: z.boolean(),
  /** The parent first, where there is one. */
  sides: z.array(side),
})

const formerTry = z.object({
  callId: z.string(),
  at: z.string(),
  /** Null for a pasted text. */
  case: z.object({ id: z.string(), externalId: z.string(), subject: z.string() }).nullable(),
  /** What the version said; null where no label could be read or no answer came. */
  label: z.string().nullable(),
  standIn: z.boolean(),
})

export type TryInput = z.output<typeof tryInput>
export type PastedCase = z.output<typeof keepInput>
export type PickableCase = z.infer<typeof pickableCase>
export type TrySide = z.infer<typeof side>
export type TryAnswer = z.infer<typeof answer>
export type TryView = z.infer<typeof tryView>
export type FormerTry = z.infer<typeof formerTry>
export type TryRequest = { request: string }
export type KeptCase = { id: string; externalId: string; isNew: boolean }
