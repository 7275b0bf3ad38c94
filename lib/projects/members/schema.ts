import { z } from 'zod'
import { ROLES } from '@/lib/platform/access'

const role = z.enum(ROLES)

const memberView = z.object({
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  role,
  /** Has never signed in: the link that lets them choose a password was not used yet. */
  invited: z.boolean(),
})

export const newMember = z.object({
  email: z.email('This is not an e-mail address.').trim().toLowerCase(),
  name: z.string().trim().max(80).default(''),
  role,
})

/** `link`: one-time link to pass on to a person who is new; null for one who has an account. */
export type MemberAdded = { link: string | null }

export const memberChange = z.object({ role })
export const memberParams = z.object({ project: z.string(), user: z.uuid() })

export type MemberView = z.infer<typeof memberView>
export type NewMember = z.infer<typeof newMember>
export type MemberChange = z.infer<typeof memberChange>
