import { z } from 'zod'
import { edit } from '../drafts/schema'
import { promptContent } from '../rendering/schema'

const { caseText, explanation, kind } = promptContent.shape.examples.element.shape

/** The right label, and for a bad example the label that was wrongly chosen. */
const labels = { labelId: z.uuid(), wrongLabelId: z.uuid().nullable() }

export const newExample = z.object({
  edit,
  kind,
  caseId: z.uuid(),
  text: caseText,
  explanation,
  ...labels,
  /** Made by the client, so that a repeated request adds nothing; the same again for one that was removed. */
  id: z.uuid().optional(),
  /** Whence one that was removed came, where it stood, and whether it was in use. */
  reviewId: z.uuid().nullable().optional(),
  position: z.number().int().min(0).max(1_000_000).optional(),
  enabled: z.boolean().optional(),
})

export const exampleChange = z.object({
  edit,
  kind: kind.optional(),
  text: caseText.optional(),
  explanation: explanation.optional(),
  labelId: labels.labelId.optional(),
  wrongLabelId: labels.wrongLabelId.optional(),
  enabled: z.boolean().optional(),
})

/** All examples of the draft, in the wanted order. */
export const exampleOrder = z.object({ edit, ids: z.array(z.uuid()).max(5_000) })

export const exampleParams = z.object({ version: z.uuid(), example: z.uuid() })

export const candidateFilter = z.object({
  labelId: z.uuid().optional(),
  search: z.string().max(200).optional(),
})

/** A case of the example pool with a final label that the draft does not show yet. */
const candidate = z.object({
  caseId: z.string(),
  externalId: z.string(),
  subject: z.string(),
  text: z.string(),
  labelId: z.string(),
  closeCall: z.boolean(),
  /** The reviewer's note, or the precedent it was settled by. */
  note: z.string(),
})

export type NewExample = z.infer<typeof newExample>
export type ExampleChange = z.infer<typeof exampleChange>
export type Candidate = z.infer<typeof candidate>
