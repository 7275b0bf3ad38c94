import { useSyncExternalStore } from 'react'

const KEY = 'closecall:single-keys'
const listeners = new Set<() => void>()

function read(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off'
  } catch {
    // Without storage the choice holds for this page only.
    return choice
  }
}
let choice = true

function choose(on: boolean) {
  choice = on
  try {
    localStorage.setItem(KEY, on ? 'on' : 'off')
  } catch {
    // See above.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Whether single keys answer (WCAG 2.1.4), as this browser remembers it. */
export function useSingleKeys(): [on: boolean, choose: (on: boolean) => void] {
  return [useSyncExternalStore(subscribe, read, () => true), choose]
}
