import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Trouble } from './report.mjs'

/**
 * @typedef {object} Migration a folder as Prisma lays it out
 * @property {string} name
 * @property {string} sql
 * @property {string} checksum sha256 of the file, as Prisma computes it
 *
 * @typedef {object} Row of _prisma_migrations, of those not rolled back
 * @property {string} name
 * @property {string} checksum
 * @property {boolean} isFinished
 *
 * @typedef {{ migration: Migration, wasCutShort: boolean }} Todo
 */

/** In the order of their names, which begin with their time. @param {string} folder @returns {Migration[]} */
export function readMigrations(folder) {
  const file = (/** @type {string} */ name) => join(folder, name, 'migration.sql')
  return readdirSync(folder)
    .filter((name) => existsSync(file(name)))
    .sort()
    .map((name) => {
      const bytes = readFileSync(file(name))
      const checksum = createHash('sha256').update(bytes).digest('hex')
      return { name, sql: bytes.toString('utf8'), checksum }
    })
}

/**
 * What remains to be done, once it is certain that the database and the files tell one history.
 * @param {Migration[]} migrations
 * @param {Row[]} rows
 * @returns {Todo[]}
 */
export function planMigrations(migrations, rows) {
  const byName = new Map(rows.map((row) => [row.name, row]))
  const known = new Set(migrations.map(({ name }) => name))
  const stranger = rows.find((row) => row.isFinished && !known.has(row.name))
  if (stranger) {
    throw new Trouble(
      `The database was made by a newer version of Closecall: it holds the migration ${stranger.name}, ` +
        'which this copy does not know. Nothing was changed. Use the newer version.',
    )
  }
  return migrations.flatMap((migration) => {
    const row = byName.get(migration.name)
    if (row?.isFinished && row.checksum !== migration.checksum) throw changed(migration)
    return row?.isFinished ? [] : [{ migration, wasCutShort: row !== undefined }]
  })
}

/**
 * Some statements (CREATE INDEX CONCURRENTLY) cannot run in a transaction. A migration that says
 * so in its first line runs without; cut short, it is run again from its start, so its statements
 * must bear repetition (IF NOT EXISTS).
 * @param {Migration} migration
 */
export function needsNoTransaction({ sql }) {
  return /^--\s*no transaction\b/i.test(sql)
}

/** @param {Migration} migration */
function changed({ name }) {
  return new Trouble(
    `The migration ${name} was changed after it had been applied to this database. Nothing was changed.\n` +
      `  Restore prisma/migrations/${name}/migration.sql and put the change into a migration of its own.`,
  )
}
