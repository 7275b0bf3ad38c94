import { describe, expect, it } from 'vitest'
import { findBeside, findNextOf, settleIntentOf } from './rules'

const press = (key: string, changes: Partial<Parameters<typeof settleIntentOf>[0]> = {}) => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false, repeat: false },
  ...{ typing: false, dialog: false, ...changes },
})
const IDS = ['billing', 'defect']

describe('settleIntentOf', () => {
  it.each([
    ['1', { means: 'label', labelId: 'billing' }],
    ['2', { means: 'label', labelId: 'defect' }],
    ['3', null],
    ['j', { means: 'next' }],
    ['K', { means: 'previous' }],
    ['/', { means: 'search' }],
    ['?', { means: 'keys' }],
    ['a', null],
  ] as const)('%s', (key, intent) => expect(settleIntentOf(press(key), IDS, true)).toEqual(intent))

  it.each(['typing', 'dialog', 'ctrlKey', 'metaKey', 'altKey', 'repeat'])('nothing: %s', (what) => {
    expect(settleIntentOf(press('1', { [what]: true }), IDS, true)).toBeNull()
  })

  it('nothing with single keys switched off', () => {
    expect(settleIntentOf(press('1'), IDS, false)).toBeNull()
  })
})

it('goes along a list, and from outside of it to its start', () => {
  expect(findBeside(['a', 'b'], 'a', 1)).toBe('b')
  expect(findBeside(['a', 'b'], 'a', -1)).toBeNull()
  expect(findBeside(['a', 'b'], 'gone', -1)).toBe('a')
  expect(findBeside([], null, 1)).toBeNull()
})

it('goes on after what leaves the list, at its end back', () => {
  expect(findNextOf(['a', 'b', 'c'], 'b')).toBe('c')
  expect(findNextOf(['a', 'b', 'c'], 'c')).toBe('b')
  expect(findNextOf(['a'], 'a')).toBeNull()
})
