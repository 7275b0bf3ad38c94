import type { SkipReason } from './schema'

/** In the order in which they are offered. */
export const SKIP_REASONS: Record<SkipReason, string> = {
  not_enough_information: 'Not enough information',
  not_my_language: 'Not my language',
  not_my_product: 'Not my product',
  sensitive: 'Sensitive content',
  duplicate: 'Duplicate of another case',
  other: 'Another reason',
}
