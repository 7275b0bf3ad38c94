import { expect, it } from 'vitest'
import { retryDelay } from './sending'

it('waits twice as long after every failure, from one second to half a minute', () => {
  const seconds = [1, 2, 3, 4, 5, 6, 7, 99].map((failures) => retryDelay(failures) / 1000)
  expect(seconds).toEqual([1, 2, 4, 8, 16, 30, 30, 30])
})
