import { usePageKeys } from '@/components/ui/use-page-keys'
import { intentOf } from '@/lib/reviews/keys/rules'
import type { Intent, Step } from '@/lib/reviews/keys/schema'

type Keys = {
  /** What is in view at the very moment of the key. */
  look: () => { step: Step; categoryIds: readonly string[]; dialog: boolean }
  singleKeys: boolean
  onIntent: (intent: Intent) => void
}

export function useKeys({ look, singleKeys, onIntent }: Keys) {
  usePageKeys((pressed) => {
    const { step, categoryIds, dialog } = look()
    const key = { ...pressed, dialog: dialog || pressed.dialog }
    const intent = intentOf(key, step, { categoryIds }, singleKeys)
    if (intent) onIntent(intent)
    return intent !== null
  })
}
