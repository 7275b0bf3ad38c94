import { z } from 'zod'

export const messageRole = z.enum(
  ['customer', 'agent', 'system'],
  'A role is “customer”, “agent” or “system”.',
)

/** One message of a case; `time` is ISO 8601 in UTC, null where the source has none. */
export const message = z.object({
  author: z.string(),
  role: messageRole,
  time: z.string().nullable(),
  text: z.string(),
})

/** What a model and a reviewer read of a case. */
export const caseContent = z.object({
  subject: z.string(),
  messages: z.array(message),
})

export const pool = z.enum(['example', 'dev', 'test'])

export type Message = z.infer<typeof message>
export type CaseContent = z.infer<typeof caseContent>
export type Pool = z.infer<typeof pool>
