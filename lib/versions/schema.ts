import { z } from 'zod'
import { packSize, promptContent, similarExamples, template } from './rendering/schema'

/** How a version is named in addresses: a frozen one by its number, a draft by its id. */
export const versionRef = z.union([
  z.string().regex(/^[1-9]\d{0,8}$/, 'Not a version.'),
  z.uuid('Not a version.'),
])

export const versionParams = z.object({ version: versionRef })
export const draftParams = z.object({ version: z.uuid('Not a draft.') })

/** Enough of a version to name it and to link to it. */
export const versionName = z.object({ id: z.string(), number: z.number().nullable() })

const exampleView = z.object({
  id: z.string(),
  kind: z.enum(['good', 'bad']),
  caseId: z.string(),
  externalId: z.string(),
  subject: z.string(),
  /** The correction it was promoted from. */
  reviewId: z.string().nullable(),
  text: z.string(),
  labelId: z.string(),
  wrongLabelId: z.string().nullable(),
  explanation: z.string(),
  enabled: z.boolean(),
  position: z.number(),
  /** The review it came from was taken back or changed. */
  flagged: z.boolean(),
})

const versionCategory = z.object({
  categoryId: z.string(),
  key: z.string(),
  name: z.string(),
  description: z.string(),
})

const versionView = z.object({
  id: z.string(),
  number: z.number().nullable(),
  /** Saves so far; the next save names it. */
  edit: z.number(),
  note: z.string(),
  parent: versionName.nullable(),
  /** What the parent says now; null without a parent. */
  parentContent: promptContent.nullable(),
  author: z.string().nullable(),
  savedBy: z.string().nullable(),
  savedAt: z.string(),
  frozenAt: z.string().nullable(),
  /** The number it would get, or has. */
  nextNumber: z.number(),
  released: z.boolean(),
  persona: z.string(),
  rules: z.string(),
  answerFormat: promptContent.shape.answerFormat,
  badExampleForm: promptContent.shape.badExampleForm,
  model: promptContent.shape.model,
  template,
  similarExamples,
  packSize,
  /** In their order. */
  categories: z.array(versionCategory),
  /** In their order, switched-off ones too. */
  examples: z.array(exampleView),
})

export type VersionName = z.infer<typeof versionName>
export type VersionView = z.infer<typeof versionView>
export type VersionCategory = z.infer<typeof versionCategory>
export type ExampleView = z.infer<typeof exampleView>
