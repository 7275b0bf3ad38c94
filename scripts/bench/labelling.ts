import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { compare, type Figure, report } from './figures'

/**
 * A run against a bare loop of the same calls through the same SDK client, the stand-in answering at
 * once after 50 ms; and what a large run takes of memory. In a database of its own, dropped at the end.
 */

const ANSWERS_AFTER_MS = 50
const ROUNDS = 3
const RATES = [
  { inFlight: 20, cases: 3_000 },
  { inFlight: 100, cases: 8_000 },
] as const
const LARGE = 100_000

export async function measureLabelling(): Promise<Figure[]> {
  const serverUrl = process.env.DATABASE_URL ?? ''
  const name = `bench_labelling_${process.pid}`
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const admin = new pg.Client({ connectionString: serverUrl })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name}`)
  try {
    await promisify(execFile)(process.execPath, ['scripts/migrate.mjs'], {
      env: { ...process.env, DATABASE_URL: url.href },
    })
    const rates: Figure[] = []
    for (const { inFlight, cases } of RATES) {
      const speed = await runChild<Speed>(url.href, 'speed', inFlight, cases)
      rates.push(toRate(inFlight, speed), toWork(inFlight, speed))
    }
    const small = await runChild<Whole>(url.href, 'whole', 100, LARGE / 10)
    const large = await runChild<Whole>(url.href, 'whole', 100, LARGE)
    return [...rates, ...toWhole(small, large)]
  } finally {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await admin.end()
  }
}

/** Medians of rounds in turns. */
type Speed = { run: Pass; bare: Pass }
type Pass = { perSecond: number; cpuMs: number }
type Whole = { peakBytes: number; perSecond: number; missing: number; extra: number }

function toRate(inFlight: number, { run, bare }: Speed): Figure {
  return compare(
    {
      part: 'engine',
      name: `A run with ${inFlight} calls in flight, the stand-in answering after 50 ms`,
      value: run.perSecond,
      unit: 'cases/s',
    },
    { name: 'a bare loop of the same calls', value: bare.perSecond },
    { atLeast: 0.9 },
  )
}

/** What limits the rate where calls are answered fast: one process calls from one thread. */
function toWork(inFlight: number, { run, bare }: Speed): Figure {
  return compare(
    {
      part: 'engine',
      name: `Processor time of the worker for a case, ${inFlight} calls in flight`,
      value: run.cpuMs,
      unit: 'ms',
    },
    { name: 'a bare loop of the same calls', value: bare.cpuMs },
  )
}

function toWhole(small: Whole, large: Whole): Figure[] {
  const part = 'engine' as const
  const megabytes = ({ peakBytes }: Whole) => peakBytes / 1024 ** 2
  return [
    compare(
      {
        part,
        name: 'Peak memory of a worker, run of 100,000 cases',
        value: megabytes(large),
        unit: 'MB',
      },
      { name: '10,000 cases', value: megabytes(small) },
      { atMost: 1.25 },
    ),
    compare(
      { part, name: 'Rate of a run of 100,000 cases', value: large.perSecond, unit: 'cases/s' },
      { name: '10,000 cases', value: small.perSecond },
    ),
    report({
      part,
      name: 'Cases of 100,000 without a suggestion, or with more than one',
      value: large.missing + large.extra,
      unit: 'cases',
    }),
  ]
}

/** A process of its own, because memory is measured by process and connections follow its environment. */
async function runChild<T>(url: string, task: string, inFlight: number, cases: number): Promise<T> {
  const file = fileURLToPath(import.meta.url)
  const args = ['--import', 'tsx', file, task, String(inFlight), String(cases)]
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, DATABASE_URL: url, LOG_LEVEL: 'warn' },
  })
  return JSON.parse(stdout) as T
}

/** A run of so many dev cases of a project of its own, asked of the stand-in that weighs nothing. */
async function prepare(inFlight: number, cases: number): Promise<string> {
  const { db, pool } = await import('@/lib/platform/database')
  const { createCase, createMember, createProject } = await import(
    '@/lib/platform/testing/fixtures'
  )
  const { createVersion } = await import('@/lib/runs/testing/fixtures')
  const { startRun } = await import('@/lib/runs/starting/mutations')
  const project = await createProject()
  const engineer = await createMember(project, 'prompt_engineer')
  const versionId = await createVersion(project, { modelId: 'closecall.echo-v1' })
  const text =
    'The export of our weekly report stops half way with an error since the update. '.repeat(6)
  const first = await createCase(project, { pool: 'dev', text })
  await pool.query(
    `INSERT INTO "Case" SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(),
       'externalId', 'more-' || n, 'rank', random(), 'subject', 'Report ' || n,
       'textHash', '\\x' || md5(n::text)))).*
     FROM "Case" c, generate_series(2, $2::int) n WHERE c.id = $1::uuid`,
    [first, cases],
  )
  const { id } = await startRun(engineer, { versionId, pool: 'dev', limit: null })
  await db.run.update({ where: { id }, data: { mostInFlight: inFlight } })
  return id
}

const label = async (runId: string) => {
  const { labelRun } = await import('@/lib/runs/labelling/jobs')
  await labelRun(runId, new AbortController().signal)
}

async function timed(cases: number, work: () => Promise<unknown>): Promise<Pass> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  await work()
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return { perSecond: cases / seconds, cpuMs: (user + system) / 1000 / cases }
}

/** The very requests of a run, sent again by a loop that does nothing else. */
async function callBare(runId: string, inFlight: number): Promise<Pass> {
  const { db } = await import('@/lib/platform/database')
  const { converse } = await import('@/lib/platform/bedrock')
  const { rebuildRequest } = await import('@/lib/runs/calls/rules')
  const { promptContent } = await import('@/lib/versions/rendering/schema')
  const run = await db.run.findUniqueOrThrow({ where: { id: runId } })
  const content = promptContent.parse(run.content)
  const calls = await db.call.findMany({ where: { runId } })
  const requests = calls.map((call) => rebuildRequest(content, call).request)
  return timed(requests.length, async () => {
    const worker = async () => {
      for (let request = requests.pop(); request; request = requests.pop()) await converse(request)
    }
    await Promise.all(Array.from({ length: inFlight }, worker))
  })
}

const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0

const medianPass = (passes: Pass[]): Pass => ({
  perSecond: median(passes.map(({ perSecond }) => perSecond)),
  cpuMs: median(passes.map(({ cpuMs }) => cpuMs)),
})

async function measureSpeed(inFlight: number, cases: number): Promise<Speed> {
  const runs: Pass[] = []
  const loops: Pass[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const runId = await prepare(inFlight, cases)
    runs.push(await timed(cases, () => label(runId)))
    loops.push(await callBare(runId, inFlight))
  }
  return { run: medianPass(runs), bare: medianPass(loops) }
}

async function measureWhole(inFlight: number, cases: number): Promise<Whole> {
  const { pool } = await import('@/lib/platform/database')
  const runId = await prepare(inFlight, cases)
  const { perSecond } = await timed(cases, () => label(runId))
  const { rows } = await pool.query(
    `SELECT count(*) FILTER (WHERE n = 0)::int AS missing, count(*) FILTER (WHERE n > 1)::int AS extra
     FROM (SELECT count(s.id) AS n FROM "RunItem" i
       LEFT JOIN "Suggestion" s ON s."runId" = i."runId" AND s."caseId" = i."caseId"
       WHERE i."runId" = $1::uuid GROUP BY i."caseId") counted`,
    [runId],
  )
  const peakBytes = process.resourceUsage().maxRSS * 1024
  return { ...rows[0], peakBytes, perSecond }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [task, inFlight, cases] = process.argv.slice(2)
  const { startBedrock } = await import('@/lib/runs/testing/processes')
  const bedrock = await startBedrock()
  await bedrock.setFaults({ latencyMs: ANSWERS_AFTER_MS })
  const measure = task === 'speed' ? measureSpeed : measureWhole
  console.log(JSON.stringify(await measure(Number(inFlight), Number(cases))))
  bedrock.close()
  process.exit(0)
}
