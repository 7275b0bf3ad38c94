import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Prisma } from '@/generated/prisma/client'
import { db } from '@/lib/platform/database'
import { newId } from '@/lib/platform/ids'
import { createCase, createProject, type TestProject } from '@/lib/platform/testing/fixtures'
import { listTallies } from './data'
import { foldTallies } from './jobs'

const CASES = 6
const RUNS = 2
/** No more than there are connections. */
const AT_ONCE = 8

/** One thing that happens to a case; what its numbers mean follows from the project at hand. */
const happening = fc.oneof(
  fc.record({
    kind: fc.constant('suggest' as const),
    item: fc.nat(CASES - 1),
    run: fc.nat(RUNS - 1),
    label: fc.option(fc.nat(2)),
    counts: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('label' as const),
    item: fc.nat(CASES - 1),
    label: fc.nat(2),
    second: fc.option(fc.nat(2)),
    source: fc.constantFrom('imported' as const, 'review' as const, 'settled' as const),
    mode: fc.constantFrom('shown' as const, 'blind' as const),
  }),
  fc.record({ kind: fc.constant('unlabel' as const), item: fc.nat(CASES - 1) }),
  fc.record({ kind: fc.constant('fold' as const), batch: fc.integer({ min: 1, max: 5 }) }),
)
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

type World = { project: TestProject; cases: string[]; runs: string[]; labels: string[] }

async function createWorld(): Promise<World> {
  const project = await createProject()
  const version = await db.version.create({
    data: {
      id: newId(),
      projectId: project.id,
      persona: '',
      rules: '',
      answerFormat: {},
      model: {},
    },
  })
  const setup = await db.setup.create({
    data: { id: newId(), projectId: project.id, versionId: version.id },
  })
  const runs = []
  for (let i = 0; i < RUNS; i++) {
    const run = await db.run.create({
      data: {
        id: newId(),
        projectId: project.id,
        setupId: setup.id,
        pool: 'dev',
        content: {},
        contentHash: '',
        modelId: 'm',
        standIn: true,
      },
    })
    runs.push(run.id)
  }
  const cases = []
  for (let i = 0; i < CASES; i++) cases.push(await createCase(project, { pool: 'dev' }))
  return { project, cases, runs, labels: Object.values(project.categories) }
}

async function happen(world: World, event: Happening): Promise<void> {
  const at = (ids: string[], i: number | null) => (i === null ? null : (ids[i] ?? null))
  if (event.kind === 'fold') {
    await foldTallies(event.batch)
    return
  }
  const caseId = at(world.cases, event.item)
  if (event.kind === 'suggest') {
    await db.$executeRaw`
      INSERT INTO "Suggestion" (id, "runId", "caseId", status, "labelId", counts)
      VALUES (${newId()}::uuid, ${at(world.runs, event.run)}::uuid, ${caseId}::uuid, 'parsed',
        ${at(world.labels, event.label)}::uuid, ${event.counts})
      ON CONFLICT DO NOTHING`
    return
  }
  const change =
    event.kind === 'unlabel'
      ? Prisma.sql`DELETE FROM "FinalLabel" WHERE "caseId" = ${caseId}::uuid`
      : Prisma.sql`
        INSERT INTO "FinalLabel" ("caseId", "projectId", "labelId", "secondLabelId", source, mode)
        VALUES (${caseId}::uuid, ${world.project.id}::uuid,
          ${at(world.labels, event.label)}::uuid, ${at(world.labels, event.second)}::uuid,
          ${event.source}::"LabelSource", ${event.mode}::"Mode")
        ON CONFLICT ("caseId") DO UPDATE SET "labelId" = excluded."labelId",
          "secondLabelId" = excluded."secondLabelId", source = excluded.source,
          mode = excluded.mode`
  // As everywhere: whoever changes a label holds the lock on its case.
  await db.$transaction([
    db.$executeRaw`SELECT 1 FROM "Case" WHERE id = ${caseId}::uuid FOR NO KEY UPDATE`,
    db.$executeRaw(change),
  ])
}

/** Counts in every dimension, as text, in a fixed order. */
async function readCounts(runs: string[], from: 'folded' | 'folded and deltas' | 'recount') {
  const dimensions = `"runId", pool, selection, mode, "predictedId", "finalId", "secondId", source, counts`
  const source = {
    folded: `SELECT ${dimensions}, n FROM "Tally"`,
    'folded and deltas': `SELECT ${dimensions}, n FROM "Tally"
      UNION ALL SELECT ${dimensions}, n FROM "TallyDelta"`,
    recount: `SELECT s."runId", c.pool, f.selection, f.mode, s."labelId" AS "predictedId",
        f."labelId" AS "finalId", f."secondLabelId" AS "secondId", f.source, s.counts, 1 AS n
      FROM "Suggestion" s JOIN "Case" c ON c.id = s."caseId"
      LEFT JOIN "FinalLabel" f ON f."caseId" = s."caseId"`,
  }[from]
  return db.$queryRawUnsafe<{ n: number }[]>(
    `SELECT ${dimensions}, sum(n)::int AS n FROM (${source}) counted WHERE "runId" = ANY($1::uuid[])
     GROUP BY ${dimensions} HAVING sum(n) <> 0 ORDER BY ${dimensions}`,
    runs,
  )
}

async function expectCountsToHold({ runs }: World) {
  const recount = await readCounts(runs, 'recount')
  expect(await readCounts(runs, 'folded and deltas')).toEqual(recount)
  await foldTallies()
  expect(await readCounts(runs, 'folded')).toEqual(recount)
  expect(await db.tallyDelta.count({ where: { runId: { in: runs } } })).toBe(0)
  expect(await db.tally.count({ where: { runId: { in: runs }, n: 0 } })).toBe(0)
  return recount
}

describe('counts equal a recount', () => {
  it('after any sequence of suggestions, labels and folds', async () => {
    let counted = 0
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 20, maxLength: 40 }), async (events) => {
        const world = await createWorld()
        for (const event of events) await happen(world, event)
        counted += (await expectCountsToHold(world)).length
      }),
      { numRuns: 12, seed: 7, endOnFailure: true },
    )
    expect(counted).toBeGreaterThan(50)
  })

  it('after the same all at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 40, maxLength: 60 }), async (events) => {
        const world = await createWorld()
        for (let from = 0; from < events.length; from += AT_ONCE) {
          const together = events.slice(from, from + AT_ONCE)
          await Promise.all(together.map((event) => happen(world, event)))
        }
        await expectCountsToHold(world)
      }),
      { numRuns: 8, seed: 8, endOnFailure: true },
    )
  })
})

describe('reading', () => {
  it('leaves out what does not count and keeps cases without a label apart', async () => {
    const world = await createWorld()
    const [run = ''] = world.runs
    const suggest = (item: number, counts: boolean) =>
      happen(world, { kind: 'suggest', item, run: 0, label: 0, counts })
    await suggest(0, true)
    await suggest(1, true)
    await suggest(2, false)
    await happen(world, {
      kind: 'label',
      item: 0,
      label: 1,
      second: 0,
      source: 'review',
      mode: 'blind',
    })
    const [a = '', b = ''] = world.labels
    const rows = [
      { runId: run, predictedId: a, finalId: null, secondId: null, n: 1 },
      { runId: run, predictedId: a, finalId: b, secondId: a, n: 1 },
    ]
    expect(await listTallies([run])).toEqual(expect.arrayContaining(rows))
    await foldTallies()
    expect(await listTallies([run])).toEqual(expect.arrayContaining(rows))
    expect(await listTallies([run])).toHaveLength(2)
  })
})
