import { execFile } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { v7 } from 'uuid'
import type { Mapping } from '@/lib/cases/imports/schema'
import { compare, type Figure, report } from './figures'

/**
 * Import of 100,000 cases against PostgreSQL's own COPY of the very same rows into the same table
 * with its indexes, on an emptied table each, in turns. In a database of its own, dropped at the end.
 */

const CASES = 100_000
const ROUNDS = 3

export async function measureImport(): Promise<Figure[]> {
  const serverUrl = process.env.DATABASE_URL ?? ''
  const name = `bench_import_${process.pid}`
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const admin = new pg.Client({ connectionString: serverUrl })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name}`)
  const folder = await mkdtemp(join(tmpdir(), 'closecall-bench-'))
  try {
    await promisify(execFile)(process.execPath, ['scripts/migrate.mjs'], {
      env: { ...process.env, DATABASE_URL: url.href },
    })
    const speed = await runChild<Speed>(url.href, 'speed', join(folder, 'rows'))
    const small = await runChild<Memory>(url.href, 'memory', String(CASES / 10))
    const large = await runChild<Memory>(url.href, 'memory', String(CASES))
    return toFigures(speed, small, large)
  } finally {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await admin.end()
    await rm(folder, { recursive: true })
  }
}

type Speed = { importSeconds: number; copySeconds: number; poolSeconds: number }
type Memory = { peakBytes: number }

function toFigures(speed: Speed, small: Memory, large: Memory): Figure[] {
  const part = 'import'
  const megabytes = ({ peakBytes }: Memory) => peakBytes / 1024 ** 2
  return [
    compare(
      {
        part,
        name: 'Import of 100,000 cases (parse, stage, merge)',
        value: CASES / speed.importSeconds,
        unit: 'cases/s',
      },
      { name: 'COPY of the same rows', value: CASES / speed.copySeconds },
      { atLeast: 0.333 },
    ),
    compare(
      { part, name: 'Peak memory, import of 100,000 cases', value: megabytes(large), unit: 'MB' },
      { name: '10,000 cases', value: megabytes(small) },
      { atMost: 1.5 },
    ),
    report({
      part,
      name: 'Near-duplicate clusters and pools of 100,000 cases',
      value: CASES / speed.poolSeconds,
      unit: 'cases/s',
    }),
  ]
}

/** A process of its own, because memory is measured by process and connections follow its environment. */
async function runChild<T>(url: string, task: string, argument: string): Promise<T> {
  const file = fileURLToPath(import.meta.url)
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', file, task, argument],
    { env: { ...process.env, DATABASE_URL: url, LOG_LEVEL: 'warn' } },
  )
  return JSON.parse(stdout) as T
}

const WORDS =
  'the invoice export login page shows an error after update please help we tried again report team setting user cannot find button customer agent plan charge refund token sync slow file'.split(
    ' ',
  )

/** Three messages of some forty words each, as support cases are, all different. */
function* makeCases(count: number): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  let state = 12_345
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % below
  }
  const text = (n: number) =>
    Array.from({ length: 40 }, () =>
      next(4) === 0 ? `w${next(99_999)}` : WORDS[next(WORDS.length)],
    )
      .join(' ')
      .concat(` ${n}`)
  let lines = ''
  for (let n = 0; n < count; n++) {
    const time = new Date(1_700_000_000_000 + n * 1_000).toISOString()
    const messages = ['customer', 'agent', 'customer'].map((role) => ({
      author: role === 'agent' ? 'Sam' : 'Pat',
      role,
      time,
      text: text(n),
    }))
    lines += `${JSON.stringify({ id: `B-${n}`, subject: text(n).slice(0, 60), plan: 'Team', messages })}\n`
    if (lines.length > 200_000) {
      yield encoder.encode(lines)
      lines = ''
    }
  }
  yield encoder.encode(lines)
}

const mapping: Mapping = {
  externalId: 'id',
  subject: 'subject',
  messages: {
    kind: 'list',
    column: 'messages',
    text: 'text',
    author: 'author',
    role: 'role',
    time: 'time',
    roles: { customer: ['customer'], agent: ['agent'], system: [] },
  },
  time: null,
  link: null,
  metadata: ['plan'],
  label: null,
}

/** A stored file of so many cases in a project of its own, ready to run. */
async function prepare(count: number) {
  const { db } = await import('@/lib/platform/database')
  const { storeFile } = await import('@/lib/cases/imports/chunks/mutations')
  const projectId = v7()
  await db.project.create({ data: { id: projectId, slug: projectId, name: 'bench' } })
  async function* body() {
    yield* makeCases(count)
  }
  const upload = { projectId, createdById: null, fileName: 'bench.jsonl', bytes: null }
  const importId = await storeFile({ ...upload, body: body() })
  await db.import.update({ where: { id: importId }, data: { mapping, status: 'running' } })
  return { projectId, importId }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0

async function measureSpeed(file: string): Promise<Speed> {
  const { pool } = await import('@/lib/platform/database')
  const { runImport } = await import('@/lib/cases/imports/jobs')
  const { poolCases } = await import('@/lib/cases/pools/jobs')
  const imports: number[] = []
  const copies: number[] = []
  let poolSeconds = 0
  for (let round = 0; round < ROUNDS; round++) {
    const { projectId, importId } = await prepare(CASES)
    await pool.query('CHECKPOINT')
    imports.push(await timed(() => runImport(importId)))
    await dump(pool, file)
    if (round === ROUNDS - 1) poolSeconds = await timed(() => poolCases(projectId))
    await pool.query('TRUNCATE "Case" CASCADE')
    await pool.query('CHECKPOINT')
    copies.push(await timed(() => load(pool, file)))
    await pool.query('TRUNCATE "Case" CASCADE')
  }
  return { importSeconds: median(imports), copySeconds: median(copies), poolSeconds }
}

async function dump(pool: pg.Pool, file: string): Promise<void> {
  const client = await pool.connect()
  await pipeline(client.query(copyTo('COPY "Case" TO STDOUT')), createWriteStream(file))
  client.release()
}

async function load(pool: pg.Pool, file: string): Promise<void> {
  const client = await pool.connect()
  await pipeline(createReadStream(file), client.query(copyFrom('COPY "Case" FROM STDIN')))
  client.release()
}

async function measureMemory(count: number): Promise<Memory> {
  const { runImport } = await import('@/lib/cases/imports/jobs')
  const { importId } = await prepare(count)
  await runImport(importId)
  return { peakBytes: process.resourceUsage().maxRSS * 1024 }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [task, argument = ''] = process.argv.slice(2)
  const result =
    task === 'speed' ? await measureSpeed(argument) : await measureMemory(Number(argument))
  console.log(JSON.stringify(result))
  process.exit(0)
}
