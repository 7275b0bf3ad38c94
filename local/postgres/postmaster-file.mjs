import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { startOf } from './processes.mjs'

/**
 * What a running server writes into its data folder.
 * @typedef {object} Postmaster
 * @property {number} pid
 * @property {string} start
 * @property {number} port
 * @property {boolean} isStopping
 */

/**
 * The server that runs on this data folder, whoever started it.
 * @param {string} dataDir
 * @returns {Postmaster | null}
 */
export function findPostmaster(dataDir) {
  const lines = readLines(dataDir)
  if (lines === null) return null
  const pid = Number(lines[0])
  const start = startOf(pid)
  if (start === null || !worksIn(pid, dataDir)) return null
  return { pid, start, port: Number(lines[3]), isStopping: lines[7]?.trim() === 'stopping' }
}

/**
 * The file names a process that PostgreSQL takes for a running server and refuses to start beside,
 * though it is none: its number was given to another after a reboot, or it was killed and nothing
 * reaps the dead (in a container without an init process).
 * The file must stay while any process works in the folder: it guards against two servers on it.
 * @param {string} dataDir
 */
export function isPostmasterFileStale(dataDir) {
  const lines = readLines(dataDir)
  if (lines === null || process.platform !== 'linux') return false
  const isTaken = existsSync(`/proc/${Number(lines[0])}`)
  return isTaken && findPostmaster(dataDir) === null && !isFolderInUse(dataDir)
}

/** @param {string} dataDir */
export function postmasterFile(dataDir) {
  return join(dataDir, 'postmaster.pid')
}

/** @param {string} dataDir */
function readLines(dataDir) {
  try {
    return readFileSync(postmasterFile(dataDir), 'utf8').split('\n')
  } catch (error) {
    if (Object(error).code === 'ENOENT') return null
    throw error
  }
}

/**
 * Every PostgreSQL process has its data folder as working directory.
 * @param {number} pid @param {string} dataDir
 */
function worksIn(pid, dataDir) {
  // Elsewhere the connection with this folder's own password is the proof.
  if (process.platform !== 'linux') return true
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataDir)
  } catch {
    // Ended just now, or another user's: not ours.
    return false
  }
}

/**
 * Whether any process works in the folder (known on Linux only).
 * @param {string} dataDir
 */
export function isFolderInUse(dataDir) {
  if (process.platform !== 'linux') return false
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && worksIn(Number(name), dataDir))
}
