'use client'
import { useEffect } from 'react'

/**
 * Ctrl or Cmd with Z takes back one's last change of the draft, with Shift does it again. Inside a
 * text field the keys stay the browser's: it takes back letter by letter there, and what it takes back
 * is a change of the draft like any typing. Behind an open dialog nothing is undone unseen.
 */
export function useUndoKeys(undo: () => void, redo: () => void): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const isUndoKey = (event.ctrlKey || event.metaKey) && !event.altKey
      const key = event.key.toLowerCase()
      if (!isUndoKey || (key !== 'z' && key !== 'y') || event.defaultPrevented) return
      if (isTextField(event.target) || document.querySelector('[role=dialog]')) return
      event.preventDefault()
      if (key === 'y' || event.shiftKey) redo()
      else undo()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [undo, redo])
}

const NO_TEXT = new Set(['checkbox', 'radio', 'button', 'submit'])

function isTextField(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true
  if (target instanceof HTMLInputElement) return !NO_TEXT.has(target.type)
  return target instanceof HTMLElement && target.isContentEditable
}
