import { Client, escapeIdentifier } from 'pg'

// What a server says that is there, but not ready: starting up, shutting down, recovering.
const NOT_YET = new Set(['57P03', '57P01', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'])

/** @param {string} url @returns {Promise<boolean>} false when it is worth asking again */
export async function canConnect(url) {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  // An error after connecting comes as an event, and would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch (error) {
    const { code, message } = Object(error)
    if (NOT_YET.has(code) || /terminated|timeout/.test(message)) return false
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}

/** @param {string} url of another database of the same server @param {string} name */
export async function ensureDatabase(url, name) {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}
