import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import type { RunView } from '@/lib/runs/schema'
import type { VersionSummary } from '@/lib/versions/history/schema'
import { startPostgres } from '../../local/postgres/server.mjs'
import { compare, type Figure } from './figures'
import { type Caller, signIn } from './people'
import { startProduct } from './product'

/**
 * What a large run takes of the whole product's memory, web server and worker, while several people follow
 * it: over the API of a product that was started as anyone starts it.
 */

const API = '/api/projects/support-root-causes'
const SMALL = 10_000
const LARGE = 100_000
const FOLLOWERS = 5
const SAMPLE_MS = 500

type Peak = { web: number; worker: number }

export async function measureFollowing(): Promise<Figure[]> {
  const dataDir = resolve('.test/bench/following')
  rmSync(dataDir, { recursive: true, force: true })
  const product = await startProduct('.', dataDir)
  try {
    const engineer = await signIn(product.url, 'engineer')
    const versionId = await prepare(engineer, dataDir)
    const small = await followRun(engineer, product.pid, { versionId, limit: SMALL })
    const large = await followRun(engineer, product.pid, { versionId, limit: LARGE })
    return [toFigure('web server', 'web', small, large), toFigure('worker', 'worker', small, large)]
  } finally {
    await product.stop()
  }
}

function toFigure(who: string, key: keyof Peak, small: Peak, large: Peak): Figure {
  return compare(
    {
      part: 'engine',
      name: `Peak memory of the ${who}, run of 100,000 cases that five people follow`,
      value: large[key] / 1024 ** 2,
      unit: 'MB',
    },
    { name: '10,000 cases', value: small[key] / 1024 ** 2 },
    { atMost: 1.25 },
  )
}

/** Many dev cases, and a draft for the stand-in that weighs nothing; the draft's id. */
async function prepare(engineer: Caller, dataDir: string): Promise<string> {
  const versions = (await (await engineer('GET', `${API}/versions`)).json()) as VersionSummary[]
  const made = await engineer('POST', `${API}/versions`, { parentId: versions[0]?.id })
  const draft = (await made.json()) as { id: string }
  const { url } = await startPostgres({ dataDir: join(dataDir, 'postgres') })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(
      `UPDATE "Version" SET model = jsonb_set(model, '{modelId}', '"closecall.echo-v1"') WHERE id = $1::uuid`,
      [draft.id],
    )
    await client.query(
      `INSERT INTO "Case" SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(),
         'externalId', 'more-' || n, 'rank', random(), 'textHash', '\\x' || md5(n::text)))).*
       FROM "Case" c, generate_series(1, $2::int) n
       WHERE c.id = (SELECT d.id FROM "Case" d JOIN "Version" v USING ("projectId")
         WHERE v.id = $1::uuid AND d.pool = 'dev' LIMIT 1)`,
      [draft.id, LARGE],
    )
  } finally {
    await client.end()
  }
  return draft.id
}

async function followRun(
  engineer: Caller,
  pid: number,
  { versionId, limit }: { versionId: string; limit: number },
): Promise<Peak> {
  const started = await engineer('POST', `${API}/runs`, { versionId, pool: 'dev', limit })
  const { id } = (await started.json()) as { id: string }
  const followers = Array.from({ length: FOLLOWERS }, () => follow(engineer, id))
  const ended = Promise.all(followers)
  const peak: Peak = { web: 0, worker: 0 }
  let over = false
  const last = ended.finally(() => {
    over = true
  })
  while (!over) {
    const now = await readMemory(pid)
    peak.web = Math.max(peak.web, now.web)
    peak.worker = Math.max(peak.worker, now.worker)
    await Promise.race([last, wait(SAMPLE_MS)])
  }
  for (const run of await last) {
    if (run.status !== 'done' || run.done !== limit) {
      throw new Error(`The run came to ${run.status} with ${run.done} of ${limit} cases.`)
    }
  }
  return peak
}

/** Reads the events as a browser does, again whenever they end, until the run has ended. */
async function follow(engineer: Caller, id: string): Promise<RunView> {
  for (;;) {
    const response = await engineer('GET', `${API}/runs/${id}/events`)
    let rest = ''
    for await (const chunk of response.body ?? []) {
      const lines = (rest + new TextDecoder().decode(chunk)).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (!line.startsWith('data: ')) continue
        const run = JSON.parse(line.slice('data: '.length)) as RunView
        if (['done', 'stopped', 'failed', 'paused'].includes(run.status)) return run
      }
    }
  }
}

/** Resident memory in bytes of the processes below the launcher: the web server, and the worker. */
async function readMemory(launcher: number): Promise<Peak> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,rss=,args='])
  const rows = stdout.split('\n').flatMap((line) => {
    const [pid, parent, rss, ...args] = line.trim().split(/\s+/)
    return pid
      ? { pid: Number(pid), parent: Number(parent), rss: Number(rss), args: args.join(' ') }
      : []
  })
  const parents = new Map(rows.map(({ pid, parent }) => [pid, parent]))
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid)
    return parent !== undefined && (parent === launcher || (parent > 1 && isBelow(parent)))
  }
  const sum = (of: RegExp) =>
    1024 *
    rows
      .filter(({ pid, args }) => of.test(args) && isBelow(pid))
      .reduce((total, { rss }) => total + rss, 0)
  return { web: sum(/^next-server/), worker: sum(/scripts\/worker\.ts/) }
}
