import { expect, test } from 'vitest'
import { canGoOn } from './rules'

const failed = {
  status: 'failed' as const,
  ...{ items: 10, done: 6, failed: 1, standing: false, experiment: null },
}

test('a run that failed can go on while something of it is left to ask', () => {
  expect(canGoOn(failed)).toBe(true)
  expect(canGoOn({ ...failed, done: 9 })).toBe(false)
})

test.each(['queued', 'running', 'paused', 'stopping', 'stopped', 'done'] as const)(
  'one that is %s can’t go on so',
  (status) => expect(canGoOn({ ...failed, status })).toBe(false),
)

test('one of an experiment goes on with that', () => {
  expect(canGoOn({ ...failed, experiment: 'some' })).toBe(false)
})
