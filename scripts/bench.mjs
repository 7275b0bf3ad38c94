// `npm run bench`: measures every part and writes docs/benchmarks.md and docs/benchmarks.json.
// `npm run bench -- import review`: these parts; the figures of the others stay as they are.
import { spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { generate } from './generate.mjs'
import { install } from './launch/install.mjs'
import { checkNode, chooseNode } from './launch/node-version.mjs'
import { sayError } from './launch/report.mjs'
import { RunFile } from './launch/run-file.mjs'
import { prepareDataFolder, ROOT } from './launch/settings.mjs'

const folder = join(ROOT, '.test', 'bench')
/** @type {RunFile | null} */
let run = null
/** @type {{ stop: () => Promise<void> } | null} */
let postgres = null

try {
  checkNode()
  process.chdir(ROOT)
  prepareDataFolder(folder)
  run = await RunFile.take(folder)
  const context = { run, logs: join(folder, 'logs'), stopping: new AbortController().signal }
  await install(context)
  const node = chooseNode()
  await generate(node, context)
  const { startPostgres } = await import('../local/postgres/server.mjs')
  const dataDir = join(folder, 'postgres')
  rmSync(dataDir, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const database = await startPostgres({ dataDir })
  postgres = database
  const { migrate } = await import('./migrate.mjs')
  await migrate(database.url)
  process.exitCode = await measure(node, database.url)
} catch (error) {
  sayError(error)
  process.exitCode = 1
}
await postgres?.stop()
run?.release()
process.exit()

/** @param {string} node @param {string} databaseUrl @returns {Promise<number>} exit code */
function measure(node, databaseUrl) {
  const child = spawn(
    node,
    ['--import', 'tsx', 'scripts/bench/main.ts', ...process.argv.slice(2)],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
        DATABASE_URL: databaseUrl,
        NEXTAUTH_SECRET: 'only for measuring, never served',
        LOG_LEVEL: 'warn',
      },
    },
  )
  return new Promise((done) => child.once('exit', (code) => done(code ?? 1)))
}
