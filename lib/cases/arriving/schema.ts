import { z } from 'zod'
import { MAX_ID } from '@/lib/cases/imports/normalising/text/rules'
import { messageRole, type Pool } from '../schema'
import { LONGEST_CASE, MOST_FIELDS, MOST_MESSAGES } from './limits/rules'

const arrivingMessage = z.object({
  author: z.string().max(500).default(''),
  role: messageRole.default('customer'),
  /** ISO 8601, or another way of writing a time that imports read. */
  time: z.string().max(100).nullish(),
  text: z.string(),
})

/** A case as it arrives, alone. */
export const arrivingCase = z
  .object({
    externalId: z.string().trim().min(1).max(MAX_ID).optional(),
    subject: z.string().default(''),
    messages: z.array(arrivingMessage).max(MOST_MESSAGES).default([]),
    metadata: z.record(z.string().trim().min(1).max(200), z.string().max(10_000)).default({}),
  })
  .refine(({ metadata }) => Object.keys(metadata).length <= MOST_FIELDS, {
    path: ['metadata'],
    message: `A case has at most ${MOST_FIELDS} fields of metadata.`,
  })
  .refine(
    ({ subject, messages }) =>
      messages.reduce((sum, { text }) => sum + text.length, subject.length) <= LONGEST_CASE,
    {
      path: ['messages'],
      message: 'A case that is labelled alone has at most 200,000 characters.',
    },
  )

export type ArrivingCase = z.output<typeof arrivingCase>

/** A case of the project, sorted into its pool. */
export type ArrivedCase = { id: string; externalId: string; isNew: boolean; pool: Pool }
