import { cookies } from 'next/headers'
import { decode } from 'next-auth/jwt'
import { env } from './env'

/** Secure cookies only where the site is served over HTTPS; browsers drop them elsewhere. */
export function sessionCookieName(): string {
  return env().NEXTAUTH_URL.startsWith('https:')
    ? '__Secure-next-auth.session-token'
    : 'next-auth.session-token'
}

/** The id of the person whose session cookie came with the request; null without a valid one. */
export async function findSessionUserId(): Promise<string | null> {
  const cookie = (await cookies()).get(sessionCookieName())
  if (!cookie) return null
  try {
    const token = await decode({ token: cookie.value, secret: env().NEXTAUTH_SECRET })
    return token?.sub ?? null
  } catch {
    // A cookie that can't be read is no session: expired secret, rubbish, or another product's.
    return null
  }
}
