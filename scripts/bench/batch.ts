import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { compare, type Figure, report } from './figures'

/**
 * A batch job of 50,000 records: building its input and joining its output, against writing and reading
 * the very same lines bare, through the same S3. In a database of its own, dropped at the end.
 */

const RECORDS = 50_000
const SMALL = 10_000

export async function measureBatch(): Promise<Figure[]> {
  const serverUrl = process.env.DATABASE_URL ?? ''
  const name = `bench_batch_${process.pid}`
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const admin = new pg.Client({ connectionString: serverUrl })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name}`)
  try {
    await promisify(execFile)(process.execPath, ['scripts/migrate.mjs'], {
      env: { ...process.env, DATABASE_URL: url.href },
    })
    const small = await runChild(url.href, SMALL)
    const large = await runChild(url.href, RECORDS)
    return toFigures(small, large)
  } finally {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await admin.end()
  }
}

/** Seconds of each, and what became of the cases. */
type Measured = {
  build: number
  write: number
  join: number
  read: number
  peakBytes: number
  missing: number
  extra: number
}

function toFigures(small: Measured, large: Measured): Figure[] {
  const part = 'engine' as const
  const rate = (seconds: number) => RECORDS / seconds
  const megabytes = ({ peakBytes }: Measured) => peakBytes / 1024 ** 2
  return [
    compare(
      {
        part,
        name: 'A batch job of 50,000 records: building its input',
        value: rate(large.build),
        unit: 'records/s',
      },
      { name: 'writing the same lines bare', value: rate(large.write) },
    ),
    compare(
      {
        part,
        name: 'A batch job of 50,000 records: joining its output',
        value: rate(large.join),
        unit: 'records/s',
      },
      { name: 'reading the same lines bare', value: rate(large.read) },
    ),
    compare(
      {
        part,
        name: 'Peak memory of a worker, batch job of 50,000 records',
        value: megabytes(large),
        unit: 'MB',
      },
      { name: '10,000 records', value: megabytes(small) },
      { atMost: 1.25 },
    ),
    report({
      part,
      name: 'Cases of a batch job of 50,000 without a suggestion, or with more than one',
      value: large.missing + large.extra,
      unit: 'cases',
    }),
  ]
}

/** A process of its own, because memory is measured by process and connections follow its environment. */
async function runChild(url: string, records: number): Promise<Measured> {
  const args = ['--import', 'tsx', fileURLToPath(import.meta.url), String(records)]
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, DATABASE_URL: url, LOG_LEVEL: 'warn' },
  })
  return JSON.parse(stdout) as Measured
}

/** A batch run of so many dev cases of a project of its own, asked of the stand-in that weighs nothing. */
async function prepare(cases: number): Promise<string> {
  const { pool } = await import('@/lib/platform/database')
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
  await pool.query('ANALYZE')
  const choice = { versionId, pool: 'dev', limit: null, mode: 'batch' } as const
  return (await startRun(engineer, choice)).id
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const start = performance.now()
  const result = await work()
  return { result, seconds: (performance.now() - start) / 1000 }
}

const never = new AbortController().signal

/** From the waiting cases to a file that Bedrock can read. */
async function build(runId: string) {
  const { db } = await import('@/lib/platform/database')
  const { findBatchPlace } = await import('@/lib/runs/batches/data')
  const { writeInput } = await import('@/lib/runs/batches/inputs/jobs')
  const { planBatches } = await import('@/lib/runs/batches/planning/mutations')
  const { measureShared } = await import('@/lib/runs/batches/requests/rules')
  const { beginRun } = await import('@/lib/runs/labelling/beginning/jobs')
  const begun = await beginRun(runId)
  const place = findBatchPlace()
  if (!begun || !place) throw new Error('The run did not begin.')
  const { asking, pack } = begun
  const { request } = asking.makeRequest([{ subject: '', messages: [] }])
  const shared = measureShared(request, asking.content, pack)
  if (!(await planBatches({ runId, place, pack, shared }))) throw new Error('Too few cases.')
  const job = await db.batchJob.findFirstOrThrow({ where: { runId } })
  await writeInput(begun, job, never)
  return { begun, id: job.id }
}

/** Gives the job to the stand-in, and waits until it has answered all of it. */
async function waitForAnswers(id: string) {
  const { setTimeout: wait } = await import('node:timers/promises')
  const { createJob, getJob } = await import('@/lib/platform/bedrock-jobs')
  const { db } = await import('@/lib/platform/database')
  const { keepState } = await import('@/lib/runs/batches/mutations')
  const { hasEnded } = await import('@/lib/runs/batches/rules')
  const { roleArn, inputUri, outputUri } = await db.batchJob.findUniqueOrThrow({ where: { id } })
  const modelId = 'closecall.echo-v1'
  const made = { token: id, name: `closecall-${id}`, modelId, roleArn, inputUri, outputUri }
  const jobArn = await createJob({ ...made, hours: 24 })
  let job = await db.batchJob.update({ where: { id }, data: { jobArn, submittedAt: new Date() } })
  while (!hasEnded(job.status)) {
    await wait(200)
    job = await keepState(job, await getJob(jobArn))
  }
  return { ...job, jobArn }
}

/** What the objects at an address hold, line by line. */
async function* readBare(address: string): AsyncGenerator<unknown> {
  const { readLines } = await import('@/lib/platform/lines')
  const { listObjects, readObject } = await import('@/lib/platform/s3')
  for (const uri of await listObjects(address)) {
    for await (const line of readLines(await readObject(uri))) yield JSON.parse(line)
  }
}

async function countBare(address: string): Promise<number> {
  let lines = 0
  for await (const _ of readBare(address)) lines++
  return lines
}

/** So many lines in a piece as the product writes. */
const PIECE = 500

async function* writeLines(records: readonly unknown[]): AsyncGenerator<Buffer> {
  for (let at = 0; at < records.length; at += PIECE) {
    const lines = records.slice(at, at + PIECE).map((record) => `${JSON.stringify(record)}\n`)
    yield Buffer.from(lines.join(''))
  }
}

async function measure(records: number): Promise<Measured> {
  const { pool } = await import('@/lib/platform/database')
  const { writeObject } = await import('@/lib/platform/s3')
  const { fetchOutput } = await import('@/lib/runs/batches/outputs/jobs')
  const runId = await prepare(records)
  const built = await timed(() => build(runId))
  const { begun, id } = built.result
  const job = await waitForAnswers(id)
  const joined = await timed(() => fetchOutput(begun, job, never))
  // Before the bare ones, which keep all lines in memory.
  const peakBytes = process.resourceUsage().maxRSS * 1024
  const read = await timed(() => countBare(job.outputUri))
  const lines: unknown[] = []
  for await (const record of readBare(job.inputUri)) lines.push(record)
  const written = await timed(() => writeObject(`${job.inputUri}.bare`, writeLines(lines), never))
  const { rows } = await pool.query(
    `SELECT (SELECT count(*)::int FROM "RunItem" WHERE "runId" = $1::uuid) -
       count(DISTINCT "caseId")::int AS missing, (count(*) - count(DISTINCT "caseId"))::int AS extra
     FROM "Suggestion" WHERE "runId" = $1::uuid`,
    [runId],
  )
  const seconds = { build: built.seconds, write: written.seconds, join: joined.seconds }
  return { ...rows[0], ...seconds, read: read.seconds, peakBytes }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { startBedrock } = await import('@/lib/runs/testing/processes')
  const bedrock = await startBedrock()
  console.log(JSON.stringify(await measure(Number(process.argv[2]))))
  bedrock.close()
  process.exit(0)
}
