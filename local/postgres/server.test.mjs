import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { startOf } from './processes.mjs'
import { startPostgres } from './server.mjs'

const folder = mkdtempSync(join(tmpdir(), 'closecall-postgres-'))
const dataDir = join(folder, 'data')
/** @type {import('./server.mjs').Postgres | undefined} */
let server

afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true })
})

async function start() {
  server = await startPostgres({ dataDir })
  return server
}

/** As a server that runs would have written it. */
function writePostmasterFile(pid, port) {
  const lines = [pid, dataDir, 0, port, '', '127.0.0.1', '', 'ready']
  writeFileSync(join(dataDir, 'postmaster.pid'), `${lines.join('\n')}\n`)
}

async function query(url, ...sql) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const results = []
  for (const one of sql) results.push(await client.query(one))
  await client.end()
  return results.at(-1).rows
}

describe('the built-in PostgreSQL', () => {
  test('leaves no half-made cluster behind, and keeps its password to itself', async () => {
    writeFileSync(join(folder, 'data.new-1'), 'left by a killed initdb')
    await start()
    expect(readdirSync(folder).filter((name) => name.includes('.new-'))).toEqual([])
    const file = join(folder, 'data', 'closecall.password')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).toMatch(/^[0-9a-f]{48}$/)
  })

  test('keeps every acknowledged row over kill -9', async () => {
    const first = await start()
    await query(first.url, 'create table t (n int)', 'insert into t values (1), (2)')
    await first.kill9()
    const second = await start()
    expect(second.isTakenOver).toBe(false)
    expect(second.port).toBe(first.port)
    expect(await query(second.url, 'select n from t order by n')).toEqual([{ n: 1 }, { n: 2 }])
  })

  test.runIf(process.platform === 'linux')(
    'starts although the dead server is still in the process table',
    async () => {
      const first = await start()
      await first.stop()
      // The shell never asks after its child, which therefore stays as a zombie.
      const parent = spawn('sh', ['-c', 'sleep 1 & echo $!; exec sleep 60'])
      const zombie = await new Promise((read) =>
        parent.stdout.once('data', (text) => read(Number(text))),
      )
      await vi.waitFor(() => expect(startOf(zombie)).toBeNull(), 10_000)
      expect(existsSync(`/proc/${zombie}`)).toBe(true)
      writePostmasterFile(zombie, first.port)
      const second = await start()
      expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
      parent.kill()
    },
  )

  test('starts although the number in its file now belongs to another process', async () => {
    const first = await start()
    await first.stop()
    writePostmasterFile(process.pid, first.port)
    const second = await start()
    expect(second.isTakenOver).toBe(false)
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('is taken over while it runs', async () => {
    const first = await start()
    const second = await start()
    expect(second.isTakenOver).toBe(true)
    expect(second.pid).toBe(first.pid)
  })

  test('lets nobody in without the password', async () => {
    const { url } = await start()
    const wrong = new URL(url)
    wrong.password = 'guess'
    await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/)
  })

  test('runs its texts in UTF-8, sorted by code point, and its clock in UTC', async () => {
    const { url } = await start()
    const rows = await query(
      url,
      `select current_setting('server_encoding') as encoding, current_setting('timezone') as zone,
        (select datcollate from pg_database where datname = current_database()) as collation`,
    )
    expect(rows).toEqual([{ encoding: 'UTF8', zone: 'UTC', collation: 'C' }])
  })
})
