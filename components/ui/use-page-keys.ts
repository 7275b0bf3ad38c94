import { useEffect, useEffectEvent } from 'react'

/** A key as it was pressed, and where. */
export type PressedKey = {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  repeat: boolean
  /** Into a field: it is a letter there. */
  typing: boolean
  /** Enter and the space bar belong to what has the focus. */
  onControl: boolean
  /** Something lies over the page. */
  dialog: boolean
}

const FIELDS = 'textarea, select, input:not([type=checkbox]):not([type=radio]), [contenteditable]'
const CONTROLS = 'button, a[href], summary, input, [role=button], [tabindex="0"]'
const OVERLAYS = '[role=dialog], [role=menu], [role=listbox]'
const CAPTURE = { capture: true }

/** Something lies over the page: it holds the focus, or keeps the page from scrolling. */
const isBehind = (target: Element | null): boolean =>
  target?.closest(OVERLAYS) != null || document.body.hasAttribute('data-scroll-locked')

/**
 * Listens on the whole page, so that a key counts wherever the focus is; and before anything else, so
 * that a key which closes a dialog or a field is not heard again. `onKey` says whether the key was its own.
 */
export function usePageKeys(onKey: (pressed: PressedKey) => boolean): void {
  const hear = useEffectEvent(onKey)
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.isComposing) return
      const target = event.target instanceof Element ? event.target : null
      const { key, ctrlKey, metaKey, altKey, repeat } = event
      const isOwn = hear({
        ...{ key, ctrlKey, metaKey, altKey, repeat },
        typing: target?.closest(FIELDS) != null,
        onControl: target?.closest(CONTROLS) != null,
        dialog: isBehind(target),
      })
      if (isOwn) event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown, CAPTURE)
    return () => document.removeEventListener('keydown', onKeyDown, CAPTURE)
  }, [])
}
