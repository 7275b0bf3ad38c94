import { api } from '@/lib/platform/http'
import type { Claims, Renewed } from './schema'

const claimsUrl = (slug: string) => `/api/projects/${slug}/review/claims`

export const claimCases = (slug: string, person: string, n: number) =>
  api.post<Claims>(claimsUrl(slug), { n }, { person })

export const renewLeases = (slug: string, assignmentIds: readonly string[]) =>
  api.patch<Renewed>(claimsUrl(slug), { assignmentIds })

/** Sent while the page goes away, so nobody waits for the answer: leases end by themselves as well. */
export function leaveClaims(slug: string, leaseUntil: string): void {
  const url = `${claimsUrl(slug)}?${new URLSearchParams({ leaseUntil })}`
  fetch(url, { method: 'DELETE', keepalive: true }).catch(() => undefined)
}
