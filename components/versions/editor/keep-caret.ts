import { type RefObject, useLayoutEffect, useRef } from 'react'

/**
 * Keeps the caret at its words when a text changes under it (someone else's save): the browser would put
 * it at the end. To be called by the field with its value; what it gives back notes what is typed here.
 */
export function useCaret(
  field: RefObject<HTMLTextAreaElement | null>,
  value: string,
): (typed: string) => void {
  const shown = useRef(value)
  const typed = useRef(value)
  const caret = useRef(0)
  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    const note = () => {
      caret.current = element.selectionStart
    }
    element.addEventListener('selectionchange', note)
    return () => element.removeEventListener('selectionchange', note)
  }, [field])
  useLayoutEffect(() => {
    const former = shown.current
    shown.current = value
    const element = field.current
    if (former === value || typed.current === value || document.activeElement !== element) return
    const place = moveCaret(former, value, caret.current)
    element?.setSelectionRange(place, place)
  }, [field, value])
  return (text) => {
    typed.current = text
  }
}

/** Where a caret of the former text stands in the new one: what comes before or after a change stays at its side. */
export function moveCaret(former: string, value: string, caret: number): number {
  let same = 0
  while (same < former.length && former[same] === value[same]) same++
  if (caret <= same) return caret
  return Math.max(same, caret + value.length - former.length)
}
