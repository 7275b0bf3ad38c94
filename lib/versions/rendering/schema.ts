import { z } from 'zod'
import { LIMITS, type LimitedText, limitMessage } from '../limits/rules'

const limited = (what: LimitedText) => z.string().max(LIMITS[what], limitMessage(what))

const promptCategory = z.object({
  key: z.string().min(1),
  name: z.string().trim().min(1).max(200),
  description: limited('description'),
})

const promptExample = z.object({
  id: z.string().min(1),
  kind: z.enum(['good', 'bad']),
  caseText: z
    .string()
    .trim()
    .min(1, 'An example needs text: what of the case decides.')
    .max(LIMITS.exampleText, limitMessage('exampleText')),
  /** Key of the right category. */
  labelKey: z.string().min(1),
  /** Key of the category that was wrongly chosen; null where only the reason was wrong. */
  wrongLabelKey: z.string().min(1).nullable(),
  explanation: limited('explanation'),
  enabled: z.boolean(),
  position: z.number().int(),
})

const answerFormat = z.object({
  /** xml: in the template's own form. schema: held to a JSON schema where the model can. */
  kind: z.enum(['xml', 'schema']),
  /** Short: only the form. Full: an answer as it could stand. */
  sample: z.enum(['short', 'full']),
})

const modelSettings = z.object({
  modelId: z.string().trim().min(1),
  /** Reserved against the quota in advance, so always set. */
  maxTokens: z.number().int().min(1).max(64_000),
  /** Null for models that take no temperature. */
  temperature: z.number().min(0).max(1).nullable(),
  /** Mends the form of answers that can't be read; absent: the model itself. */
  mendModelId: z.string().trim().min(1).optional(),
})

const badExampleForm = z.enum(['wrong_with_reason', 'corrected_with_rule'])

/** The form in which the same parts are written: tags, JSON, or marks as Llama 2 was taught. */
export const template = z.enum(['xml', 'json', 'inst'])

/** How many labelled cases that are like the one asked about stand beside it. */
export const similarExamples = z.literal([0, 2, 5, 10])

/** How many cases share one call. */
export const packSize = z.literal([1, 5, 10, 20])

/** What content says that does not name them, because it was written before they existed. */
export const CONTENT_DEFAULTS = { template: 'xml', similarExamples: 0, packSize: 1 } as const

/** All of a version that decides what the model is sent. Categories stand in their order. */
export const promptContent = z.object({
  persona: limited('persona'),
  rules: limited('rules'),
  categories: z.array(promptCategory),
  examples: z.array(promptExample),
  answerFormat,
  badExampleForm,
  model: modelSettings,
  template: template.default(CONTENT_DEFAULTS.template),
  similarExamples: similarExamples.default(CONTENT_DEFAULTS.similarExamples),
  packSize: packSize.default(CONTENT_DEFAULTS.packSize),
})

export type Template = z.infer<typeof template>
export type PromptContent = z.infer<typeof promptContent>
export type PromptCategory = PromptContent['categories'][number]
export type PromptExample = PromptContent['examples'][number]
