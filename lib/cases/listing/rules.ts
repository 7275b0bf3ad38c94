import type { CaseStatus } from './schema'

/** In the order of a case's way. */
export const CASE_STATUSES: Record<CaseStatus, string> = {
  waiting_for_pool: 'Being sorted',
  waiting_for_review: 'Waits for review',
  reviewed: 'Has its label',
  quarantined: 'Set aside',
}
