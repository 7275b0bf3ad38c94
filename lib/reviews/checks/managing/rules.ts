import type { LabelSource } from '../../labels/schema'
import type { CheckList, Unusable } from './schema'

export const UNUSABLE_WORDS: Record<Unusable, string> = {
  no_known_answer: 'It has no final label.',
  one_review: 'Its label rests on one review alone: two people must agree, or someone settle it.',
  replaced: 'A newer revision has taken its place.',
  quarantined: 'It is quarantined.',
}

type Facts = {
  archivedAt: Date | null
  quarantinedAt: Date | null
  source: LabelSource | null
}

/** Why a case can't check anyone now; null: it can. The same as `usableChecks` says in SQL. */
export function findUnusable({ archivedAt, quarantinedAt, source }: Facts): Unusable | null {
  if (archivedAt) return 'replaced'
  if (quarantinedAt) return 'quarantined'
  if (source === null) return 'no_known_answer'
  return source === 'review' ? 'one_review' : null
}

/** Cases of the list whose known answer is in view. */
export const listSeenChecks = ({ checks }: CheckList): string[] =>
  checks.flatMap(({ caseId, label }) => (label === null ? [] : [caseId]))
