import { expect, it } from 'vitest'
import { watchDrift } from './rules'

const answers = (text: string) => [...text].map((letter) => letter === '1')

it('alarms at the ninth answer of the series of METHODS §4', () => {
  const { sum, alarms } = watchDrift(answers('110100100'))
  expect(alarms).toEqual([8])
  expect(sum).toBeCloseTo(5.2706, 4)
  expect(watchDrift(answers('11010010')).alarms).toEqual([])
})

it('starts over after an alarm', () => {
  const { sum, alarms } = watchDrift(answers('1101001000'))
  expect(alarms).toEqual([8])
  expect(sum).toBeCloseTo(1.098612, 6)
})

it('adds what METHODS §4 says and never falls below nothing', () => {
  expect(watchDrift(answers('0')).sum).toBeCloseTo(1.098612, 6)
  expect(watchDrift(answers('01')).sum).toBeCloseTo(1.098612 - 0.111226, 5)
  expect(watchDrift(answers('111')).sum).toBe(0)
  expect(watchDrift([])).toEqual({ sum: 0, alarms: [] })
})

it('never alarms on someone who is always right', () => {
  expect(watchDrift(Array.from({ length: 10_000 }, () => true)).alarms).toEqual([])
})
