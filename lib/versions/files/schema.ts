import { z } from 'zod'
import { promptContent } from '../rendering/schema'

const { persona, rules, categories, examples, ...settings } = promptContent.shape
const category = categories.element
const { caseText, explanation } = examples.element.shape

/** Every file of a version, in the order in which they are packed. */
export const FILE_NAMES = [
  'version.json',
  'persona.md',
  'rules.md',
  'categories.json',
  'format.json',
  'good-examples.jsonl',
  'bad-examples.jsonl',
] as const

export type FileName = (typeof FILE_NAMES)[number]
/** The text of each file. */
export type VersionFiles = Record<FileName, string>

/** Something that keeps files from being imported; `line` counts from 1. */
export type FileProblem = { file: string; line: number | null; message: string }

/** Of the files themselves: raised when their shape changes in a way that older ones can't say. */
export const FORM = 1

export const versionFile = z.strictObject({
  form: z.literal(FORM, 'These files were written by a newer Closecall: update it first.'),
  note: z.string().max(2_000, 'A note has at most 2,000 characters.'),
})

export const personaFile = persona
export const rulesFile = rules

export const categoriesFile = z
  .array(
    z.strictObject({
      key: category.shape.key,
      name: z.string().min(1).max(200),
      description: category.shape.description,
    }),
  )
  .min(1, 'There must be at least one category.')
  .max(500, 'A version has at most 500 categories.')

export const formatFile = z.strictObject(settings)

/** One line of `good-examples.jsonl`. Labels are keys of categories, or their names. */
export const goodExampleLine = z.strictObject({
  external_id: z.string().min(1),
  /** Only where it is not the newest revision of that case. */
  revision: z.number().int().positive().optional(),
  label: z.string().min(1),
  /** Left out: the text of the whole case. */
  text: z
    .string()
    .max(50_000, 'The text of an example has at most 50,000 characters.')
    .refine((text) => caseText.safeParse(text).success, 'An example needs a text.')
    .optional(),
  explanation,
  enabled: z.literal(false, 'Write "enabled": false, or leave it out.').optional(),
  /** Id of the correction it was promoted from. */
  review: z.uuid().optional(),
})

/** One line of `bad-examples.jsonl`; without a wrong label only the reason was wrong. */
export const badExampleLine = goodExampleLine.extend({ wrong_label: z.string().min(1).optional() })

export type ExampleLine = z.infer<typeof badExampleLine>

export type FileContent = z.infer<typeof formatFile> & {
  note: string
  persona: string
  rules: string
  categories: z.infer<typeof categoriesFile>
  good: ExampleLine[]
  bad: ExampleLine[]
}

/** Where in its file each example stands. */
export type ExampleLines = { good: number[]; bad: number[] }

/** `parent`: what the new draft says it comes from; left out, the released version. */
export const importQuery = z.object({ parent: z.uuid().optional() })

export type ImportedFiles = {
  /** Of the new draft. */
  id: string
  /** What is not as the files have it, in sentences. */
  notes: string[]
}
