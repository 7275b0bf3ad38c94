import { expect, test } from 'vitest'
import { triageIntentOf } from './rules'

type Pressed = Parameters<typeof triageIntentOf>[0]
const press = (key: string, changes: Partial<Pressed> = {}): Pressed => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false, repeat: false },
  ...{ typing: false, dialog: false, ...changes },
})
const ALL = { mayEdit: true, singleKeys: true }

test.each([
  ['j', 'next'],
  ['K', 'previous'],
  ['p', 'promote'],
  ['x', 'dismiss'],
  ['l', 'later'],
  ['u', 'undo'],
  ['?', 'keys'],
  ['a', null],
  ['Enter', null],
])('%s means %s', (key, intent) => expect(triageIntentOf(press(key), ALL)).toBe(intent))

test.each(['typing', 'dialog', 'ctrlKey', 'metaKey', 'altKey'])('nothing: %s', (what) => {
  for (const key of ['p', 'j', '?']) {
    expect(triageIntentOf(press(key, { [what]: true }), ALL)).toBeNull()
  }
})

test('held down it goes along the list and decides nothing', () => {
  expect(triageIntentOf(press('j', { repeat: true }), ALL)).toBe('next')
  expect(triageIntentOf(press('l', { repeat: true }), ALL)).toBeNull()
})

test('nothing with single keys switched off; who only reads goes along the list', () => {
  expect(triageIntentOf(press('j'), { ...ALL, singleKeys: false })).toBeNull()
  const reading = { ...ALL, mayEdit: false }
  expect(['j', '?', 'p', 'u'].map((key) => triageIntentOf(press(key), reading))).toEqual([
    ...['next', 'keys', null, null],
  ])
})
