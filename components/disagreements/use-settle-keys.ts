import { type RefObject, useEffect } from 'react'
import { type SettleIntent, settleIntentOf } from '@/lib/reviews/disagreements/keys/rules'

const FIELDS = 'textarea, select, input:not([type=checkbox]):not([type=radio]), [contenteditable]'
const OVERLAYS = '[role=dialog], [role=menu], [role=listbox]'

/** Listens on the whole page: a key counts wherever the focus is. */
export function useSettleKeys(
  categoryIds: RefObject<readonly string[]>,
  singleKeys: boolean,
  onIntent: (intent: SettleIntent) => void,
): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.isComposing) return
      const { key, ctrlKey, metaKey, altKey, repeat, target } = event
      const typing = target instanceof Element && target.closest(FIELDS) !== null
      const dialog = document.querySelector(OVERLAYS) !== null
      const pressed = { key, ctrlKey, metaKey, altKey, repeat, typing, dialog }
      const intent = settleIntentOf(pressed, categoryIds.current, singleKeys)
      if (!intent) return
      event.preventDefault()
      onIntent(intent)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [categoryIds, singleKeys, onIntent])
}
