import { expect, test } from 'vitest'
import type { PromptExample } from '@/lib/versions/rendering/schema'
import { compareExamples } from './rules'

let made = 0

/** As a draft copies them: the same words under a new id. */
const example = (text: string, change: Partial<PromptExample> = {}): PromptExample => ({
  id: `example ${made++}`,
  kind: 'good',
  caseText: text,
  labelKey: 'a',
  wrongLabelKey: null,
  explanation: `Because of ${text}.`,
  enabled: true,
  position: made,
  ...change,
})

const NOTHING = {
  added: 0,
  removed: 0,
  edited: 0,
  switchedOn: 0,
  switchedOff: 0,
  reordered: false,
}

test('a copy is the same, whatever its ids and the numbers of its places', () => {
  const copy = () => ['one', 'two', 'two', 'three'].map((text) => example(text))
  expect(compareExamples(copy(), copy())).toEqual(NOTHING)
})

test.each<[string, PromptExample[], PromptExample[], Partial<typeof NOTHING>]>([
  ['added', [example('one')], [example('one'), example('two')], { added: 1 }],
  ['removed', [example('one'), example('two')], [example('two')], { removed: 1 }],
  ['another label', [example('one')], [example('one', { labelKey: 'b' })], { edited: 1 }],
  ['another reason', [example('one')], [example('one', { explanation: 'No.' })], { edited: 1 }],
  [
    'a trimmed text',
    [example('one'), example('two')],
    [example('o…', { explanation: 'Because of one.' }), example('two')],
    { edited: 1 },
  ],
  [
    'another text and another reason',
    [example('one')],
    [example('uno', { explanation: 'New.' })],
    { added: 1, removed: 1 },
  ],
  [
    'switched',
    [example('one'), example('two', { enabled: false })],
    [example('one', { enabled: false }), example('two')],
    { switchedOff: 1, switchedOn: 1 },
  ],
  [
    'moved',
    ['one', 'two'].map((t) => example(t)),
    ['two', 'one'].map((t) => example(t)),
    { reordered: true },
  ],
  [
    'only what is switched off',
    [example('one', { enabled: false }), example('two', { enabled: false })],
    [example('one', { enabled: false, explanation: 'New.' })],
    {},
  ],
])('%s', (_what, before, after, changes) => {
  expect(compareExamples(before, after)).toEqual({ ...NOTHING, ...changes })
})
