'use client'
import { useEffect, useEffectEvent } from 'react'
import { type Place, turnOf } from '@/lib/versions/drafts/keys/rules'

/**
 * Undo and redo by key, wherever `placeOf` says: texts too, whose own history in the browser ends as soon
 * as something else changes them.
 */
export function useUndoKeys(
  undo: () => void,
  redo: () => void,
  placeOf: (target: EventTarget | null) => Place = placeInDraft,
): void {
  const turn = useEffectEvent((event: Event, way: 'undo' | 'redo') => {
    event.preventDefault()
    if (way === 'undo') undo()
    else redo()
  })
  const placeFor = useEffectEvent(placeOf)
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const way = event.defaultPrevented ? null : turnOf(event, placeFor(event.target))
      if (way) turn(event, way)
    }
    /** From a menu of the browser, or by shaking a phone. */
    function onInput(event: InputEvent) {
      const way = BY_MENU[event.inputType]
      if (way && placeFor(event.target) === 'draft') turn(event, way)
    }
    addEventListener('keydown', onKey)
    addEventListener('beforeinput', onInput)
    return () => {
      removeEventListener('keydown', onKey)
      removeEventListener('beforeinput', onInput)
    }
  }, [])
}

const BY_MENU: Record<string, 'undo' | 'redo' | undefined> = {
  historyUndo: 'undo',
  historyRedo: 'redo',
}

const NO_TEXT = new Set(['checkbox', 'radio', 'button', 'submit'])

/** Whatever is a part of the draft says so by `data-part`. Behind an open dialog nothing is undone unseen. */
function placeInDraft(target: EventTarget | null): Place {
  if (document.querySelector('[role=dialog]')) return 'field'
  if (!(target instanceof HTMLElement) || !isTextField(target)) return 'page'
  return target.closest('[data-part]') ? 'draft' : 'field'
}

function isTextField(target: HTMLElement): boolean {
  if (target instanceof HTMLTextAreaElement) return true
  if (target instanceof HTMLInputElement) return !NO_TEXT.has(target.type)
  return target.isContentEditable
}
