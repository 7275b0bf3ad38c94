import { expect, it } from 'vitest'
import { mayExportTest, mayReadTrainingData } from './policy'

it.each([
  ['reviewer' as const, false, false, false],
  ['prompt_engineer' as const, false, true, false],
  ['manager' as const, false, true, true],
  ['prompt_engineer' as const, true, true, true],
])('%s (admin: %s) may download: %s, with test rows: %s', (role, isAdmin, reads, withTest) => {
  expect(mayReadTrainingData({ role, isAdmin })).toBe(reads)
  expect(mayExportTest({ role, isAdmin })).toBe(withTest)
})
