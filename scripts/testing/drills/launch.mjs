import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { ROOT } from '../../launch/settings.mjs'

const FOLDER = process.env.DRILL_FOLDER ?? join(ROOT, '.test', 'drills')

/** @type {Set<() => Promise<number | null>>} */
const launched = new Set()

/** A drill that failed half-way leaves nothing running. */
export async function stopAll() {
  await Promise.all([...launched].map((stop) => stop()))
}

/** An empty data folder. @param {string} name */
export function newFolder(name) {
  const folder = join(FOLDER, name)
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  return folder
}

/**
 * The real launcher, in a process of its own.
 * @param {string} dataDir
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [root]
 */
export function launch(dataDir, env = {}, root = ROOT) {
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], {
    cwd: root,
    env: { ...process.env, PORT: '0', CLOSECALL_BEDROCK: 'local', ...env, CLOSECALL_DATA: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => child.once('close', (code) => resolve(code)))
  const stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  launched.add(stop)
  return {
    output: () => output,
    ended,
    kill9: async () => {
      child.kill('SIGKILL')
      await ended
    },
    /** Its promise gives the exit code. */
    stop,
    /** @returns {Promise<string>} the address */
    ready: () =>
      until(() => {
        if (child.exitCode !== null) throw new Error(`The launcher ended:\n${output}`)
        return /^Ready: (\S+)/m.exec(output)?.[1]
      }),
  }
}

/** How far the launcher is, by its run file. @param {string} dataDir @returns {string | undefined} */
export function stepOf(dataDir) {
  return readRun(dataDir)?.step
}

/** @param {string} dataDir @returns {{ name: string, pid: number, start: string }[]} */
export function childrenOf(dataDir) {
  return readRun(dataDir)?.children ?? []
}

/** @param {string} dataDir */
function readRun(dataDir) {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8'))
  } catch {
    // Not there yet, or just being handed from one launcher to the next.
    return null
  }
}

/** The address of the built-in database, as its files tell. @param {string} dataDir */
export function databaseUrl(dataDir) {
  const read = (/** @type {string} */ name) => readFileSync(join(dataDir, name), 'utf8').trim()
  return `postgresql://closecall:${read('postgres/closecall.password')}@127.0.0.1:${read('postgres.port')}/closecall`
}

/** @param {string} dataDir */
export async function connect(dataDir) {
  const client = new pg.Client({ connectionString: databaseUrl(dataDir) })
  client.on('error', () => {})
  await client.connect()
  return client
}

/**
 * Asks until there is an answer; fails after three minutes: only a hang takes as long.
 * @template T
 * @param {() => T | Promise<T>} ask
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(ask) {
  const limit = Date.now() + 180_000
  while (Date.now() < limit) {
    const answer = await ask()
    if (answer) return answer
    await sleep(5)
  }
  throw new Error(`This never came true: ${ask}`)
}

/** @param {string} path */
export const isThere = (path) => existsSync(path)
