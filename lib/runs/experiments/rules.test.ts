import { expect, test } from 'vitest'
import { countMissing, countRuns, findTooMuch, nameCell, pickRuns, statusOfCell } from './rules'

const runs = (...statuses: ('done' | 'failed' | 'stopped' | 'queued' | 'running' | 'paused')[]) =>
  statuses.map((status, at) => ({ id: String(at), status, message: null, done: 0, items: 1 }))

test('what failed or was stopped is made again, what is done or at work is not', () => {
  expect(countMissing(runs('done'), 1)).toBe(0)
  expect(countMissing(runs('running', 'queued'), 2)).toBe(0)
  expect(countMissing(runs('failed'), 1)).toBe(1)
  expect(countMissing(runs('failed', 'done', 'stopped'), 3)).toBe(2)
  expect(countMissing(runs('failed', 'failed', 'done'), 1)).toBe(0)
})

test('a cell shows what counts, and in the place of what is missing what came to nothing last', () => {
  const ids = (some: { id: string }[]) => some.map(({ id }) => id)
  expect(ids(pickRuns(runs('failed', 'done'), 1))).toEqual(['1'])
  expect(ids(pickRuns(runs('failed', 'stopped'), 1))).toEqual(['1'])
  expect(ids(pickRuns(runs('done', 'failed', 'stopped'), 2))).toEqual(['0', '2'])
  expect(ids(pickRuns(runs('stopped', 'queued', 'done'), 2))).toEqual(['1', '2'])
})

test('a cell is at what the least far of its runs is at', () => {
  expect(statusOfCell(runs('done', 'running', 'queued'))).toBe('running')
  expect(statusOfCell(runs('done', 'failed'))).toBe('failed')
  expect(statusOfCell(runs('done', 'done'))).toBe('done')
  expect(countRuns(runs('done', 'failed', 'queued', 'paused'))).toEqual({
    ...{ working: 1, paused: 1, done: 1, ended: 1 },
  })
})

test('too much is said before it is begun', () => {
  const asked = { cells: 8, repeats: 1, cases: 150 }
  expect(findTooMuch(asked)).toBeNull()
  expect(findTooMuch({ ...asked, cells: 64 })).toBeNull()
  expect(findTooMuch({ ...asked, cells: 65 })).toContain('65 set-ups')
  expect(findTooMuch({ ...asked, cells: 0 })).toContain('Nothing is left')
  expect(findTooMuch({ ...asked, repeats: 5, cases: 5_000 })).toContain('200,000 answers')
})

test('a cell is named by its version and departures', () => {
  const version = { id: 'v', number: 3, note: 'shorter' }
  expect(nameCell({ version, departures: {} })).toBe('v3 as it is')
  expect(nameCell({ version, departures: { packSize: 5 } })).toBe('v3, packs of 5')
  const draft = { ...version, number: null }
  expect(nameCell({ version: draft, departures: { packSize: 1 } })).toBe(
    'draft (shorter), one by one',
  )
})
