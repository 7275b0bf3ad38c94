// `npm start`: from a bare checkout to a served page, and back down again on Ctrl-C.
// Until the packages are installed, only Node's own modules may be imported.
import { join } from 'node:path'
import { sendSignal } from '../local/postgres/processes.mjs'
import { generate } from './generate.mjs'
import { identifyDatabase } from './launch/database.mjs'
import { offerFirstAdmin } from './launch/first-admin.mjs'
import { install } from './launch/install.mjs'
import { checkNode, chooseNode } from './launch/node-version.mjs'
import { choosePort } from './launch/port.mjs'
import { openDatabase, productEnv } from './launch/product.mjs'
import { build, seed } from './launch/products.mjs'
import { say, sayError, seconds, step, Trouble } from './launch/report.mjs'
import { RunFile } from './launch/run-file.mjs'
import * as serving from './launch/serving.mjs'
import { prepareDataFolder, ROOT, readSettings } from './launch/settings.mjs'
import { onStopSignal } from './launch/stop-signals.mjs'

/** @typedef {import('./launch/children.mjs').Context} Context */

const began = performance.now()
const stopping = new AbortController()
/** @type {RunFile | null} */
let run = null
/** What has to be stopped, in the order it was started. @type {{ stop: () => Promise<void>, force?: () => void }[]} */
const started = []

// The reader of our output may end before us (`npm start | head`).
process.stdout.on('error', () => {})
onStopSignal(() => {
  run?.update({ step: 'stopping' })
  stopping.abort()
}, forceAll)

try {
  await start()
} catch (error) {
  if (!stopping.signal.aborted) {
    sayError(error)
    process.exitCode = 1
  }
}
await stopAll()
process.exit()

async function start() {
  checkNode()
  process.chdir(ROOT)
  const settings = readSettings(process.env)
  prepareDataFolder(settings.dataDir)
  run = await RunFile.take(settings.dataDir)
  const context = { run, logs: join(settings.dataDir, 'logs'), stopping: stopping.signal }
  const port = await choosePort(settings.port, settings.host)
  const url = `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`

  await enter('install', 'Installing packages', done('Packages installed'), () => install(context))
  const node = chooseNode()
  await enter('generate', 'Making the database client', done('Database client made'), () =>
    generate(node, context),
  )
  const database = await enter('database', 'Starting the database', databaseReady, async () => {
    const opened = await openDatabase(settings, context.logs)
    if (opened.service !== null) started.push(opened.service)
    return opened
  })
  const facts = { settings, node, databaseUrl: database.url, url }
  const env = productEnv({ ...facts, bedrockUrl: null })
  await enter('migrations', 'Applying migrations', migrated, async () => {
    const { migrate } = await import('./migrate.mjs')
    return migrate(database.url)
  })
  if (settings.mode === 'local' && !settings.isEmpty) {
    const place = { dataDir: settings.dataDir, databaseId: await identifyDatabase(database.url) }
    await enter('seed', 'Loading the demo content', done('Demo content loaded'), () =>
      seed(node, env, place, context),
    )
  }
  await enter('build', 'Building', done('Built'), () => build(node, settings.dist, env, context))
  const bedrockUrl = settings.bedrock === 'local' ? await startBedrock(node, env, context) : null
  await enter('serving', 'Starting', 'Web server and worker ready', () =>
    serve(productEnv({ ...facts, bedrockUrl }), { node, url, host: settings.host, port }, context),
  )
  run.update({ step: 'ready', url })
  say(`Ready: ${url}  (${seconds(began)})`)
  if (settings.mode === 'production') {
    const offer = await offerFirstAdmin(node, env)
    if (offer !== null) say(offer)
  }
  if (!stopping.signal.aborted)
    await new Promise((stop) => stopping.signal.addEventListener('abort', stop))
}

/** @param {string} node @param {NodeJS.ProcessEnv} env @param {Context} context */
function startBedrock(node, env, context) {
  const ready = 'Local Bedrock ready (a stand-in, not a language model)'
  return enter('bedrock', 'Starting the local Bedrock', ready, async () => {
    // Started again, it must answer at the address that the others were told.
    const { findFreePort } = await import('../local/postgres/ports.mjs')
    const port = String((await findFreePort(0)) ?? 0)
    const service = await serving.startService(serving.bedrockService(node, env, port), context)
    started.push(service)
    const address = await serving.readAddress(service, /^Local Bedrock: (http:\S+)/m)
    if (!address) throw new Trouble(`The local Bedrock did not start.\n  Log: ${service.log}`)
    service.keepAlive()
    return address
  })
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {{ node: string, url: string, host: string, port: number }} place
 * @param {Context} context
 */
async function serve(env, { node, url, host, port }, context) {
  const worker = await serving.startService(serving.workerService(node, env), context)
  started.push(worker)
  const web = await serving.startService(serving.webService(node, env, { host, port }), context)
  started.push(web)
  await Promise.race([web.failed, worker.failed, serving.waitUntilHealthy(url, context.stopping)])
  web.keepAlive()
  worker.keepAlive()
}

/**
 * @template T
 * @param {string} name for the run file
 * @param {string} doing
 * @param {string | ((result: T) => string | null)} line
 * @param {() => Promise<T>} work
 */
function enter(name, doing, line, work) {
  stopping.signal.throwIfAborted()
  run?.update({ step: name })
  return step(doing, line, work)
}

async function stopAll() {
  for (const { stop } of started.reverse()) {
    await stop().catch((error) => {
      sayError(error)
      process.exitCode = 1
    })
  }
  run?.release()
  if (stopping.signal.aborted) say('Stopped.')
}

/** Nothing is lost by it: PostgreSQL recovers what was acknowledged. */
function forceAll() {
  for (const { pid } of run?.children ?? [])
    sendSignal(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  for (const { force } of started) force?.()
  run?.release()
  process.exit(130)
}

/** A line only for what there was to do. @param {string} line @returns {(didWork: boolean) => string | null} */
function done(line) {
  return (didWork) => (didWork ? line : null)
}

/** @param {{ isTakenOver: boolean }} database */
function databaseReady({ isTakenOver }) {
  return isTakenOver ? 'Database ready (it was still running)' : 'Database ready'
}

/** @param {string[]} names */
function migrated({ length }) {
  if (length === 0) return null
  return length === 1 ? '1 migration applied' : `${length} migrations applied`
}
