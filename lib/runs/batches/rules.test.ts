import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  BATCH_WORDS,
  chooseWait,
  findBatchObstacle,
  goesOnByItself,
  hasEnded,
  nameRecord,
  readRecordName,
  readStatus,
  splitRecords,
} from './rules'

test('records are split into as few jobs as may be, all of nearly one size', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500_000 }),
      fc.integer({ min: 1, max: 50_000 }),
      (n, most) => {
        fc.pre(n / most < 1_000)
        const parts = splitRecords(n, most)
        const sizes = parts.map(({ records }) => records)
        expect(parts).toHaveLength(Math.ceil(n / most))
        expect(sizes.reduce((a, b) => a + b)).toBe(n)
        expect(Math.max(...sizes)).toBeLessThanOrEqual(most)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
        for (const [i, { first, records }] of parts.entries()) {
          expect(parts[i + 1]?.first ?? n).toBe(first + records)
        }
      },
    ),
  )
  expect(splitRecords(50_050, 50_000).map(({ records }) => records)).toEqual([25_025, 25_025])
})

test('a record is found again by its name, and no other name is one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), (number) => {
      expect(nameRecord(number)).toMatch(/^[A-Z0-9]{11}$/)
      expect(readRecordName(nameRecord(number))).toBe(number)
    }),
  )
  for (const name of [
    '',
    'R1',
    'CALL0000001',
    'R00000000001',
    ' R0000000001',
    7,
    null,
    undefined,
  ]) {
    expect(readRecordName(name)).toBeNull()
  }
})

test('a job is looked at ever more seldom, at least once a minute', () => {
  expect(chooseWait(0, false)).toBe(2_000)
  expect(chooseWait(60_000, false)).toBe(6_000)
  expect(chooseWait(3_600_000, false)).toBe(60_000)
  expect(chooseWait(0, true)).toBe(200)
})

test('each of Bedrock’s ten statuses is known and has words', () => {
  const said = [
    ...['Submitted', 'Validating', 'Scheduled', 'InProgress', 'Stopping'],
    ...['Completed', 'PartiallyCompleted', 'Failed', 'Stopped', 'Expired'],
  ]
  const statuses = said.map((one) => readStatus(one))
  expect(new Set(statuses).size).toBe(10)
  for (const [i, status] of statuses.entries()) {
    expect(status && hasEnded(status)).toBe(i >= 5)
    expect(status && BATCH_WORDS[status].meaning).toBeTruthy()
  }
  expect(readStatus('Dreaming')).toBeNull()
})

describe('the rest is asked on demand by itself', () => {
  const completed = [{ status: 'completed' }] as const
  test('where the jobs ran to their end and left little', () => {
    expect(goesOnByItself(completed, { left: 10, cases: 100 })).toBe(true)
    expect(goesOnByItself(completed, { left: 0, cases: 100 })).toBe(true)
  })
  test('but not where much is left, or a job did not', () => {
    expect(goesOnByItself(completed, { left: 11, cases: 100 })).toBe(false)
    const jobs = [...completed, { status: 'expired' }] as const
    expect(goesOnByItself(jobs, { left: 1, cases: 100 })).toBe(false)
    expect(goesOnByItself(jobs, { left: 0, cases: 100 })).toBe(true)
  })
})

test('batch jobs want a bucket and a role', () => {
  expect(findBatchObstacle('closecall.lexical-v1', true)).toBeNull()
  expect(findBatchObstacle('closecall.lexical-v1', false)).toContain('CLOSECALL_BATCH_ROLE')
})
