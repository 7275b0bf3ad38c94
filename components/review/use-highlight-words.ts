import { useDeferredValue, useMemo, useState, useSyncExternalStore } from 'react'
import { splitWords } from '@/components/ui/conversation-words'

/** What someone looks for in every case of a project, kept in this browser until it is cleared. */
export function useHighlightWords(project: string) {
  const [kept] = useState(() => keepText(`closecall:highlight:${project}`))
  const typed = useSyncExternalStore(kept.subscribe, kept.read, () => '')
  const settled = useDeferredValue(typed)
  const words = useMemo(() => splitWords(settled), [settled])
  return { typed, words, type: kept.write }
}

export type HighlightWords = ReturnType<typeof useHighlightWords>

function keepText(key: string) {
  const listeners = new Set<() => void>()
  let text: string | null = null
  return {
    read(): string {
      try {
        text ??= localStorage.getItem(key) ?? ''
      } catch {
        // Without storage the words hold for this page only.
        text ??= ''
      }
      return text
    },
    write(next: string) {
      text = next
      try {
        if (next) localStorage.setItem(key, next)
        else localStorage.removeItem(key)
      } catch {
        // See above.
      }
      for (const listener of listeners) listener()
    },
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
