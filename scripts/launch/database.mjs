import { setTimeout as sleep } from 'node:timers/promises'
import { startOf } from '../../local/postgres/processes.mjs'
import { Trouble } from './report.mjs'

/**
 * The built-in PostgreSQL as a process to supervise.
 * @param {{ dataDir: string, logFile: string }} options
 */
export async function startDatabase(options) {
  // Only here is `pg` there for certain.
  const { startPostgres } = await import('../../local/postgres/server.mjs')
  const postgres = await startPostgres(options).catch((cause) => {
    throw new Trouble(cause.message, { cause })
  })
  return { ...postgres, ended: watchEnd(postgres.pid, postgres.start) }
}

/**
 * A server that was taken over is no child of ours: asking is the only way.
 * @param {number} pid @param {string} start
 * @returns {Promise<string | null>}
 */
async function watchEnd(pid, start) {
  while (startOf(pid) === start) await sleep(250)
  return 'ended'
}

/** @param {string} url @returns {Promise<void>} */
export async function checkDatabase(url) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    const { rows } = await client.query(
      "select current_setting('server_version_num')::int as version",
    )
    if (rows[0].version < 150_000) {
      throw new Trouble('The database of DATABASE_URL is older than PostgreSQL 15.')
    }
  } catch (error) {
    if (error instanceof Trouble) throw error
    const { code, message } = Object(error)
    const place = placeOf(url)
    throw new Trouble(
      `The database of DATABASE_URL (${place}) cannot be reached: ${message || code}.`,
    )
  } finally {
    await client.end().catch(() => {})
  }
}

/** Host, port and name of the database; never the password. @param {string} url */
function placeOf(url) {
  if (!URL.canParse(url)) return 'not a URL of the form postgresql://user:password@host:5432/name'
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}:${port || 5432}${pathname}`
}

/** Another database, even in the same place, has another identity. @param {string} url @returns {Promise<string>} */
export async function identifyDatabase(url) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(
      'select system_identifier::text as id from pg_control_system()',
    )
    return rows[0].id
  } finally {
    await client.end()
  }
}
