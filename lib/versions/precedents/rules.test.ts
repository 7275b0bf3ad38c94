import { expect, it } from 'vitest'
import { addRule, hasRule, removeRule } from './rules'

const SENTENCE = 'A refund is billing, whoever asks for it.'

it.each(['', 'Choose one.', 'Choose one.\n'])(
  'adds a sentence as a line and takes it back: %j',
  (rules) => {
    const more = addRule(rules, SENTENCE)
    expect(more.split('\n').at(-1)).toBe(SENTENCE)
    expect(removeRule(more, SENTENCE)).toBe(rules.trimEnd())
  },
)

it('takes back that line only, even after others', () => {
  const more = addRule(addRule('First.', SENTENCE), 'Another.')
  expect(removeRule(more, SENTENCE)).toBe('First.\nAnother.')
  expect(removeRule('First.', SENTENCE)).toBe('First.')
})

it('knows a sentence that is there already', () => {
  expect(hasRule(addRule('', SENTENCE), SENTENCE)).toBe(true)
  expect(hasRule('Note: a refund is BILLING – whoever asks for it', SENTENCE)).toBe(true)
  expect(hasRule('A refund is billing.', SENTENCE)).toBe(false)
  expect(hasRule('reinvoices', 'invoice')).toBe(false)
  expect(hasRule('Anything', '!')).toBe(false)
})
