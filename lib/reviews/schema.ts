import { z } from 'zod'

/** Opens the reviews that a project's cases still lack. Enqueue it with the project's id as key. */
export const openAssignmentsJob: {
  readonly name: string
  readonly data?: { projectId: string }
} = { name: 'reviews.open-assignments' }

/** Moves what is shown to the set-up in force. Enqueue it after a release, with the project's id as key. */
export const showSuggestionsJob: {
  readonly name: string
  readonly data?: { projectId: string }
} = { name: 'reviews.show-suggestions' }

export const thumb = z.enum(['up', 'down'])
export type Thumb = z.infer<typeof thumb>

export const skipReason = z.enum([
  'not_enough_information',
  'not_my_language',
  'not_my_product',
  'sensitive',
  'duplicate',
  'other',
])
export type SkipReason = z.infer<typeof skipReason>
