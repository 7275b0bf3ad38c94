import { z } from 'zod'

/** What hangs on a category of today. */
const categoryUse = z.object({
  id: z.string(),
  /** Cases that have it as their final label. */
  labels: z.number(),
  /** Of these, given under a definition that has changed since. */
  older: z.number(),
})
export type CategoryUse = z.infer<typeof categoryUse>

const name = z.string().trim().min(1, 'Give it a name.').max(80, 'At most 80 characters.')
const description = z.string().trim().max(2_000, 'At most 2,000 characters.').default('')

const part = z.object({
  name,
  description,
  /** This part goes on as the category that is split, with its key. */
  keeps: z.boolean().default(false),
})

const atMostOneKeeps = (parts: readonly { keeps: boolean }[]) =>
  parts.filter(({ keeps }) => keeps).length <= 1

/** Made by the client: the same change sent twice is one change. */
const id = z.uuid()

export const categoryChangeInput = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rename'),
    ...{ id, categoryId: z.uuid(), name, description },
    /** Its meaning has changed too: the cases that have it are labelled afresh. */
    askAgain: z.boolean().default(false),
  }),
  z.object({
    kind: z.literal('split'),
    ...{ id, categoryId: z.uuid() },
    into: z
      .array(part)
      .min(2, 'Split it into at least two.')
      .max(20, 'Split it into at most 20.')
      .refine(atMostOneKeeps, 'Only one of them can go on as the old one.'),
  }),
  z.object({
    kind: z.literal('merge'),
    id,
    categoryIds: z.array(z.uuid()).min(1, 'Choose what to merge.').max(200),
    intoId: z.uuid(),
    name: name.optional(),
    description: description.optional(),
    /** Cases of the merged ones are labelled afresh; else their labels carry over. */
    askAgain: z.boolean().default(false),
  }),
  z.object({ kind: z.literal('remove'), id, categoryId: z.uuid() }),
])

export const effectInput = z.object({
  /** Category ids, with commas between. */
  of: z
    .string()
    .transform((ids) => ids.split(','))
    .pipe(z.array(z.uuid()).min(1).max(200)),
})

/** What a change of categories would touch. */
const categoryEffect = z.object({
  /** Cases that would be labelled afresh: those with the label, and open questions about it. */
  cases: z.number(),
  /** Of these, with a final label: in all, settled by someone, come with a file. */
  labels: z.number(),
  settled: z.number(),
  imported: z.number(),
  /** Of these, on which people disagree. */
  disputes: z.number(),
  /** Close calls that have it as their second choice. */
  seconds: z.number(),
  /** Check cases with that answer. */
  checks: z.number(),
  /** Examples of drafts that have the label. */
  examples: z.number(),
  /** Seconds of reviewing to label the cases afresh; null while nobody has reviewed. */
  effort: z.number().nullable(),
  /** The version in force sorts into it. */
  inForce: z.number().nullable(),
})

const changeState = z.enum(['waiting', 'running', 'done', 'undone'])

/** One line of the history of a project's categories. */
const categoryChangeView = z.object({
  id: z.string(),
  /** What happened, like “Billing” was split into “Charges”, “Credits”. */
  sentence: z.string(),
  by: z.string().nullable(),
  at: z.string(),
  startedAt: z.string().nullable(),
  state: changeState,
  /** Cases sent back, labels that go on under another name, and how many of both are done. */
  recalled: z.number(),
  carried: z.number(),
  done: z.number(),
  undoable: z.boolean(),
})

const categoryHistory = z.object({
  changes: z.array(categoryChangeView),
  /** The number of the version in force, where it sorts into what is no category any more, or not into all. */
  outdated: z
    .object({ number: z.number(), former: z.array(z.string()), missing: z.array(z.string()) })
    .nullable(),
})

export const changeParams = z.object({ project: z.string(), change: z.uuid() })

export type CategoryChangeInput = z.infer<typeof categoryChangeInput>
/** As it is sent. */
export type NewCategoryChange = z.input<typeof categoryChangeInput>
export type CategoryEffect = z.infer<typeof categoryEffect>
export type CategoryChangeView = z.infer<typeof categoryChangeView>
export type CategoryHistory = z.infer<typeof categoryHistory>

/** Brings the cases of a change of categories up to date. Enqueue it with the change's id as key. */
export const settleCategoriesJob: {
  readonly name: string
  readonly data?: { changeId: string }
} = { name: 'reviews.settle-categories' }
