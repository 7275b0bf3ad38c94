import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isRunning, startOf } from '../../local/postgres/processes.mjs'

/** @typedef {{ pid: number, start: string }} Holder */

/**
 * A lock that belongs to this process and is void once the process has ended, however it ended.
 * @template {object} F
 * @param {string} file
 * @param {F} facts what others may read of the holder
 * @returns {{ holder: (Holder & F) | null, former: (Holder & F) | null }}
 *   `holder`: who has it, null when it is ours now; `former`: who had it and ended without release
 */
export function takeLock(file, facts) {
  mkdirSync(dirname(file), { recursive: true })
  let former = null
  for (let tries = 0; ; tries++) {
    if (create(file, facts)) return { holder: null, former }
    const raw = read(file)
    const found = parse(raw)
    if (found !== null && isRunning(found.pid, found.start)) return { holder: found, former: null }
    // Empty: just being written, unless it stays so.
    if (found === null && tries < 20) pause(25)
    else if (moveAside(file, raw)) former = found
  }
}

/**
 * Does the work while nobody else with the same lock does it.
 * @template T
 * @param {string} file
 * @param {(pid: number) => void} onWait told once whom it waits for
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, onWait, work) {
  let told = false
  for (;;) {
    const { holder } = takeLock(file, {})
    if (holder === null) break
    if (!told) onWait(holder.pid)
    told = true
    await sleep(250)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

/** @param {string} file @param {object} facts */
function create(file, facts) {
  try {
    const mine = { ...facts, pid: process.pid, start: startOf(process.pid) }
    writeFileSync(file, JSON.stringify(mine), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (Object(error).code === 'EEXIST') return false
    throw error
  }
}

/**
 * Takes a void lock away. Another process may have done so and put its own in place meanwhile:
 * then that one goes back.
 * @param {string} file @param {string} raw what was judged void
 */
function moveAside(file, raw) {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if (Object(error).code === 'ENOENT') return false
    throw error
  }
  const isVoid = read(aside) === raw
  if (isVoid) rmSync(aside)
  else renameSync(aside, file)
  return isVoid
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (Object(error).code === 'ENOENT') return ''
    throw error
  }
}

/** @param {string} raw */
function parse(raw) {
  try {
    return JSON.parse(raw)
  } catch {
    // Cut off by a kill.
    return null
  }
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}
