import { expect, it } from 'vitest'
import { afterSkip, type SkipFacts } from './rules'

const facts: SkipFacts = {
  purpose: 'ordinary',
  byEngineer: false,
  skippedBefore: false,
  engineerLeft: true,
  isLabelled: false,
}

it.each([
  ['returned', 'nobody has passed on it before', {}],
  ['returned', 'a prompt engineer is the first to pass on it', { byEngineer: true }],
  ['escalated', 'another person has passed on it before', { skippedBefore: true }],
  ['escalated', 'it is a second opinion', { skippedBefore: true, purpose: 'second_opinion' }],
  ['disputed', 'a prompt engineer passes on it too', { skippedBefore: true, byEngineer: true }],
  ['disputed', 'no prompt engineer is left', { skippedBefore: true, engineerLeft: false }],
  ['withdrawn', 'it is a check case', { purpose: 'check_case', skippedBefore: true }],
  ['withdrawn', 'it is a repeat', { purpose: 'repeat' }],
  ['withdrawn', 'the case has its label', { isLabelled: true }],
] as const)('a case that is passed on is %s where %s', (after, _, changes) => {
  expect(afterSkip({ ...facts, ...changes })).toBe(after)
})
