import { expect, test } from 'vitest'
import { chooseWait, sayGivenUp, sayNextTry } from './rules'

test('the waits grow to half a minute and no further', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 5_000].map(chooseWait)).toEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
  ])
})

test('why a run paused says what was kept and what to do', () => {
  const message = sayGivenUp('unreachable', 600_000, 'ECONNREFUSED: connect')
  expect(message).toContain('could not be reached for 10 minutes (ECONNREFUSED: connect)')
  expect(message).toContain('go on')
  const busy = sayGivenUp('busy', 60_000, 'ThrottlingException: slower')
  expect(busy).toContain(
    'busy and turned every call away for a minute (ThrottlingException: slower)',
  )
  expect(busy).toContain('go on')
})

test('the time until the next try never reads as past', () => {
  expect(sayNextTry(12_000, 0)).toBe('trying again in 12 seconds')
  expect(sayNextTry(12_000, 11_200)).toBe('trying again in 1 second')
  expect(sayNextTry(12_000, 15_000)).toBe('trying again now')
})
