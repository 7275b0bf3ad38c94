import { z } from 'zod'
import { pool } from '@/lib/cases/schema'
import { LARGEST_HANDOUT } from './rules'

/** What a reviewer sees of the work they were given. */
export const currentHandout = z.object({
  note: z.string(),
  /** The day it is wanted by, "2026-11-20"; null for none. */
  dueOn: z.string().nullable(),
  done: z.number(),
  cases: z.number(),
})

export const newHandout = z
  .object({
    userId: z.uuid('Choose a person.'),
    cases: z
      .int('A whole number.')
      .min(1, 'At least 1.')
      .max(LARGEST_HANDOUT, `At most ${LARGEST_HANDOUT.toLocaleString('en-US')} at once.`),
    pool,
    /** Only cases that the set-up in force takes for this category. */
    predictedId: z.uuid().nullable().default(null),
    dueOn: z.iso.date('Give a day.').nullable().default(null),
    note: z.string().trim().max(500, 'At most 500 characters.').default(''),
  })
  .refine((input) => input.predictedId === null || input.pool === 'example', {
    path: ['predictedId'],
    message: 'Cases of one category are given from the example pool only: a pick is no sample.',
  })

export const handoutParams = z.object({ project: z.string(), handout: z.uuid() })

const handoutView = z.object({
  id: z.string(),
  userId: z.string(),
  name: z.string(),
  pool,
  /** Category name; null for any. */
  predicted: z.string().nullable(),
  cases: z.number(),
  done: z.number(),
  /** Still set aside for the person. The rest went on to others. */
  left: z.number(),
  note: z.string(),
  dueOn: z.string().nullable(),
  /** Not done by its day. */
  late: z.boolean(),
  createdAt: z.string(),
  createdBy: z.string(),
  ended: z.boolean(),
})

const handouts = z.object({
  /** Who can be given work. */
  people: z.array(z.object({ userId: z.string(), name: z.string() })),
  /** Newest first. */
  handouts: z.array(handoutView),
})

/** How many cases were really given. */
export type HandoutGiven = { id: string; cases: number }

export type CurrentHandout = z.infer<typeof currentHandout>
export type NewHandout = z.infer<typeof newHandout>
export type HandoutView = z.infer<typeof handoutView>
export type Handouts = z.infer<typeof handouts>
