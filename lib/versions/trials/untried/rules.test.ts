import { expect, test } from 'vitest'
import type { TrialRun, TrialView } from '../schema'
import { describeUntried, listToTry } from './rules'

const run = (status: TrialRun['status'], current = true): TrialRun => ({
  ...{ id: 'run', status, current, standIn: true, done: 10, items: 10, caseLimit: 150 },
  ...{ costPerThousand: 0, priced: null, tokensPerThousand: 0, latency: null, finishedAt: null },
  startedAt: '2026-11-01T00:00:00.000Z',
})

const trial = (draftRun: TrialRun | null, devCases = 200): TrialView => ({
  version: { id: 'draft', number: null },
  parent: { id: 'parent', number: 2 },
  ...{ targetAccuracy: 0.9, devCases, labelledDevCases: devCases, tried: 0 },
  ...{ draftRun, parentRun: run('done'), repeatRun: null },
  ...{ draftFlips: null, parentFlips: null, alone: null, result: null },
})

test('a draft that was tried as it is has nothing to be told', () => {
  expect(describeUntried(trial(run('done')), 0)).toBeNull()
})

test('changes since the last trial are counted, and the same cases are offered', () => {
  expect(describeUntried(trial(run('done', false)), 3)).toMatchObject({
    title: 'The draft changed after its last trial on dev: 3 changes are untried',
    offer: 'again',
  })
  // Typed, and not saved yet: the server still takes the trial for the newest.
  expect(describeUntried(trial(run('done')), 1)?.title).toMatch(/: 1 change is untried$/)
})

test('one that was never tried, or whose trial came to no end, is offered its first', () => {
  expect(describeUntried(trial(null), 0)).toMatchObject({ offer: 'first' })
  expect(describeUntried(trial(run('failed')), 0)?.title).toMatch(/came to no end/)
  expect(describeUntried(trial(run('running')), 0)?.title).toMatch(/still at work/)
})

test('without cases in dev no trial is offered', () => {
  expect(describeUntried(trial(null, 0), 0)).toMatchObject({ offer: null })
})

test('the parent is labelled too where it was not tried', () => {
  expect(listToTry(trial(run('done', false)))).toEqual(['draft'])
  expect(listToTry({ ...trial(run('done')), parentRun: null })).toEqual(['draft', 'parent'])
})
