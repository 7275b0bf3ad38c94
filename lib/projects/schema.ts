import { z } from 'zod'

const categoryView = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  position: z.number(),
  description: z.string(),
})

/** What every page of a project knows of it. */
const projectView = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  categoryWord: z.string(),
  /** 0..1 */
  targetAccuracy: z.number(),
  targetPerCategory: z.number(),
  reviewsWanted: z.number(),
  minCategoryCases: z.number(),
  /** What looks like personal data is replaced before text leaves for the model. */
  redactPersonalData: z.boolean(),
  /** In the project's order, archived ones left out. */
  categories: z.array(categoryView),
})

const name = z.string().trim().min(1, 'Give it a name.').max(80, 'At most 80 characters.')

const categoryInput = z.object({
  name,
  description: z.string().trim().max(2_000, 'At most 2,000 characters.').default(''),
})

const targets = {
  /** 0..1 */
  targetAccuracy: z
    .number('A number, in per cent.')
    .min(0.5, 'At least 50 %.')
    .max(1, 'At most 100 %.'),
  targetPerCategory: z
    .int('A whole number.')
    .min(1, 'At least 1.')
    .max(1_000_000, 'At most 1,000,000.'),
}

export const newProject = z.object({
  name,
  description: z.string().trim().max(2_000, 'At most 2,000 characters.').default(''),
  categoryWord: z.string().trim().min(1, 'Say what a label is called.').max(40).default('category'),
  targetAccuracy: targets.targetAccuracy.default(0.9),
  targetPerCategory: targets.targetPerCategory.default(3_000),
  categories: z
    .array(categoryInput)
    .min(2, 'A project needs at least two categories.')
    .max(200, 'At most 200 categories.')
    .refine(namesDiffer, 'Two categories have the same name.'),
})

export type ProjectCreated = { slug: string }

export const projectChange = z
  .object({
    name,
    description: z.string().trim().max(2_000),
    categoryWord: z.string().trim().min(1).max(40),
    ...targets,
    reviewsWanted: z.int('A whole number.').min(1, 'At least 1.').max(5, 'At most 5.'),
    minCategoryCases: z.int('A whole number.').min(5, 'At least 5.').max(1_000, 'At most 1,000.'),
  })
  .partial()

/** The categories as they shall be, in order: with an id a known one, without a new one. */
export const categoriesChange = z.object({
  categories: z
    .array(categoryInput.extend({ id: z.uuid().optional() }))
    .min(2, 'A project needs at least two categories.')
    .max(200, 'At most 200 categories.')
    .refine(namesDiffer, 'Two categories have the same name.'),
})

/** One card on the page of one's projects. */
const projectCard = z.object({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  role: z.enum(['reviewer', 'prompt_engineer', 'manager']),
  cases: z.number(),
  categories: z.number(),
})

function namesDiffer(categories: { name: string }[]): boolean {
  const names = categories.map((category) => category.name.trim().toLowerCase())
  return new Set(names).size === names.length
}

export type CategoryView = z.infer<typeof categoryView>
export type ProjectView = z.infer<typeof projectView>
export type ProjectCard = z.infer<typeof projectCard>
export type NewProject = z.infer<typeof newProject>
export type ProjectChange = z.infer<typeof projectChange>
export type CategoriesChange = z.infer<typeof categoriesChange>
