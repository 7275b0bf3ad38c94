import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'

/**
 * Gives each test file a database of its own, before it imports anything that connects.
 * Files named `*.db.test.ts` run with it.
 */
const server = inject('testServer')
if (!server) {
  throw new Error('Database tests need TEST_DATABASE_URL: run them with `npm test -- unit`.')
}
const name = `test_${randomBytes(6).toString('hex')}`
const admin = new pg.Client({ connectionString: server.url })
await admin.connect()
await admin.query(`CREATE DATABASE ${name} TEMPLATE ${server.template}`)

const url = new URL(server.url)
url.pathname = `/${name}`
process.env.DATABASE_URL = url.toString()
process.env.NEXTAUTH_SECRET ??= 'a secret for tests only'

afterAll(async () => {
  const { closeQueue } = await import('../jobs')
  await closeQueue()
  const { db, pool } = await import('../database')
  await db.$disconnect()
  if (!pool.ended) await pool.end()
  await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
  await admin.end()
})
