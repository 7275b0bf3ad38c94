import { z } from 'zod'

/** `secret`: a password, key or token. */
export type SensitiveKind = 'email' | 'phone' | 'card' | 'iban' | 'ip' | 'secret'

/** A passage of a text, in UTF-16 units: `text.slice(start, end)`. */
export type Passage = { start: number; end: number }

export type Sensitive = Passage & { kind: SensitiveKind }

/** What a project has replaced before text leaves for the model. */
const redactionSetting = z.object({
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

/** Finds passages of one kind; `name` is what their placeholder is called, by default the kind. */
export type Finder = { kind: ReplacedKind; name?: string; find: (text: string) => Passage[] }
