import type { Pool } from '@/lib/cases/schema'
import { type Member, managers, promptEngineersAndManagers } from '@/lib/platform/access'

type Who = Pick<Member, 'role' | 'isAdmin'>

export const maySettle = promptEngineersAndManagers

/** The test pool is locked: only managers settle its cases. */
export const maySettlePool = (member: Who, pool: Pool): boolean =>
  pool === 'test' ? managers(member) : maySettle(member)

export type SettleFacts = {
  /** This person has answered it, also where they took that back. */
  hasReviewed: boolean
  /** It waits to be settled. */
  isDisputed: boolean
  label: { source: 'imported' | 'review' | 'agreement' | 'settled'; isOwn: boolean } | null
}

/** Why this person may not settle a case of a pool that they may; null when they may. */
export function whyNotSettle({ hasReviewed, isDisputed, label }: SettleFacts): string | null {
  if (hasReviewed) return 'You have reviewed this case, so someone else must settle it.'
  if (isDisputed || label?.source === 'imported') return null
  if (label?.source === 'settled') {
    return label.isOwn ? null : 'Someone else has settled this case already.'
  }
  return 'Nobody disagrees on this case, so there is nothing to settle.'
}
