import { expect, test } from 'vitest'
import { mayReadRuns, mayRun } from './policy'

const PEOPLE = [
  { role: 'reviewer', isAdmin: false, runs: false, reads: false },
  { role: 'prompt_engineer', isAdmin: false, runs: true, reads: true },
  { role: 'manager', isAdmin: false, runs: false, reads: true },
  { role: 'manager', isAdmin: true, runs: true, reads: true },
] as const

test.each(PEOPLE)('$role, admin $isAdmin', ({ runs, reads, ...member }) => {
  expect(mayRun(member)).toBe(runs)
  expect(mayReadRuns(member)).toBe(reads)
})
