import type { Key } from '../../keys/schema'

export type SettleIntent =
  | { readonly means: 'label'; readonly labelId: string }
  | { readonly means: 'search' | 'next' | 'previous' | 'keys' }

const LETTERS: Record<string, SettleIntent> = {
  j: { means: 'next' },
  k: { means: 'previous' },
  '/': { means: 'search' },
  '?': { means: 'keys' },
}

/**
 * What a key means while a disagreement is in view, or null. As on the review page: nothing while typing,
 * in a dialog, with a modifier, while held down, nor with single keys switched off. `categoryIds` in the
 * order of the number keys, none where this person may not settle.
 */
export function settleIntentOf(
  key: Omit<Key, 'onControl'>,
  categoryIds: readonly string[],
  singleKeys: boolean,
): SettleIntent | null {
  const { typing, dialog, ctrlKey, metaKey, altKey, repeat } = key
  if (!singleKeys || typing || dialog || ctrlKey || metaKey || altKey || repeat) return null
  if (/^[1-9]$/.test(key.key)) {
    const labelId = categoryIds[Number(key.key) - 1]
    return labelId === undefined ? null : { means: 'label', labelId }
  }
  return LETTERS[key.key.toLowerCase()] ?? null
}

/** The case before or after one in a list; the first where it is not in it, null past the ends. */
export function findBeside(ids: readonly string[], id: string | null, by: 1 | -1): string | null {
  const at = id === null ? -1 : ids.indexOf(id)
  return (at === -1 ? ids[0] : ids[at + by]) ?? null
}

/** Where to go when a case leaves the list: the one after it, or else before it. */
export const findNextOf = (ids: readonly string[], id: string): string | null =>
  findBeside(ids, id, 1) ?? (ids.indexOf(id) > 0 ? findBeside(ids, id, -1) : null)
