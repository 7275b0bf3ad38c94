import { z } from 'zod'

/** Longest texts a version takes: far above any real prompt, far below what would hang a browser. */
const PERSONA_OR_RULES = 50_000
const DESCRIPTION = 10_000
const EXAMPLE_CASE = 50_000
const EXPLANATION = 5_000

const categorySchema = z.object({
  key: z.string().min(1),
  name: z.string().trim().min(1).max(200),
  description: z.string().max(DESCRIPTION),
})

const exampleSchema = z.object({
  id: z.string().min(1),
  kind: z.enum(['good', 'bad']),
  caseText: z.string().trim().min(1).max(EXAMPLE_CASE),
  /** Key of the right category. */
  labelKey: z.string().min(1),
  /** Key of the category that was wrongly chosen; null where only the reason was wrong. */
  wrongLabelKey: z.string().min(1).nullable(),
  explanation: z.string().max(EXPLANATION),
  enabled: z.boolean(),
  position: z.number().int(),
})

export const answerFormatSchema = z.object({
  kind: z.literal('xml'),
  /** Short: only the form. Full: an answer as it could stand. */
  sample: z.enum(['short', 'full']),
})

export const modelSettingsSchema = z.object({
  modelId: z.string().trim().min(1),
  /** Reserved against the quota in advance, so always set. */
  maxTokens: z.number().int().min(1).max(64_000),
  /** Null for models that take no temperature. */
  temperature: z.number().min(0).max(1).nullable(),
})

export const badExampleFormSchema = z.enum(['wrong_with_reason', 'corrected_with_rule'])

/** All of a version that decides what the model is sent. Categories stand in their order. */
export const promptContentSchema = z.object({
  persona: z.string().max(PERSONA_OR_RULES),
  rules: z.string().max(PERSONA_OR_RULES),
  categories: z.array(categorySchema),
  examples: z.array(exampleSchema),
  answerFormat: answerFormatSchema,
  badExampleForm: badExampleFormSchema,
  model: modelSettingsSchema,
})

export type PromptContent = z.infer<typeof promptContentSchema>
export type PromptCategory = PromptContent['categories'][number]
export type PromptExample = PromptContent['examples'][number]

/** What the prompt shows of a case. Oldest message first; time ISO 8601. */
export type CaseContent = { subject: string; messages: readonly CaseMessage[] }
export type CaseMessage = {
  role: string
  author: string | null
  time: string | null
  text: string
}
