import type { Key } from '@/lib/reviews/keys/schema'

export type TriageIntent = 'next' | 'previous' | 'promote' | 'dismiss' | 'later' | 'undo' | 'keys'

/** Going along the list; these also while they are held down. */
const MOVES: Record<string, TriageIntent> = { j: 'next', k: 'previous' }
const DECISIONS: Record<string, TriageIntent> = {
  p: 'promote',
  x: 'dismiss',
  l: 'later',
  u: 'undo',
}

/**
 * What a key means on the page of corrections, or null. As on the review page: nothing while typing, in a
 * dialog, with a modifier, nor with single keys switched off. Who may not edit goes along the list only.
 */
export function triageIntentOf(
  { key, typing, dialog, ctrlKey, metaKey, altKey, repeat }: Omit<Key, 'onControl'>,
  { mayEdit, singleKeys }: { mayEdit: boolean; singleKeys: boolean },
): TriageIntent | null {
  if (!singleKeys || typing || dialog || ctrlKey || metaKey || altKey) return null
  const letter = key.toLowerCase()
  const move = MOVES[letter]
  if (move || repeat) return move ?? null
  if (letter === '?') return 'keys'
  return mayEdit ? (DECISIONS[letter] ?? null) : null
}
