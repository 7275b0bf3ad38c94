import { z } from 'zod'

export const categoryView = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  position: z.number(),
  description: z.string(),
})

/** What every page of a project knows of it. */
export const projectView = z.object({
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
  /** In the project's order, archived ones left out. */
  categories: z.array(categoryView),
})

export type CategoryView = z.infer<typeof categoryView>
export type ProjectView = z.infer<typeof projectView>
