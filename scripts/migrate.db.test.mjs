import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { migrate } from './migrate.mjs'

const server = inject('testServer')

describe('migrations', () => {
  const name = `test_${randomBytes(6).toString('hex')}`
  const address = new URL(server.url)
  address.pathname = `/${name}`
  const url = address.href
  let folder = ''

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'closecall-migrations-'))
    await query(server.url, `create database ${name}`)
  })
  afterEach(async () => {
    rmSync(folder, { recursive: true })
    await query(server.url, `drop database ${name} with (force)`)
  })

  function write(migration, sql) {
    mkdirSync(join(folder, migration), { recursive: true })
    writeFileSync(join(folder, migration, 'migration.sql'), sql)
  }

  test('are applied once each, in the order of their names, as Prisma records them', async () => {
    write('2_second', 'alter table a add column m int')
    write('1_first', 'create table a (n int)')
    expect(await migrate(url, folder)).toEqual(['1_first', '2_second'])
    expect(await migrate(url, folder)).toEqual([])
    const rows = await query(
      url,
      'select checksum, applied_steps_count, finished_at is null as open from _prisma_migrations',
    )
    const checksum = createHash('sha256').update('create table a (n int)').digest('hex')
    expect(rows[0]).toEqual({ checksum, applied_steps_count: 1, open: false })
  })

  test('leave nothing of one that fails, and say the line', async () => {
    write('1_first', 'create table a (n int);\ncreate table b (n nonsense)')
    await expect(migrate(url, folder)).rejects.toThrow(/1_first failed \(line 2\).*nonsense/)
    expect(await query(url, "select to_regclass('a') as a")).toEqual([{ a: null }])
    write('1_first', 'create table a (n int)')
    expect(await migrate(url, folder)).toEqual(['1_first'])
  })

  test('two runners at once apply each once', async () => {
    write('1_first', 'select pg_sleep(0.2); create table a (n int)')
    const both = await Promise.all([migrate(url, folder), migrate(url, folder)])
    expect(both.flat()).toEqual(['1_first'])
  })

  test('one cut short outside a transaction is rolled back in the books and repeated', async () => {
    write('1_first', 'create table a (n int)')
    await migrate(url, folder)
    write('2_index', '-- no transaction\ncreate index concurrently if not exists i on a (n)')
    await query(
      url,
      "insert into _prisma_migrations (id, checksum, migration_name) values ('x', 'y', '2_index')",
    )
    expect(await migrate(url, folder)).toEqual(['2_index'])
    const rows = await query(
      url,
      `select rolled_back_at is not null as undone, finished_at is not null as done
       from _prisma_migrations where migration_name = '2_index' order by started_at`,
    )
    expect(rows).toEqual([
      { undone: true, done: false },
      { undone: false, done: true },
    ])
  })

  test('a changed one stops everything', async () => {
    write('1_first', 'create table a (n int)')
    await migrate(url, folder)
    write('1_first', 'create table a (n bigint)')
    write('2_second', 'create table b (n int)')
    await expect(migrate(url, folder)).rejects.toThrow(/1_first was changed after/)
    expect(await query(url, "select to_regclass('b') as b")).toEqual([{ b: null }])
  })

  test('a database of a newer version stops everything', async () => {
    write('1_first', 'create table a (n int)')
    write('2_newer', 'create table b (n int)')
    await migrate(url, folder)
    rmSync(join(folder, '2_newer'), { recursive: true })
    await expect(migrate(url, folder)).rejects.toThrow(/newer version.*2_newer/)
  })
})

async function query(url, sql) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(sql)
  await client.end()
  return rows
}
