import { z } from 'zod'

/** What a draft was before a change of the categories, and the number of the save that the change was. */
const draftBefore = z.object({
  id: z.string(),
  edit: z.number(),
  categories: z.array(z.object({ categoryId: z.string(), description: z.string() })),
  examples: z.array(
    z.object({
      id: z.string(),
      labelId: z.string(),
      wrongLabelId: z.string().nullable(),
      enabled: z.boolean(),
      flagged: z.boolean(),
    }),
  ),
})
export type DraftBefore = z.infer<typeof draftBefore>

/** All that a change of categories has to know to be taken back. */
export const changeBefore = z.object({
  categories: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      description: z.string(),
      /** Former ones that counted as this one. */
      mergedIds: z.array(z.string()),
    }),
  ),
  /** All ids of that time in order. */
  order: z.array(z.string()),
  drafts: z.array(draftBefore),
})
export type ChangeBefore = z.infer<typeof changeBefore>
