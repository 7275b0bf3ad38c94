import { expect, test } from 'vitest'
import { applyRule, isKnown, withdrawRule } from './rules'

const home = { rules: 'In order.', description: 'Charges and credits.' }
const forRules = { target: 'rules', text: 'Look at the last answer.' } as const
const forDescription = { target: 'description', text: 'Not a defect.' } as const

test.each([
  [forRules, { ...home, rules: 'In order.\nLook at the last answer.' }],
  [forDescription, { ...home, description: 'Charges and credits. Not a defect.' }],
])('a rule joins its place once, and leaves it without a trace', (rule, after) => {
  expect(applyRule(home, rule)).toEqual(after)
  expect(applyRule(after, rule)).toEqual(after)
  expect(withdrawRule(after, rule)).toEqual(home)
})

test('what people changed since stays as it is', () => {
  const after = { rules: 'In order.\nLook at the very last answer.', description: 'Other words.' }
  expect(withdrawRule(after, forRules)).toEqual(after)
  expect(withdrawRule(after, forDescription)).toEqual(after)
  const between = { ...home, description: 'Charges. Not a defect. And credits.' }
  expect(withdrawRule(between, forDescription).description).toBe('Charges. And credits.')
})

test('the first rule of an empty place stands alone', () => {
  const empty = { rules: '', description: '' }
  expect(applyRule(empty, forRules).rules).toBe(forRules.text)
  expect(applyRule(empty, forDescription).description).toBe(forDescription.text)
})

test('what is there, or was proposed, is known whatever its capitals and stops', () => {
  const rule = { target: 'rules', text: 'Charges, and credits' } as const
  expect(isKnown(rule, { rules: '', description: 'CHARGES AND CREDITS.' }, [])).toBe(true)
  expect(isKnown(rule, { rules: '', description: '' }, ['charges and credits!'])).toBe(true)
  expect(isKnown(rule, { rules: '', description: '' }, ['Charges and credits and more'])).toBe(
    false,
  )
})
