import { createHash } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { Prisma, PrismaClient } from '@/generated/prisma/client'

/** Connections of one process. Web and worker each have their own pool. */
const POOL_SIZE = 10

/**
 * Stands in front of a raw statement whose text is always one of a few: each connection parses and plans
 * it once. Worth it where planning takes longer than running.
 */
export const PREPARED = Prisma.raw('/* prepared */')

const statementNameGenerator = ({ sql }: { sql: string }): string =>
  sql.startsWith(PREPARED.sql) ? createHash('sha1').update(sql).digest('hex') : ''

declare global {
  var closecallDatabase: { pool: pg.Pool; prisma: PrismaClient } | undefined
}

function connect() {
  const pool = new pg.Pool({
    connectionString: process.env.DATABASE_URL,
    max: POOL_SIZE,
    connectionTimeoutMillis: 10_000,
  })
  // A connection that breaks while idle must not end the process; the next query gets a new one.
  pool.on('error', () => undefined)
  return {
    pool,
    prisma: new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator }) }),
  }
}

// One pool per process, also where a development server loads this module again.
const database = globalThis.closecallDatabase ?? connect()
globalThis.closecallDatabase = database

/** Prisma, for ordinary reads and writes. */
export const db = database.prisma

/** The same connections, for bulk work (COPY, cursors) that Prisma does not do. */
export const pool = database.pool

/** What `db.$transaction(async (tx) => …)` hands over. */
export type Tx = Prisma.TransactionClient

/** A transaction or the database itself: for reads that serve both. */
export type Database = typeof db | Tx
