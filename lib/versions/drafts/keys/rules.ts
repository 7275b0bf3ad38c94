/** Where a key was pressed: in a text of the draft, in some other field, or elsewhere. */
export type Place = 'draft' | 'field' | 'page'

export type UndoKey = {
  key: string
  /** The place of the key on the keyboard: other scripts have other letters there. */
  code: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
  /** A character is being put together from several keys: the keys belong to that. */
  isComposing: boolean
}

/**
 * Ctrl or Cmd with Z undoes, with Shift or as Ctrl Y it does again. There is one history, wherever in the
 * draft the key is pressed, so that keys and buttons always agree; other fields keep the browser's own.
 */
export function turnOf(pressed: UndoKey, place: Place): 'undo' | 'redo' | null {
  const { ctrlKey, metaKey, shiftKey, altKey, isComposing } = pressed
  if (place === 'field' || isComposing || altKey || ctrlKey === metaKey) return null
  const letter = letterOf(pressed)
  if (letter === 'z') return shiftKey ? 'redo' : 'undo'
  return letter === 'y' && ctrlKey && !shiftKey ? 'redo' : null
}

function letterOf({ key, code }: UndoKey): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase()
  return /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : ''
}
