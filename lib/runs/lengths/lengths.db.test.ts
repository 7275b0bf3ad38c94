import { beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import {
  createCase,
  createMember,
  createProject,
  type TestProject,
} from '@/lib/platform/testing/fixtures'
import { createVersion } from '../testing/fixtures'
import { measureLengths } from './data'

let project: TestProject
let engineer: Member
let versionId: string

beforeEach(async () => {
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer')
  versionId = await createVersion(project)
})

test('every case stands in one bin, and fewer fit the larger the packs', async () => {
  for (const [at, words] of [4, 60, 900, 5_000].entries()) {
    await createCase(project, { pool: 'dev', text: 'some '.repeat(words), rank: at / 10 })
  }
  const lengths = await measureLengths(engineer, { versionId, pool: 'dev', limit: null })
  expect(lengths.cases).toBe(4)
  expect(lengths.bins.reduce((sum, { cases }) => sum + cases, 0)).toBe(4)
  expect(lengths.bins.at(-1)).toEqual({ upTo: null, cases: 1 })
  expect(lengths.longest).toBeGreaterThan(5_000)
  const fits = lengths.packs.map((pack) => pack.fits)
  expect(fits).toEqual([...fits].sort((a, b) => b - a))
  expect(fits[0]).toBe(4)
  expect(fits.at(-1)).toBeLessThan(4)
})

test('only the first by rank where only these would run, and never of test', async () => {
  for (const rank of [0.1, 0.2, 0.3]) await createCase(project, { pool: 'dev', rank })
  const first = await measureLengths(engineer, { versionId, pool: 'dev', limit: 2 })
  expect(first.cases).toBe(2)
  const none = await measureLengths(engineer, { versionId, pool: 'example', limit: null })
  expect(none).toMatchObject({ cases: 0, median: 0, longest: 0 })
  await expect(
    measureLengths(engineer, { versionId, pool: 'test', limit: null }),
  ).rejects.toMatchObject({ code: 'forbidden' })
})
