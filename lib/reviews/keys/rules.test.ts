import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IDLE, intentOf, takeStep } from './rules'
import type { Key, Outcome, Step, View } from './schema'

const CATEGORY_IDS = ['billing', 'defect', 'docs']
const SHOWN: View = { suggestion: { labelId: 'defect' }, categoryIds: CATEGORY_IDS }
const BLIND: View = { suggestion: null, categoryIds: CATEGORY_IDS }
const NO_LABEL: View = { suggestion: { labelId: null }, categoryIds: CATEGORY_IDS }

const key = (name: string, changes: Partial<Key> = {}): Key => ({
  key: name,
  ...{ ctrlKey: false, metaKey: false, altKey: false, repeat: false },
  ...{ typing: false, onControl: false, dialog: false },
  ...changes,
})

/** Presses keys one after the other; what the last one led to. */
function press(keys: string, view: View): Outcome {
  let outcome: Outcome = { step: IDLE }
  for (const name of keys.split(' ')) {
    const intent = intentOf(key(name), outcome.step, view)
    outcome = intent ? takeStep(outcome.step, intent, view) : { step: outcome.step }
  }
  return outcome
}
const said = (labelId: string | null, changes = {}) => ({
  step: IDLE,
  said: { labelId, closeCall: false, secondLabelId: null, wrongReason: false, ...changes },
})

describe('keys with a suggestion in view', () => {
  it.each([
    ['a', said('defect')],
    ['A', said('defect')],
    ['2', said('defect')],
    ['1', said('billing')],
    ['e', said('defect', { wrongReason: true })],
    ['d 1', said('billing')],
    ['d Enter', said(null)],
    ['c 2 Enter', said('defect', { closeCall: true })],
    ['c a Enter', said('defect', { closeCall: true })],
    ['c 1 2', said('billing', { closeCall: true, secondLabelId: 'defect' })],
    ['c 1 a', said('billing', { closeCall: true, secondLabelId: 'defect' })],
    ['d Escape 1', said('billing')],
    ['d c 1 2', said('billing', { closeCall: true, secondLabelId: 'defect' })],
    ['d', { step: { at: 'thumbs_down' } }],
    ['d d', { step: IDLE }],
    ['c c', { step: IDLE }],
    ['c', { step: { at: 'close_call' } }],
    ['c Enter', { step: { at: 'close_call' } }],
    ['c 1', { step: { at: 'second_choice', labelId: 'billing' } }],
    ['c Escape', { step: IDLE }],
    ['9', { step: IDLE }],
    ['x', { step: IDLE }],
    ['Enter', { step: IDLE }],
    ['u', { step: IDLE, undo: true }],
    ['c u', { step: IDLE }],
    ['f', { step: IDLE, fold: true }],
    ['n', { step: IDLE, open: 'note' }],
    ['d n', { step: { at: 'thumbs_down' }, open: 'note' }],
    ['s', { step: IDLE, open: 'skip' }],
    ['g', { step: IDLE, open: 'definitions' }],
    ['c /', { step: { at: 'close_call' }, open: 'search' }],
    ['?', { step: IDLE, open: 'keys' }],
  ])('%s', (keys, outcome) => {
    expect(press(keys, SHOWN)).toEqual(outcome)
  })

  it.each([['d 2'], ['d a'], ['c 1 1']])('%s contradicts itself and says nothing', (keys) => {
    const outcome = press(keys, SHOWN)
    expect(outcome.said).toBeUndefined()
    expect(outcome.hint).toBeTruthy()
  })
})

describe('keys in a blind review', () => {
  it.each([
    ['1', said('billing')],
    ['c 1 Enter', said('billing', { closeCall: true })],
    ['c 1 3', said('billing', { closeCall: true, secondLabelId: 'docs' })],
  ])('%s', (keys, outcome) => {
    expect(press(keys, BLIND)).toEqual(outcome)
  })
  it.each(['a', 'd', 'e', 'c a', 'c 1 a', 'd Enter'])('%s says nothing', (keys) => {
    expect(press(keys, BLIND).said).toBeUndefined()
  })
})

it('has nothing to agree with where the model gave no valid label', () => {
  expect(press('a', NO_LABEL).said).toBeUndefined()
  expect(press('e', NO_LABEL).said).toBeUndefined()
  expect(press('d Enter', NO_LABEL)).toEqual(said(null))
  expect(press('2', NO_LABEL)).toEqual(said('defect'))
})

describe('intentOf', () => {
  const step: Step = { at: 'thumbs_down' }
  it.each(['typing', 'dialog', 'ctrlKey', 'metaKey', 'altKey', 'repeat'] as const)(
    'hears nothing while %s',
    (what) => {
      for (const name of ['a', '1', 'Enter', 'Escape', '/', '?']) {
        expect(intentOf(key(name, { [what]: true }), step, SHOWN)).toBeNull()
      }
    },
  )
  it('leaves Enter to a focused button', () => {
    expect(intentOf(key('Enter', { onControl: true }), step, SHOWN)).toBeNull()
    expect(intentOf(key('1', { onControl: true }), step, SHOWN)).not.toBeNull()
  })
  it('hears only Enter and Escape with single keys switched off', () => {
    for (const name of ['a', '1', 'd', '/', '?']) {
      expect(intentOf(key(name), step, SHOWN, false)).toBeNull()
    }
    expect(intentOf(key('Enter'), step, SHOWN, false)).toEqual({ means: 'enough' })
    expect(intentOf(key('Escape'), step, SHOWN, false)).toEqual({ means: 'cancel' })
  })
  it.each(['ArrowDown', 'ArrowUp', ' ', 'Tab', 'PageDown'])('leaves %s to the browser', (name) => {
    expect(intentOf(key(name), step, SHOWN)).toBeNull()
  })
})

it('never says what the server would refuse, whatever is pressed', () => {
  const names = ['a', 'd', 'c', 'e', 'u', 'n', '1', '2', '3', '9', 'Enter', 'Escape', 'f', '/']
  const views = fc.constantFrom(SHOWN, BLIND, NO_LABEL)
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...names), { minLength: 1 }), views, (keys, view) => {
      let step: Step = IDLE
      for (const name of keys) {
        const intent = intentOf(key(name), step, view)
        if (!intent) continue
        const outcome = takeStep(step, intent, view)
        step = outcome.step
        const answer = outcome.said
        if (!answer) continue
        expect(step).toEqual(IDLE)
        expect(answer.labelId !== null || (view.suggestion !== null && !answer.closeCall)).toBe(
          true,
        )
        expect(answer.secondLabelId === null || answer.closeCall).toBe(true)
        expect(answer.secondLabelId === null || answer.secondLabelId !== answer.labelId).toBe(true)
        expect(!answer.wrongReason || answer.labelId === view.suggestion?.labelId).toBe(true)
      }
    }),
  )
})
