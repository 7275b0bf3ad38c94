import { execFile, spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { chooseAccount } from './account.mjs'
import { findBinaries } from './binaries.mjs'
import { ensureCluster, USER } from './cluster.mjs'
import { canConnect, ensureDatabase } from './connection.mjs'
import { findFreePort } from './ports.mjs'
import {
  findPostmaster,
  isFolderInUse,
  isPostmasterFileStale,
  postmasterFile,
} from './postmaster-file.mjs'
import { sendSignal, startOf, waitForEnd } from './processes.mjs'

/**
 * @typedef {object} Postgres
 * @property {string} url of the database, with the password
 * @property {number} port
 * @property {number} pid
 * @property {string} start what tells this process from a later one with the same number
 * @property {boolean} isTakenOver it was running already
 * @property {() => Promise<void>} stop ends connections, writes everything and ends
 * @property {() => Promise<void>} kill9 as a power cut would
 */

/**
 * Starts PostgreSQL on `dataDir`, making the cluster first where there is none. A server that a
 * killed launcher left running there is taken over. Returns when the server accepts connections.
 * @param {{ dataDir: string, logFile?: string, settings?: Record<string, string> }} options
 * @returns {Promise<Postgres>}
 */
export async function startPostgres({ dataDir, logFile, settings = {} }) {
  const folder = resolve(dataDir)
  const log = logFile ?? `${folder}.log`
  mkdirSync(dirname(log), { recursive: true })
  const account = chooseAccount(findBinaries())
  const { password } = await ensureCluster(folder, account)

  const running = await findRunning(folder)
  const server = running ?? (await startServer(folder, log, settings, account))
  const urlOf = (/** @type {string} */ database) =>
    `postgresql://${USER}:${password}@127.0.0.1:${server.port}/${database}`
  await waitUntilReady(urlOf('postgres'), server, log)
  await ensureDatabase(urlOf('postgres'), 'closecall')

  return {
    url: urlOf('closecall'),
    port: server.port,
    pid: server.pid,
    start: server.start,
    isTakenOver: running !== null,
    stop: () => stopServer(folder, server, account),
    kill9: async () => {
      sendSignal(server.pid, 'SIGKILL')
      await waitForEnd(server.pid, server.start, 5_000)
    },
  }
}

/**
 * A server on its way up or down answers nobody, but holds the folder until it has ended; so do
 * the processes that outlive a killed server by a moment.
 * @param {string} folder
 */
async function findRunning(folder) {
  const until = Date.now() + 30_000
  for (;;) {
    const found = findPostmaster(folder)
    if (found !== null && !found.isStopping) return found
    if (!isFolderInUse(folder)) return null
    if (Date.now() > until) throw new Error(`Another process still works in ${folder}.`)
    await sleep(50)
  }
}

/**
 * @param {string} folder
 * @param {string} log
 * @param {Record<string, string>} settings
 * @param {import('./account.mjs').Account} account
 */
async function startServer(folder, log, settings, account) {
  if (isPostmasterFileStale(folder)) rmSync(postmasterFile(folder))
  const port = await choosePort(folder)
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    // No socket file: its path may be too long, and its folder may not be ours.
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: '100',
    ...settings,
  }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const [program, args] = account.command(account.binaries.postgres, ['-D', folder, ...flags])
  const output = openSync(log, 'a')
  // A session of its own: Ctrl-C is for the launcher, which stops the server last.
  const child = spawn(program, args, {
    ...account.identity,
    cwd: '/',
    detached: true,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  await new Promise((done, failed) => child.once('spawn', done).once('error', failed))
  child.unref()
  const pid = child.pid ?? 0
  return { pid, start: startOf(pid) ?? 'ended', port }
}

/**
 * The port of the last time, so that addresses stay valid over a restart.
 * @param {string} folder
 */
async function choosePort(folder) {
  const file = `${folder}.port`
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  const port = (await findFreePort(last)) ?? (await findFreePort(0))
  if (port === null) throw new Error('There is no free port for the database.')
  writeFileSync(file, String(port))
  return port
}

/** @param {string} url @param {{ pid: number, start: string }} server @param {string} log */
async function waitUntilReady(url, server, log) {
  // Recovery after a crash may take a while; as long as the server lives, it is worth waiting.
  const until = Date.now() + 120_000
  while (!(await canConnect(url))) {
    if (startOf(server.pid) !== server.start)
      throw new Error(`The database did not start: ${lastLines(log)}`)
    if (Date.now() > until) throw new Error(`The database does not answer: ${lastLines(log)}`)
    await sleep(25)
  }
}

/** @param {string} log */
function lastLines(log) {
  const lines = readFileSync(log, 'utf8').trim().split('\n')
  return `${lines.slice(-3).join(' ')} (log: ${log})`
}

/**
 * @param {string} folder
 * @param {{ pid: number, start: string }} server
 * @param {import('./account.mjs').Account} account
 */
async function stopServer(folder, server, account) {
  for (const mode of ['fast', 'immediate']) {
    if (startOf(server.pid) !== server.start) return
    const [program, args] = account.command(account.binaries.pgCtl, [
      'stop',
      '-D',
      folder,
      '-m',
      mode,
      '-t',
      '30',
      '-w',
    ])
    try {
      await promisify(execFile)(program, args, { ...account.identity, cwd: '/' })
      if (await waitForEnd(server.pid, server.start, 2_000)) return
    } catch (error) {
      if (startOf(server.pid) !== server.start) return
      if (mode === 'immediate') throw error
    }
  }
}
