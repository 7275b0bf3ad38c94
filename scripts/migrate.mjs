// Applies prisma/migrations to the database of DATABASE_URL: `node scripts/migrate.mjs [folder]`.
// Keeps the table, the checksums and the lock of Prisma's own `migrate deploy`, without its native
// engine, so that Prisma finds the database up to date.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { needsNoTransaction, planMigrations, readMigrations } from './launch/migrations.mjs'
import { sayError, Trouble } from './launch/report.mjs'
import { ROOT } from './launch/settings.mjs'

/** @typedef {import('./launch/migrations.mjs').Migration} Migration */

// The key that Prisma takes too.
const LOCK = 72_707_369

/**
 * @param {string} url
 * @param {string} [folder]
 * @returns {Promise<string[]>} the names of those that were applied now
 */
export async function migrate(url, folder = join(ROOT, 'prisma', 'migrations')) {
  const client = new pg.Client({ connectionString: url })
  // A lost connection fails the query under way; the event says nothing more.
  client.on('error', () => {})
  await client.connect()
  try {
    // The lock is the session's: it is void when this process is killed.
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query(TABLE)
    const todo = planMigrations(readMigrations(folder), await readRows(client))
    for (const { migration, wasCutShort } of todo) {
      if (wasCutShort) await markRolledBack(client, migration)
      await apply(client, migration)
    }
    return todo.map(({ migration }) => migration.name)
  } finally {
    await client.end()
  }
}

/** @param {pg.Client} client @param {Migration} migration */
async function apply(client, migration) {
  const isWhole = !needsNoTransaction(migration)
  try {
    if (isWhole) await client.query('begin')
    const id = await markStarted(client, migration)
    await client.query(migration.sql)
    await client.query(
      'update _prisma_migrations set finished_at = now(), applied_steps_count = 1 where id = $1',
      [id],
    )
    if (isWhole) await client.query('commit')
  } catch (error) {
    if (isWhole) await client.query('rollback').catch(() => {})
    const { message, position } = Object(error)
    const line = position
      ? ` (line ${migration.sql.slice(0, Number(position)).split('\n').length})`
      : ''
    throw new Trouble(`The migration ${migration.name} failed${line}: ${message}`, { cause: error })
  }
}

/** @param {pg.Client} client @param {Migration} migration */
async function markStarted(client, { name, checksum }) {
  const id = randomUUID()
  await client.query(
    'insert into _prisma_migrations (id, checksum, migration_name) values ($1, $2, $3)',
    [id, checksum, name],
  )
  return id
}

/** @param {pg.Client} client @param {Migration} migration */
async function markRolledBack(client, { name }) {
  await client.query(
    `update _prisma_migrations set rolled_back_at = now()
     where migration_name = $1 and finished_at is null and rolled_back_at is null`,
    [name],
  )
}

/** @param {pg.Client} client */
async function readRows(client) {
  const { rows } = await client.query(
    `select migration_name as name, checksum, finished_at is not null as "isFinished"
     from _prisma_migrations where rolled_back_at is null`,
  )
  return rows
}

const TABLE = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const applied = await migrate(process.env.DATABASE_URL ?? '', process.argv[2])
    console.log(
      applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`,
    )
  } catch (error) {
    sayError(error)
    process.exitCode = 1
  }
}
