import { join } from 'node:path'
import pg from 'pg'
import { startPostgres } from '../local/postgres/server.mjs'
import { DATA } from './people'

/** Asks the product's own database, for proofs that must not rest on what a page says. */
export async function askDatabase<Row extends pg.QueryResultRow>(
  sql: string,
  values: unknown[] = [],
  dataDir = DATA,
): Promise<Row[]> {
  // It runs already: this only finds it.
  const { url } = await startPostgres({ dataDir: join(dataDir, 'postgres') })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}
