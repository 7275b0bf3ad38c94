import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { logFile } from '../launch/children.mjs'
import { nodeArgs } from '../launch/products.mjs'
import { countVitest, runnerOutcome } from './outcome.mjs'
import { runCheck } from './run-check.mjs'

/**
 * Unit and integration tests, on a PostgreSQL made for this run.
 * @param {import('./parts.mjs').Bench} bench
 * @param {string[]} files only these
 */
export async function runUnit({ node, env, context, folder }, files) {
  const { startPostgres } = await import('../../local/postgres/server.mjs')
  const dataDir = join(folder, 'postgres')
  // One that a killed run has left behind goes first: it would hold the folder.
  await discard(dataDir, startPostgres)
  const postgres = await startPostgres({
    dataDir,
    logFile: logFile(context.logs, 'postgres'),
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '200',
    },
  })
  try {
    const report = join(folder, 'vitest.json')
    rmSync(report, { force: true })
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const args = nodeArgs('node_modules/vitest/vitest.mjs', ['run', ...reporters, ...files])
    const withDatabase = { ...env, TEST_DATABASE_URL: postgres.url }
    const { isPassed, output } = await runCheck(
      { name: 'unit', program: node, args, env: withDatabase },
      context,
    )
    return runnerOutcome(countVitest(report), isPassed, output)
  } finally {
    await postgres.stop()
  }
}

/** @param {string} dataDir @param {typeof import('../../local/postgres/server.mjs').startPostgres} startPostgres */
async function discard(dataDir, startPostgres) {
  const { findPostmaster } = await import('../../local/postgres/postmaster-file.mjs')
  if (findPostmaster(dataDir) !== null) await (await startPostgres({ dataDir })).kill9()
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
}
