import { createHash, randomBytes } from 'node:crypto'

const HOUR_MS = 3600 * 1000

/** How long a link can be used: the first admin's is printed anew at every start without people. */
const LIFE_MS = { firstAdmin: 24 * HOUR_MS, invitation: 7 * 24 * HOUR_MS }

/** The form in which a token is stored: who reads the database can't use the links in it. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/** A new one-time link: the token for its address, the row for `AccountLink`. Null: first admin. */
export function newAccountLink(userId: string | null) {
  const token = randomBytes(32).toString('base64url')
  const life = userId ? LIFE_MS.invitation : LIFE_MS.firstAdmin
  const expiresAt = new Date(Date.now() + life)
  return { token, row: { tokenHash: hashToken(token), userId, expiresAt } }
}

/** The path of the page that a link opens. */
export const accountPath = (token: string): string => `/account/${token}`
