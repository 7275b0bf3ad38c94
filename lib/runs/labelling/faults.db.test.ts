import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startPostgres } from '@/local/postgres/server.mjs'
import { startBedrock, startLabeller, type TestBedrock } from '../testing/processes'

/**
 * All that may go wrong at once, on a PostgreSQL of this file's own, as it is restarted. What connects
 * is imported when that one is there.
 */
const CASES = 2_000
const folder = mkdtempSync(join(tmpdir(), 'closecall-faults-'))
const dataDir = join(folder, 'postgres')

let bedrock: TestBedrock
let server: Awaited<ReturnType<typeof startPostgres>>
let client: pg.Client

beforeAll(async () => {
  server = await startPostgres({ dataDir })
  process.env.DATABASE_URL = server.url
  await connect()
  for (const sql of readMigrations()) await client.query(sql)
  bedrock = await startBedrock()
})

afterAll(async () => {
  bedrock.close()
  const { closeQueue } = await import('@/lib/platform/jobs')
  await closeQueue()
  const { db } = await import('@/lib/platform/database')
  await db.$disconnect()
  await client.end()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

beforeEach(() => bedrock.setFaults({}))

async function connect(): Promise<void> {
  client = new pg.Client({ connectionString: server.url })
  // It is meant to be killed.
  client.on('error', () => undefined)
  await client.connect()
}

function readMigrations(): string[] {
  return readdirSync('prisma/migrations', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => readFileSync(`prisma/migrations/${name}/migration.sql`, 'utf8'))
}

async function startRunOf(packSize: 1 | 10): Promise<string> {
  const { createMember, createProject } = await import('@/lib/platform/testing/fixtures')
  const { db } = await import('@/lib/platform/database')
  const { createCases, createVersion } = await import('../testing/fixtures')
  const { startRun } = await import('../starting/mutations')
  const project = await createProject()
  const engineer = await createMember(project, 'prompt_engineer')
  const versionId = await createVersion(project)
  await db.version.update({ where: { id: versionId }, data: { packSize } })
  const [first = ''] = await createCases(project, 'dev', 1)
  await client.query(
    `INSERT INTO "Case" SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(),
       'externalId', 'more-' || n, 'rank', random(), 'textHash', '\\\\x' || md5(n::text)))).*
     FROM "Case" c, generate_series(2, $2::int) n WHERE c.id = $1::uuid`,
    [first, CASES],
  )
  const { id } = await startRun(engineer, { versionId, pool: 'dev', limit: null })
  return id
}

const count = async (runId: string): Promise<number> =>
  (
    await client.query('SELECT count(*)::int AS n FROM "Suggestion" WHERE "runId" = $1::uuid', [
      runId,
    ])
  ).rows[0].n

const waitFor = (runId: string, cases: number) =>
  expect.poll(() => count(runId), { timeout: 60_000, interval: 20 }).toBeGreaterThanOrEqual(cases)

async function expectComplete(runId: string): Promise<void> {
  const { rows } = await client.query(
    `SELECT count(*)::int AS suggestions, count(DISTINCT "caseId")::int AS cases
     FROM "Suggestion" WHERE "runId" = $1::uuid`,
    [runId],
  )
  expect(rows[0]).toEqual({ suggestions: CASES, cases: CASES })
  const run = (await client.query('SELECT * FROM "Run" WHERE id = $1::uuid', [runId])).rows[0]
  expect(run).toMatchObject({ status: 'done', items: CASES, done: CASES, failed: 0 })
  const { rows: calls } = await client.query(
    'SELECT count(*)::int AS n FROM "Call" WHERE "runId" = $1::uuid',
    [runId],
  )
  expect(run.calls).toBe(calls[0].n)
}

test('2,000 cases through throttling, malformed answers and three killed workers', async () => {
  const runId = await startRunOf(1)
  const storm = { throttleRate: 0.1, malformedRate: 0.05, latencyMs: { min: 5, max: 40 } }
  await bedrock.setFaults(storm)
  for (const done of [100, 400, 800]) {
    const worker = startLabeller(runId, 1_500)
    await waitFor(runId, done)
    await worker.kill()
  }
  await bedrock.setFaults({ ...storm, throttleRate: 0 })
  const workers = [startLabeller(runId, 1_500), startLabeller(runId, 1_500)]
  expect(await Promise.all(workers.map((worker) => worker.ended()))).toEqual([0, 0])
  await expectComplete(runId)
  const { doubtful } = (await client.query('SELECT doubtful FROM "Run" WHERE id = $1', [runId]))
    .rows[0]
  // What killed workers held may have been asked; it is no more than they could hold.
  expect(doubtful).toBeGreaterThan(0)
  expect(doubtful).toBeLessThanOrEqual(CASES)
}, 180_000)

test('2,000 cases in packs, while the database is killed and started again', async () => {
  const runId = await startRunOf(10)
  await bedrock.setFaults({ malformedRate: 0.05, latencyMs: { min: 20, max: 120 } })
  const worker = startLabeller(runId, 3_000)
  for (const done of [200, 900]) {
    await waitFor(runId, done)
    await server.kill9()
    await wait(500)
    server = await startPostgres({ dataDir })
    await connect()
  }
  expect(await worker.ended()).toBe(0)
  await expectComplete(runId)
}, 180_000)
