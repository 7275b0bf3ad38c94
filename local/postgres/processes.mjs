import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * What tells a running process from a later one with the same number: when it started.
 * A zombie counts as ended: where nothing reaps orphans (a container), they stay for good.
 * @param {number} pid
 * @returns {string | null} null when there is no such process
 */
export function startOf(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return null
  if (process.platform === 'linux') return startOnLinux(pid)
  if (process.platform === 'win32') return exists(pid) ? 'running' : null
  return startByPs(pid)
}

/** @param {number} pid @param {string | null} start as `startOf` gave it */
export function isRunning(pid, start) {
  return start !== null && startOf(pid) === start
}

/**
 * @param {number} pid
 * @param {string | null} start
 * @param {number} milliseconds
 * @returns {Promise<boolean>} false when it still runs after that time
 */
export async function waitForEnd(pid, start, milliseconds) {
  const until = Date.now() + milliseconds
  while (isRunning(pid, start)) {
    if (Date.now() > until) return false
    await sleep(25)
  }
  return true
}

/**
 * @param {number} pid negative: the whole process group
 * @param {NodeJS.Signals} signal
 * @returns {boolean} false when there was nobody to receive it
 */
export function sendSignal(pid, signal) {
  try {
    return process.kill(pid, signal)
  } catch (error) {
    if (Object(error).code === 'ESRCH') return false
    throw error
  }
}

/** @param {number} pid */
function startOnLinux(pid) {
  const stat = readOrNull(`/proc/${pid}/stat`)
  if (stat === null) return null
  // The name in the second field may hold spaces and brackets: count from behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, ticks] = [fields[0], fields[19]]
  if (state === 'Z' || state === 'X') return null
  return `${bootId()}:${ticks}`
}

/** @param {number} pid */
function startByPs(pid) {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
    return line === '' || line.startsWith('Z') ? null : line.replace(/^\S+\s+/, '')
  } catch {
    // ps ends with 1 when there is no such process.
    return null
  }
}

/** @param {number} pid */
function exists(pid) {
  try {
    return sendSignal(pid, /** @type {any} */ (0))
  } catch {
    // No right to signal it: it exists.
    return true
  }
}

/** @type {string | undefined} */
let boot
function bootId() {
  boot ??= (readOrNull('/proc/sys/kernel/random/boot_id') ?? '').trim()
  return boot
}

/** @param {string} path */
function readOrNull(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
