import type { DemoPerson } from './schema'

/** Failed tries at signing in are counted over this long. */
export const ATTEMPT_WINDOW_MS = 15 * 60 * 1000

/** Failed tries within the window after which no more are looked at. */
export const ATTEMPT_LIMITS = { email: 10, address: 30 } as const

/**
 * When one may try again; null when at once. `failures` are the times of the failed tries of one
 * key, in ms since 1970, this very try included; those outside the window don't count.
 */
export function retryAt(failures: readonly number[], limit: number, now: number): number | null {
  const counted = failures.filter((at) => at > now - ATTEMPT_WINDOW_MS).sort((a, b) => a - b)
  if (counted.length <= limit) return null
  // This one was refused: one of the others must leave the window before the next can be looked at.
  const leaves = counted[counted.length - 1 - limit]
  return leaves === undefined ? null : leaves + ATTEMPT_WINDOW_MS
}

/** The sentence for someone who tried too often. Times in ms since 1970. */
export function tooManyMessage(until: number, now: number): string {
  const minutes = Math.max(1, Math.ceil((until - now) / 60_000))
  const wait = minutes === 1 ? 'a minute' : `${minutes} minutes`
  return `There were too many failed tries to sign in. Please try again in ${wait}.`
}

/**
 * The address of the browser: the last entry of X-Forwarded-For, the one that the nearest proxy
 * wrote; what stands before it was sent by the browser itself and proves nothing.
 */
export function clientAddress(forwardedFor: string | null | undefined): string {
  return forwardedFor?.split(',').at(-1)?.trim() || 'unknown'
}

export const DEMO_PEOPLE: Record<DemoPerson, { email: string; name: string; isAdmin: boolean }> = {
  reviewer: { email: 'reviewer@closecall.local', name: 'Riley Reviewer', isAdmin: false },
  engineer: { email: 'engineer@closecall.local', name: 'Parker Engineer', isAdmin: false },
  manager: { email: 'manager@closecall.local', name: 'Morgan Manager', isAdmin: false },
  admin: { email: 'admin@closecall.local', name: 'Alex Admin', isAdmin: true },
}

/** Where to go after signing in: only ever a path of this site. */
export function safeNext(next: string | null | undefined): string {
  return next && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) && !next.startsWith('/api/') ? next : '/'
}
