import { z } from 'zod'
import { email } from '../sign-in/schema'

export const PASSWORD_LENGTH = 10

/** What someone fills in who opens a one-time link. The e-mail of an invited person stays as it is. */
export const accountInput = z.object({
  name: z.string().trim().min(1, 'Write your name.').max(100, 'This name is too long.'),
  email,
  password: z
    .string()
    .min(PASSWORD_LENGTH, `Use at least ${PASSWORD_LENGTH} characters.`)
    .max(200, 'Use at most 200 characters.'),
})
export type AccountInput = z.infer<typeof accountInput>

export const linkParams = z.object({ token: z.string().min(20).max(200) })

/** Whom a link is for; null: whoever opens it makes the first admin. */
const accountLinkView = z.object({
  person: z.object({ name: z.string(), email: z.string() }).nullable(),
})
export type AccountLinkView = z.infer<typeof accountLinkView>

/** The account that a link made or completed. */
export type AccountView = { email: string }
