import { useEffect } from 'react'
import { intentOf } from '@/lib/reviews/keys/rules'
import type { Intent, Step } from '@/lib/reviews/keys/schema'

const FIELDS = 'textarea, select, input:not([type=checkbox]):not([type=radio]), [contenteditable]'
const CONTROLS = 'button, a[href], summary, input, [role=button], [tabindex="0"]'
const CAPTURE = { capture: true }
const OVERLAYS = '[role=dialog], [role=menu], [role=listbox]'

/** Something lies over the page: it holds the focus, or keeps the page from scrolling. */
const isBehind = (target: Element | null): boolean =>
  target?.closest(OVERLAYS) != null || document.body.hasAttribute('data-scroll-locked')

type Keys = {
  /** What is in view at the very moment of the key. */
  look: () => { step: Step; categoryIds: readonly string[]; dialog: boolean }
  singleKeys: boolean
  onIntent: (intent: Intent) => void
}

/**
 * Listens on the whole page, so that a key counts wherever the focus is; and before anything else, so
 * that a key which closes a dialog or a field is not heard again as an answer.
 */
export function useKeys({ look, singleKeys, onIntent }: Keys) {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.isComposing) return
      const target = event.target instanceof Element ? event.target : null
      const { step, categoryIds, dialog } = look()
      const { key, ctrlKey, metaKey, altKey, repeat } = event
      const intent = intentOf(
        {
          ...{ key, ctrlKey, metaKey, altKey, repeat },
          typing: target?.closest(FIELDS) != null,
          onControl: target?.closest(CONTROLS) != null,
          dialog: dialog || isBehind(target),
        },
        step,
        { categoryIds },
        singleKeys,
      )
      if (!intent) return
      event.preventDefault()
      onIntent(intent)
    }
    document.addEventListener('keydown', onKeyDown, CAPTURE)
    return () => document.removeEventListener('keydown', onKeyDown, CAPTURE)
  }, [look, singleKeys, onIntent])
}
