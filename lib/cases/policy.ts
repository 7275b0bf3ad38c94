import { anyMember, type Member, promptEngineersAndManagers } from '@/lib/platform/access'
import type { Pool } from './schema'

/** Everybody may read cases of the open pools; what may be seen of them is decided below. */
export const mayReadCases = anyMember

/** Case lists with labels, pools and what still waits. */
export const mayListLabels = promptEngineersAndManagers

export type SightFacts = {
  /** Null: the case waits for its pool or is quarantined. */
  pool: Pool | null
  /** This person has a review of the case that was not taken back. */
  hasAnswered: boolean
  /** This person has the case in hand to answer it, or it is set aside for them. */
  isAsked: boolean
}

/** The test pool is locked: its cases can be opened by nobody but the person who reviews them. */
export const mayOpenCase = ({ pool }: Pick<SightFacts, 'pool'>): boolean => pool !== 'test'

/**
 * Whether a person may see a case's labels, suggestions, reviews and what became of it: after their
 * own answer; prompt engineers and managers before it too, which is recorded as a sight, so that they
 * are never asked. Nobody while they are being asked, be it for the second time.
 */
export function mayOpenLabels(
  member: Pick<Member, 'role' | 'isAdmin'>,
  facts: SightFacts,
): boolean {
  const { hasAnswered, isAsked } = facts
  return mayOpenCase(facts) && !isAsked && (hasAnswered || promptEngineersAndManagers(member))
}
