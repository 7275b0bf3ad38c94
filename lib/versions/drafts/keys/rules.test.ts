import { expect, test } from 'vitest'
import { turnOf, type UndoKey } from './rules'

const press = (key: string, changes: Partial<UndoKey> = {}): UndoKey => ({
  ...{ key, code: `Key${key.toUpperCase()}`, ctrlKey: true, metaKey: false, shiftKey: false },
  ...{ altKey: false, isComposing: false, ...changes },
})

test.each([
  ['z', {}, 'undo'],
  ['Z', { shiftKey: true }, 'redo'],
  ['y', {}, 'redo'],
  ['z', { ctrlKey: false, metaKey: true }, 'undo'],
  // Cmd Y is the browser's history.
  ['y', { ctrlKey: false, metaKey: true }, null],
  ['я', { code: 'KeyZ' }, 'undo'],
  // On a German keyboard the letter counts, not its place.
  ['z', { code: 'KeyY' }, 'undo'],
  ['z', { ctrlKey: false }, null],
  ['z', { altKey: true }, null],
  ['z', { isComposing: true }, null],
  ['a', {}, null],
] as const)('%s with %j: %s', (key, changes, turn) => {
  expect(turnOf(press(key, changes), 'draft')).toBe(turn)
  expect(turnOf(press(key, changes), 'page')).toBe(turn)
  expect(turnOf(press(key, changes), 'field')).toBeNull()
})
