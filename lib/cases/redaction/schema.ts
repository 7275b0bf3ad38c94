import { z } from 'zod'
import { LONGEST_EXAMPLE, LONGEST_PREVIEW } from './limits/rules'

/** `secret`: a password, key or token. */
export type SensitiveKind = 'email' | 'phone' | 'card' | 'iban' | 'ip' | 'secret'

/** A passage of a text, in UTF-16 units: `text.slice(start, end)`. */
export type Passage = { start: number; end: number }

export type Sensitive = Passage & { kind: SensitiveKind }

/** What a project has replaced before text leaves for the model. */
export const redactionSetting = z.object({
  on: z.boolean(),
  /** Names of metadata fields whose values are known, and replaced wherever the text has them. */
  fields: z.array(z.string()),
  /** The names under which messages were written. */
  authors: z.boolean(),
})
export type RedactionSetting = z.infer<typeof redactionSetting>

const replacement = z.object({
  /** `[EMAIL_1]` */
  placeholder: z.string(),
  /** `field`: the value of a metadata field. */
  kind: z.enum(['email', 'phone', 'card', 'iban', 'ip', 'secret', 'field', 'author']),
  /** Every way in which the text writes it. */
  values: z.array(z.string()),
  /** Passages it stands for. */
  times: z.number(),
})
/** What a placeholder stands for, in the texts of one case. */
export type Replacement = z.infer<typeof replacement>
export type ReplacedKind = Replacement['kind']

export const replacements = z.array(replacement)

/** Finds passages of one kind; `name` is what their placeholder is called, by default the kind. */
export type Finder = { kind: ReplacedKind; name?: string; find: (text: string) => Passage[] }

/** A setting as a form sends it, saved or not. */
export const redactionInput = redactionSetting.extend({
  fields: z
    .array(z.string().trim().min(1, 'Name the field.').max(200, 'At most 200 characters.'))
    .max(50, 'At most 50 fields.'),
})

export const previewInput = z.object({
  text: z.string().max(LONGEST_PREVIEW, 'At most 20,000 characters.'),
  setting: redactionInput,
})
export type PreviewInput = z.infer<typeof previewInput>

export type RedactionPreview = { text: string; replaced: Replacement[] }

/** An example as it stands in a form, saved or not, with the case that it comes from. */
export const examplePreviewInput = z.object({
  caseId: z.uuid(),
  text: z.string().max(LONGEST_EXAMPLE, 'At most 60,000 characters.'),
  explanation: z.string().max(LONGEST_EXAMPLE, 'At most 60,000 characters.'),
})
export type ExamplePreviewInput = z.infer<typeof examplePreviewInput>

/** What is replaced in an example when it is sent; `on`: false, it is sent as it is. */
export type ExamplePreview = { on: boolean; replaced: Replacement[] }

type KindShare = { kind: ReplacedKind; marked: number; recognised: number }

/** The setting, and what a manager needs to choose it. */
export type RedactionView = {
  setting: RedactionSetting
  /** Metadata fields of the newest cases, with a value that stands in one of them. */
  fields: { name: string; example: string }[]
  /** Recall on the marked sentences, all of them and those that the rules were not made for. */
  recall: { sentences: number; all: KindShare[]; unseen: KindShare[] }
}
