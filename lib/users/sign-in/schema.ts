import { z } from 'zod'

export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'This e-mail address is too long.')
  .pipe(z.email('Write an e-mail address, like name@example.com.'))

export const signInInput = z.object({
  email,
  password: z.string().min(1, 'Write your password.').max(200, 'This password is too long.'),
})
export type SignInInput = z.infer<typeof signInInput>

/** The four people of local mode, whom anyone at the machine may be. */
export const demoPerson = z.enum(['reviewer', 'engineer', 'manager', 'admin'])
export type DemoPerson = z.infer<typeof demoPerson>

/** What next-auth answers to a form that was accepted. */
export type AcceptedForm = { url: string }

export const csrfAnswer = z.object({ csrfToken: z.string() })
export type CsrfAnswer = z.infer<typeof csrfAnswer>
