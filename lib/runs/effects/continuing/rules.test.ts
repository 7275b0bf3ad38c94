import { expect, test } from 'vitest'
import { countKept, findObstacle, mustBeginAnew } from './rules'

const stopped = { status: 'stopped', current: true, standIn: true, baseStatus: 'done' } as const

test.each([
  ['stopped', stopped, null],
  ['failed', { ...stopped, status: 'failed' }, null],
  ['its base is still at work', { ...stopped, baseStatus: 'running' }, null],
  ['under way', { ...stopped, status: 'stopping' }, 'under way'],
  ['done', { ...stopped, status: 'done' }, 'nothing is left'],
  ['of an older state', { ...stopped, current: false }, 'has changed since'],
  ['of another kind of model', { ...stopped, standIn: false }, 'another kind of model'],
  ['its base failed', { ...stopped, baseStatus: 'failed' }, 'did not get done'],
] as const)('%s', (_, study, why) => {
  const obstacle = findObstacle(study, true)
  if (why === null) expect(obstacle).toBeNull()
  else expect(obstacle).toContain(why)
})

test('answers are kept, but for those of a run in which some failed and that did not get done', () => {
  expect(countKept(null)).toBe(0)
  expect(countKept({ status: 'stopped', done: 7, failed: 0 })).toBe(7)
  expect(countKept({ status: 'failed', done: 7, failed: 2 })).toBe(0)
  expect(countKept({ status: 'done', done: 7, failed: 2 })).toBe(9)
  expect(mustBeginAnew({ status: 'done', failed: 2 })).toBe(false)
})
