import { beforeEach, expect, test } from 'vitest'
import type { Member } from '@/lib/platform/access'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { createMember, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { setFinalLabel } from '@/lib/platform/testing/versions'
import { startRun } from '../starting/mutations'
import { createCases, createVersion } from '../testing/fixtures'
import { getSeries } from './data'

let project: TestProject
let engineer: Member
let cases: string[]
let runs: string[]

/** Three runs alike on four cases of dev. */
async function start(pool: 'dev' | 'example'): Promise<void> {
  cases = await createCases(project, pool, 4)
  const versionId = await createVersion(project)
  const { id } = await startRun(engineer, { versionId, pool, repeats: 3 })
  const { seriesId } = await db.run.findUniqueOrThrow({ where: { id } })
  const found = await db.run.findMany({ where: { seriesId }, orderBy: { id: 'asc' } })
  runs = found.map((run) => run.id)
}

/** As if the runs had said so of each case. */
async function finish(said: readonly (readonly ('Billing' | 'Defect' | null)[])[]): Promise<void> {
  for (const [at, labels] of said.entries()) {
    await db.suggestion.createMany({
      data: labels.map((label, caseAt) => ({
        ...{ id: newId(), runId: runs[at] ?? '', caseId: cases[caseAt] ?? '' },
        labelId: label && project.categories[label],
        status: label ? ('parsed' as const) : ('missing' as const),
      })),
    })
  }
  await db.run.updateMany({ where: { id: { in: runs } }, data: { status: 'done' } })
}

const SAID = [
  ['Billing', 'Billing', 'Billing', 'Billing'],
  ['Billing', 'Defect', 'Billing', null],
  ['Billing', 'Billing', 'Billing', null],
] as const

beforeEach(async () => {
  project = await createProject()
  engineer = await createMember(project, 'prompt_engineer')
})

test('repeats are runs of one set-up with one content over the same cases', async () => {
  await start('dev')
  expect(runs).toHaveLength(3)
  const found = await db.run.findMany({ where: { id: { in: runs } } })
  expect(new Set(found.map(({ setupId, contentHash }) => `${setupId} ${contentHash}`)).size).toBe(1)
  const items = await db.runItem.findMany({ where: { runId: { in: runs } } })
  expect(items).toHaveLength(12)
  expect(found.map((run) => run.items)).toEqual([4, 4, 4])
})

test('repeats share the budget and the calls', async () => {
  await createCases(project, 'dev', 1)
  const versionId = await createVersion(project)
  const limits = { costLimit: 1_000, callLimit: 2 }
  await startRun(engineer, { versionId, pool: 'dev', repeats: 3, ...limits })
  const started = await db.run.findMany({ where: { projectId: project.id } })
  expect(started.map((run) => [Number(run.costLimit), run.callLimit])).toEqual(
    Array.from({ length: 3 }, () => [333, 1]),
  )
})

test('a run that is started once has no series', async () => {
  await createCases(project, 'dev', 1)
  const versionId = await createVersion(project)
  const { id } = await startRun(engineer, { versionId, pool: 'dev' })
  expect((await db.run.findUniqueOrThrow({ where: { id } })).seriesId).toBeNull()
  await expect(getSeries(engineer, id, {})).rejects.toMatchObject({ code: 'not_found' })
})

test('votes, flips and agreement of the finished ones', async () => {
  await start('example')
  await finish(SAID)
  for (const id of cases) await setFinalLabel(project, id, project.categories.Billing)
  const series = await getSeries(engineer, runs[1] ?? '', {})
  // Of 3 pairs × 4 labels: the second case differs in 2, the fourth in 2.
  expect(series.flips).toEqual({ n: 12, flipped: 4 })
  expect(series.agreement).toEqual([
    { votes: 3, cases: 2 },
    { votes: 2, cases: 2 },
  ])
  expect(series.rows.map(({ caseId, votes }) => [caseId, votes])).toEqual(
    [cases[1], cases[3]].sort().map((id) => [
      id,
      id === cases[1]
        ? [
            { label: 'Billing', n: 2 },
            { label: 'Defect', n: 1 },
          ]
        : [
            { label: null, n: 2 },
            { label: 'Billing', n: 1 },
          ],
    ]),
  )
  expect(series).toMatchObject({ kept: 0, next: null })
})

test.each(['dev', 'example'] as const)(
  'a case of the pool %s that a person may still be asked about is kept from them',
  async (pool) => {
    await start(pool)
    await finish(SAID)
    await setFinalLabel(project, cases[1] ?? '', project.categories.Billing)
    const series = await getSeries(engineer, runs[0] ?? '', {})
    expect(series.rows.map(({ caseId }) => caseId)).toEqual([cases[1]])
    expect(series.kept).toBe(1)
  },
)

test('nothing of another project, and nothing while fewer than two are done', async () => {
  await start('dev')
  const stranger = await createMember(await createProject(), 'prompt_engineer')
  await expect(getSeries(stranger, runs[0] ?? '', {})).rejects.toMatchObject({ code: 'not_found' })
  expect(await getSeries(engineer, runs[0] ?? '', {})).toMatchObject({ flips: null, rows: [] })
})
