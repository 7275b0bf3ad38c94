import { expect, test } from 'vitest'
import {
  findRule,
  readModels,
  readRule,
  readTemperatures,
  toggle,
  typeRule,
  withOwn,
  writeRule,
} from './rules'

test('models and temperatures as they are typed', () => {
  expect(readModels(' a.b-v1:0, c\n d,a.b-v1:0 ')).toEqual(['a.b-v1:0', 'c', 'd'])
  expect(readTemperatures('0, 0.5 1')).toEqual([0, 0.5, 1])
  expect(readTemperatures('')).toEqual([])
  expect(readTemperatures('0, warm')).toBeNull()
  expect(readTemperatures('1.5')).toBeNull()
})

test('with nothing else chosen a factor is as the version says', () => {
  expect(withOwn(false, [])).toEqual([null])
  expect(withOwn(false, [0.5])).toEqual([0.5])
  expect(withOwn(true, [0.5])).toEqual([null, 0.5])
  expect(toggle([null, 2], 5, true)).toEqual([null, 2, 5])
  expect(toggle([null, 2], null, false)).toEqual([2])
})

test.each([
  ['most_accurate', '', { kind: 'most_accurate' }],
  ['cheapest_within', '2', { kind: 'cheapest_within', points: 2 }],
  ['cheapest_above', '92.5', { kind: 'cheapest_above', accuracy: 0.925 }],
  ['most_accurate_below', '1.5', { kind: 'most_accurate_below', cost: 1_500_000 }],
] as const)('the rule %s with "%s"', (kind, typed, rule) => {
  expect(readRule(kind, typed)).toEqual(rule)
  expect(typeRule(rule)).toBe(typed)
  expect(findRule(writeRule(rule))).toEqual(rule)
})

test('a rule without its number is none yet', () => {
  expect(findRule('cheapest_above')).toBeNull()
  expect(findRule('dearest.1')).toBeNull()
  expect(readRule('cheapest_within', '')).toBeNull()
  expect(readRule('cheapest_above', '120')).toBeNull()
})
