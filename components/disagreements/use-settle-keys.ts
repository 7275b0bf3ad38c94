import type { RefObject } from 'react'
import { usePageKeys } from '@/components/ui/use-page-keys'
import { type SettleIntent, settleIntentOf } from '@/lib/reviews/disagreements/keys/rules'

export function useSettleKeys(
  categoryIds: RefObject<readonly string[]>,
  singleKeys: boolean,
  onIntent: (intent: SettleIntent) => void,
): void {
  usePageKeys((pressed) => {
    const intent = settleIntentOf(pressed, categoryIds.current, singleKeys)
    if (intent) onIntent(intent)
    return intent !== null
  })
}
