import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection to the server's `postgres` database, and the migrated template to copy from. */
    testServer: { url: string; template: string } | null
  }
}

/** Migrates a template once per set of migrations; every test file works on a copy of its own. */
export default async function setup(project: TestProject) {
  const url = process.env.TEST_DATABASE_URL
  if (!url) {
    project.provide('testServer', null)
    return
  }
  const migrations = readdirSync('prisma/migrations', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => readFileSync(`prisma/migrations/${name}/migration.sql`, 'utf8'))
  const template = `template_${createHash('sha256').update(migrations.join()).digest('hex').slice(0, 12)}`

  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  const known = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [template])
  if (known.rowCount === 0) {
    await admin.query(`DROP DATABASE IF EXISTS ${template}_new`)
    await admin.query(`CREATE DATABASE ${template}_new`)
    const client = new pg.Client({ connectionString: withDatabase(url, `${template}_new`) })
    await client.connect()
    for (const sql of migrations) await client.query(sql)
    await client.end()
    await admin.query(`ALTER DATABASE ${template}_new RENAME TO ${template}`)
  }
  await admin.end()
  project.provide('testServer', { url, template })
}

function withDatabase(url: string, name: string): string {
  const copy = new URL(url)
  copy.pathname = `/${name}`
  return copy.toString()
}
